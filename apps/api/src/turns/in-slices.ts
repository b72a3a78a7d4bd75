import { setImmediate } from 'node:timers/promises';
import type { Steps } from '@pledgeline/csv-core';

/** How long one request may hold the event loop. */
const SLICE_MS = 10;

/** The last of those who wait for the event loop. Each gets a turn of its own, so that many requests hold it no longer than one. */
let last: Promise<void> = Promise.resolve();

/** Lets everything else run that waits: other requests, and long computations that came before. */
export function otherWork(): Promise<void> {
  last = last.then(() => setImmediate());
  return last;
}

/**
 * Runs a long computation in slices, between which other requests are answered.
 *
 * @throws what a step throws
 */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
  for (let begun = performance.now(); ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begun < SLICE_MS) continue;
    await otherWork();
    begun = performance.now();
  }
}

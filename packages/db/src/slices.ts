import { setImmediate as otherWork } from 'node:timers/promises';

/** How long a slice holds the event loop. A process works on several chunks, so it is held for several of these in a row. */
const SLICE_MS = 20;

/**
 * Divides long work into slices. Between two of them the process does other work: locks are renewed, deliveries are sent.
 *
 *     if (slices.isOver()) await slices.next();
 */
export interface Slices {
  /** Whether the current slice has taken its time. Cheap enough to ask for each record. */
  isOver(): boolean;
  /** Lets other work run, and begins the next slice. */
  next(): Promise<void>;
}

/** Begins the first slice. */
export function createSlices(): Slices {
  let begun = performance.now();
  return {
    isOver: () => performance.now() - begun >= SLICE_MS,
    async next() {
      await otherWork();
      begun = performance.now();
    },
  };
}

import { setImmediate as otherWork } from 'node:timers/promises';
import { type MappedRows, mapKeysInSteps, mapOptions, type RowRun } from '@pledgeline/csv-core';
import type { ClaimedChunk } from './claim-chunk.js';

/** How long the rows of a chunk may hold the event loop. Locks are renewed and deliveries sent in between. */
const SLICE_MS = 40;

/**
 * Makes records of a chunk's rows, by what is known of their file. Touches no database.
 *
 * @param siblings as `readSiblings` gives them
 * @param signal ends the work between two slices
 * @throws UnknownPlatformError when the file's platform is unknown and the headers do not tell it; the reason of `signal`
 */
export async function mapChunk(
  chunk: ClaimedChunk,
  siblings: readonly RowRun[],
  signal?: AbortSignal,
): Promise<MappedRows> {
  const { headers, rows, firstRow, lines, file } = chunk;
  const steps = mapKeysInSteps(headers, rows, { ...mapOptions(chunk), firstRow, lines, file, siblings });
  for (let begun = performance.now(); ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begun < SLICE_MS) continue;
    await otherWork();
    signal?.throwIfAborted();
    begun = performance.now();
  }
}

import type { MappedRows, RowRun } from '@pledgeline/csv-core';
import { mapKeysInSteps, mapOptions } from '@pledgeline/csv-core/map';
import { createSlices } from '../../slices.js';
import type { ClaimedChunk } from './claim-chunk.js';

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
  const slices = createSlices();
  // Reading the chunk has taken its time, and so will what its columns mean.
  await slices.next();
  const steps = mapKeysInSteps(headers, rows, { ...mapOptions(chunk), firstRow, lines, file, siblings });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (!slices.isOver()) continue;
    await slices.next();
    signal?.throwIfAborted();
  }
}

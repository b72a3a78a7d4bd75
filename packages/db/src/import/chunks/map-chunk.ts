import { type MappedRows, mapKeys, mapOptions } from '@pledgeline/csv-core';
import type { ClaimedChunk } from './claim-chunk.js';

/**
 * Makes records of a chunk's rows, by what is known of their file. Touches no database.
 *
 * @throws UnknownPlatformError when the file's platform is unknown and the headers do not tell it
 */
export function mapChunk(chunk: ClaimedChunk): MappedRows {
  const { headers, rows, firstRow, lines, file } = chunk;
  return mapKeys(headers, rows, { ...mapOptions(chunk), firstRow, lines, file });
}

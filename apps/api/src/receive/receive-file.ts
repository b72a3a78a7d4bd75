import { createHash } from 'node:crypto';
import { createCsvReader } from '@pledgeline/csv-core';
import type { Database, Seal } from '@pledgeline/db';
import type { AppConfig } from '../context.js';
import { Problem } from '../problem.js';
import { createChunkWriter } from './chunk-writer.js';
import { blankSecrets, type RecognizedColumns, recognizeColumns } from './recognize-columns.js';

export interface FileToReceive {
  readonly uploadId: string;
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly requestedPlatform: string | undefined;
}

/**
 * Turns bytes into stored chunks and says what to seal the upload with. Memory holds a few chunks, whatever the
 * size of the file: no piece is taken from the client while too many wait for the database.
 *
 * @throws CsvFileError, Problem, UploadError, or what the database throws. No write is in flight afterwards.
 */
export async function receiveFile(
  database: Database,
  config: AppConfig,
  { uploadId, pieces, requestedPlatform }: FileToReceive,
): Promise<Seal> {
  const hash = createHash('sha256');
  const writer = createChunkWriter(database, uploadId);
  const columns = createColumnsOfFile(requestedPlatform);
  const reader = createCsvReader({
    chunkRows: config.CHUNK_ROWS,
    maxRows: config.MAX_ROWS,
    maxColumns: config.MAX_COLUMNS,
    maxCellLength: config.MAX_CELL_LENGTH,
    onHeader: columns.read,
    onChunk: (chunk) => writer.add(blankSecrets(chunk, columns.get().secrets)),
  });
  let byteCount = 0;
  try {
    for await (const piece of pieces) {
      byteCount += piece.length;
      if (byteCount > config.MAX_UPLOAD_BYTES) throw tooLarge(config.MAX_UPLOAD_BYTES);
      hash.update(piece);
      reader.push(piece);
      await writer.keepUp();
    }
    const totals = reader.end();
    await writer.finish();
    const { platform, detection } = columns.get();
    return {
      rowCount: totals.rows,
      chunkCount: totals.chunks,
      byteCount,
      sha256: hash.digest('hex'),
      platform,
      detection,
    };
  } finally {
    await writer.idle();
  }
}

/** The reader calls back with the header before the first chunk, and ends with an error when there is none. */
function createColumnsOfFile(requestedPlatform: string | undefined) {
  let columns: RecognizedColumns | null = null;
  return {
    read(headers: readonly string[]): void {
      columns = recognizeColumns(headers, requestedPlatform);
    },
    get(): RecognizedColumns {
      if (columns === null) throw new Error('The CSV reader gave rows before the header.');
      return columns;
    },
  };
}

/** For a file beyond the limit. */
export function tooLarge(maxBytes: number): Problem {
  return new Problem(
    'upload_too_large',
    `The file is larger than ${maxBytes} bytes. Split it into several files, each with the header row.`,
    { members: { maxBytes } },
  );
}

import type { CsvTotals, RowChunk } from './chunk-rows.js';

export interface CsvReaderOptions {
  /** One UTF-16 unit between cells. Default `,`. */
  readonly delimiter?: string | undefined;
  /** Rows in a chunk. Default 2,000. */
  readonly chunkRows?: number | undefined;
  /** UTF-16 units in the cells of a chunk; a chunk that reaches it is closed early. Default 4,194,304. */
  readonly maxChunkLength?: number | undefined;
  /** Data rows in the file. Default: no limit. */
  readonly maxRows?: number | undefined;
  /** Cells in a row. Default 2,000. */
  readonly maxColumns?: number | undefined;
  /** UTF-16 units in a cell. Default 1,048,576. */
  readonly maxCellLength?: number | undefined;
  /** UTF-16 units in a row, delimiters and quotes included. Default 4,194,304. */
  readonly maxRowLength?: number | undefined;
  onHeader(headers: readonly string[], line: number): void;
  onChunk(chunk: RowChunk): void;
}

export interface CsvReader {
  push(bytes: Uint8Array): void;
  end(): CsvTotals;
}

export function createCsvReader(options: CsvReaderOptions): CsvReader {
  throw new Error(`to do ${options.chunkRows}`);
}

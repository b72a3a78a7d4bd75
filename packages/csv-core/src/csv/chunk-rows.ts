/** Consecutive data rows of one file with its headers: the unit of work, retry and progress. */
export interface RowChunk {
  /** 0 for the first chunk of the file. */
  readonly index: number;
  /** Number of the first data row; the first row below the header is 1. Blank rows are not counted. */
  readonly firstRow: number;
  /** For each row the line on which it starts, as a text editor counts, from 1. */
  readonly lines: readonly number[];
  readonly headers: readonly string[];
  /** Rows as they are in the file: a short row stays short, a long row stays long. */
  readonly rows: readonly (readonly string[])[];
}

export interface ChunkerOptions {
  /** Rows in a chunk; the last one may have fewer. */
  readonly chunkRows: number;
  /** A chunk is closed early once its cells together hold this many UTF-16 units. Default: no limit. */
  readonly maxChunkLength?: number | undefined;
  /** Data rows in the file before `too_many_rows`. Default: no limit. */
  readonly maxRows?: number | undefined;
  onHeader(headers: readonly string[], line: number): void;
  onChunk(chunk: RowChunk): void;
}

export interface CsvTotals {
  /** Data rows: the header and blank rows are not counted. */
  readonly rows: number;
  readonly chunks: number;
}

export interface Chunker {
  push(row: readonly string[], line: number): void;
  /** Hands out the last chunk. @throws CsvFileError `empty_file`, `no_header` or `no_rows` */
  end(): CsvTotals;
}

export function createChunker(options: ChunkerOptions): Chunker {
  throw new Error(`to do ${options.chunkRows}`);
}

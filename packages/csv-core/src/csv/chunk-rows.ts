import { CsvFileError } from './csv-file-error.js';

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
  /** @throws CsvFileError `too_many_rows` */
  push(row: readonly string[], line: number): void;
  /** Hands out the last chunk. @throws CsvFileError `empty_file`, `no_header` or `no_rows` */
  end(): CsvTotals;
}

/**
 * Groups rows into chunks under the first row that is not blank, the header. Rows of which every cell is
 * blank are skipped wherever they stand. Blank cells at the end of the header, and blank cells of a row
 * beyond it, are dropped (spreadsheets write them for columns that were once used); nothing else changes.
 *
 * @throws RangeError when `chunkRows` is not a positive integer
 */
export function createChunker(options: ChunkerOptions): Chunker {
  const { chunkRows, maxChunkLength = Infinity, maxRows = Infinity } = options;
  if (!Number.isInteger(chunkRows) || chunkRows < 1) {
    throw new RangeError('chunkRows must be a positive integer.');
  }
  let headers: readonly string[] | null = null;
  let sawRow = false;
  let total = 0;
  let chunks = 0;
  let rows: (readonly string[])[] = [];
  let lines: number[] = [];
  let length = 0;

  function closeChunk(): void {
    const chunk: RowChunk = {
      index: chunks,
      firstRow: total - rows.length + 1,
      lines,
      headers: headers ?? [],
      rows,
    };
    chunks += 1;
    rows = [];
    lines = [];
    length = 0;
    options.onChunk(chunk);
  }

  return {
    push(row, line) {
      sawRow = true;
      if (isBlankRow(row)) return;
      if (headers === null) {
        headers = withoutBlankEnd(row, 0);
        options.onHeader(headers, line);
        return;
      }
      if (total >= maxRows) {
        throw new CsvFileError(
          'too_many_rows',
          `The file has more than ${maxRows} rows. Split it into several files, each with the header row.`,
          line,
        );
      }
      total += 1;
      rows.push(withoutBlankEnd(row, headers.length));
      lines.push(line);
      if (maxChunkLength !== Infinity) for (const cell of row) length += cell.length;
      if (rows.length >= chunkRows || length >= maxChunkLength) closeChunk();
    },

    end() {
      if (headers === null) throw sawRow ? noHeader() : emptyFile();
      if (total === 0) throw noRows();
      if (rows.length > 0) closeChunk();
      return { rows: total, chunks };
    },
  };
}

function isBlank(cell: string | undefined): boolean {
  return cell === undefined || cell === '' || cell.trim() === '';
}

function isBlankRow(row: readonly string[]): boolean {
  return row.every(isBlank);
}

/** The row without blank cells at its end, but with at least `keep` of its cells. */
function withoutBlankEnd(row: readonly string[], keep: number): readonly string[] {
  let length = row.length;
  while (length > keep && isBlank(row[length - 1])) length -= 1;
  return length === row.length ? row : row.slice(0, length);
}

function emptyFile(): CsvFileError {
  return new CsvFileError('empty_file', 'The file is empty. Export it again and send the new file.');
}

function noHeader(): CsvFileError {
  return new CsvFileError(
    'no_header',
    'The file has no header: all its cells are blank. Send the export with its first row, the column names.',
  );
}

function noRows(): CsvFileError {
  return new CsvFileError(
    'no_rows',
    'The file has a header but no rows below it. Check that the export was not filtered, and export it again.',
  );
}

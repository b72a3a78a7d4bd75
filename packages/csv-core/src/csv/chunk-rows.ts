import { CsvFileError } from '../csv-file-error.js';
import { withoutBlankEnd } from './blank-cells.js';
import { createOrderSpan, type OrderGrouping, type OrderSpan } from './order-span.js';

/** Consecutive data rows of one file with its headers: the unit of work, retry and progress. */
export interface RowChunk<T = readonly string[]> {
  /** 0 for the first chunk, or `firstChunk`. */
  readonly index: number;
  /** Number of the first data row; the first row below the header is 1, or `firstRow`. Blank rows are not counted. */
  readonly firstRow: number;
  /** For each row the line on which it starts, as a text editor counts, from 1. */
  readonly lines: readonly number[];
  readonly headers: readonly string[];
  /** Rows as they are in the file, packed: a short row stays short, a long row stays long. */
  readonly rows: readonly T[];
}

export interface ChunkerOptions<T> {
  /** Rows in a chunk; the last one may have fewer, and one that ends within an order has more. */
  readonly chunkRows: number;
  /** A chunk is closed early once its cells together hold this many UTF-16 units. */
  readonly maxChunkLength: number;
  /** Highest row number before `too_many_rows`. */
  readonly maxRows: number;
  /** Rows of one order before `order_too_long`. */
  readonly maxOrderRows: number;
  /** Number of the first data row. */
  readonly firstRow: number;
  /** Index of the first chunk. */
  readonly firstChunk: number;
  packRow(cells: readonly string[]): T;
  onChunk(chunk: RowChunk<T>): void;
}

export interface ChunkTotals {
  /** Data rows: title lines, the header and blank rows are not counted. */
  readonly rows: number;
  readonly chunks: number;
}

export interface Chunker {
  /** Must come before the first row. */
  begin(headers: readonly string[], grouping: OrderGrouping | null): void;
  /** @throws CsvFileError `too_many_rows` or `order_too_long` */
  push(row: readonly string[], line: number): void;
  /** Hands out the last chunk. @throws CsvFileError `no_rows` */
  end(): ChunkTotals;
}

/**
 * Groups data rows into chunks. Blank cells of a row beyond the header are dropped (spreadsheets write them for
 * columns that were once used); nothing else changes. With a grouping, a chunk stays open while rows continue an order.
 *
 * @throws RangeError when `chunkRows` is not a positive integer
 */
export function createChunker<T>(options: ChunkerOptions<T>): Chunker {
  const { chunkRows, maxChunkLength, maxRows, firstRow } = options;
  if (!Number.isInteger(chunkRows) || chunkRows < 1) {
    throw new RangeError('chunkRows must be a positive integer.');
  }
  let headers: readonly string[] = [];
  let order: OrderSpan | null = null;
  let total = 0;
  let chunks = 0;
  let rows: T[] = [];
  let lines: number[] = [];
  let length = 0;

  function closeChunk(): void {
    const chunk: RowChunk<T> = {
      index: options.firstChunk + chunks,
      firstRow: firstRow + total - rows.length,
      lines,
      headers,
      rows,
    };
    chunks += 1;
    rows = [];
    lines = [];
    length = 0;
    options.onChunk(chunk);
  }

  function isFull(): boolean {
    return rows.length >= chunkRows || length >= maxChunkLength;
  }

  function add(row: readonly string[], line: number): void {
    total += 1;
    rows.push(options.packRow(withoutBlankEnd(row, headers.length)));
    lines.push(line);
    for (const cell of row) length += cell.length;
  }

  return {
    begin(names, grouping) {
      headers = names;
      order = grouping && createOrderSpan(grouping, options.maxOrderRows);
    },

    push(row, line) {
      if (firstRow + total > maxRows) throw tooManyRows(firstRow, maxRows, line);
      if (order === null) {
        add(row, line);
        if (isFull()) closeChunk();
        return;
      }
      // Whether a full chunk may close shows only in the row after it.
      const continues = order.continuesWith(row, line);
      if (!continues && isFull()) closeChunk();
      add(row, line);
      if (continues && length > 2 * maxChunkLength) throw order.tooLong();
    },

    end() {
      if (total === 0) throw noRows();
      if (rows.length > 0) closeChunk();
      return { rows: total, chunks };
    },
  };
}

function tooManyRows(firstRow: number, maxRows: number, line: number): CsvFileError {
  const message =
    firstRow === 1
      ? `The file has more than ${maxRows} rows. Split it into several files, each with the header row.`
      : `The files of the upload have more than ${maxRows} rows together. Send them in several uploads.`;
  return new CsvFileError('too_many_rows', message, line);
}

function noRows(): CsvFileError {
  return new CsvFileError(
    'no_rows',
    'The file has a header but no rows below it. Check that the export was not filtered, and export it again.',
  );
}

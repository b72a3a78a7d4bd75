import { CsvFileError } from '../csv-file-error.js';
import { createLaterHeaderFinder } from '../header/later-header.js';
import { findReturnedRejects, type ReturnedRejects } from '../header/rejects-header.js';
import type { Steps } from '../steps.js';
import { isBlank, lengthWithoutBlankEnd, withoutBlankEnd } from './blank-cells.js';
import { type ChunkCutterOptions, createChunkCutter } from './chunk-cutter.js';
import { createHeaderFinder, type FoundHeader, type PlacedRow } from './find-header.js';
import { cellTooLong, headerTooLong, tooManyColumns, tooManyRows } from './limit-errors.js';
import type { OrderGrouping } from './order-grouping.js';
import type { RowChunk, RowPacker } from './row-chunk.js';
import { createSlipFinder, type SlippedRows } from './slipped-rows.js';

/** The options that readers of rows and readers of bytes have in common. */
export interface TableOptions {
  /** Rows in a chunk. Default 2,000. */
  readonly chunkRows?: number | undefined;
  /** UTF-16 units in the cells of a chunk. A chunk with as many is closed early. Default 4,194,304. */
  readonly maxChunkLength?: number | undefined;
  /** UTF-16 units in the records of a chunk, as estimated. A chunk with as many is closed early. Default 6,291,456. */
  readonly maxRecordsLength?: number | undefined;
  /** Highest number of a data row. Default: no limit, because memory does not grow with the rows. */
  readonly maxRows?: number | undefined;
  /** Most consecutive rows of one order, which share a chunk. Default 2,000. */
  readonly maxOrderRows?: number | undefined;
  /** Number of the first data row. In the files of one archive the numbers continue. Default 1. */
  readonly firstRow?: number | undefined;
  /** Index of the first chunk. In the files of one archive the indexes continue. Default 0. */
  readonly firstChunk?: number | undefined;
  /** Most cells in a row, not counting blank cells at its end. Default 2,000 for bytes, no limit for rows. */
  readonly maxColumns?: number | undefined;
  /** Most UTF-16 units in a cell. Default 1,048,576 for bytes, no limit for rows. */
  readonly maxCellLength?: number | undefined;
  /** Most UTF-16 units in the header row, all names together. Default: no limit. */
  readonly maxHeaderLength?: number | undefined;
  /**
   * Whether a row is a known header, such as that of a known platform. If it is among the first 20 rows with text, the
   * rows above it are title lines. Default: the first row with text is the header.
   */
  isHeader?: ((cells: readonly string[]) => boolean) | undefined;
  /** The line of the header row, from 1, as the sender states it. Default: found. */
  readonly headerLine?: number | undefined;
  /** Repairs a header row that another program damaged. Default: it stays as it is. */
  mendHeaders?: ((headers: readonly string[]) => readonly string[]) | undefined;
  /** Whether a file of rejects is read as the rows that it was made of. Default false: as any other file. */
  readonly restoreRejects?: boolean | undefined;
}

/** A table whose header is known. It receives the rows without blank cells beyond the header. */
export interface OpenedTable<R, E> extends Pick<RowPacker<R>, 'take'> {
  /** @param line on which the row starts, from 1 */
  add(cells: readonly string[], line: number): void;
  /**
   * How to recognise consecutive rows of one order, which are never split between two chunks. Null where each row is an
   * order of its own.
   */
  readonly orders: OrderGrouping | null;
  /** What the row's part of a record will take, in UTF-16 units. Default: not counted. */
  readonly recordLength?: (cells: readonly string[]) => number;
  /**
   * What was put off for the rows so far, and is to be done now; null when it is nothing. Called after each row, and with
   * `true` before a chunk is taken.
   */
  readonly catchUp?: (isEndOfChunk: boolean) => Steps<void> | null;
  /** Makes the result of the reader, at the end of the table. */
  end(totals: TableTotals): Steps<E>;
}

/** The header of a table. */
export interface TableHeader extends FoundHeader {
  /** The upload that rejected the rows; null where they are none of its rejects, or nobody says of which. */
  readonly fixes: string | null;
}

export interface TableReaderOptions<R, E> extends TableOptions {
  /** Called once, with the header. */
  open(header: TableHeader): Steps<OpenedTable<R, E>>;
  onChunk(chunk: RowChunk<R>): void;
}

export interface TableTotals {
  /** Data rows: title lines, the header and blank rows are not counted. */
  readonly rows: number;
  readonly chunks: number;
  /** Line of the header row, from 1. */
  readonly headerLine: number;
  /** Lines of the rows above the header, which are titles and not data. */
  readonly titleLines: readonly number[];
  /** The {@link SlippedRows slipped rows}; null when there are none, or the rows differ too much in length to know. */
  readonly slippedRows: SlippedRows | null;
}

export interface TableReader<E = TableTotals> {
  /** Reads the next rows, and stops after each one. @throws CsvFileError */
  pushInSteps(rows: Iterable<PlacedRow>): Steps<void>;
  /** Hands out the last chunk. @throws CsvFileError `empty_file`, `no_header` or `no_rows` */
  endInSteps(): Steps<E>;
  /** Data rows so far. */
  readonly rowCount: number;
}

const DEFAULT_CHUNK_ROWS = 2_000;
/** Rows of one order, unless a reader is told otherwise. */
export const MAX_ORDER_ROWS = 2_000;
/** UTF-16 units in the cells of a chunk, unless a reader is told otherwise. */
export const MAX_CHUNK_LENGTH = 4_194_304;
/** UTF-16 units in the records of a chunk, unless a reader is told otherwise. */
export const MAX_RECORDS_LENGTH = 6_291_456;

/**
 * Reads rows of any source into chunks. Callbacks run while `push` and `end` run. After an error the reader cannot be
 * used.
 *
 * @throws RangeError when `chunkRows` is not a positive integer
 */
export function createTableReader<R, E>(options: TableReaderOptions<R, E>): TableReader<E> {
  const { maxColumns = Infinity, maxCellLength = Infinity } = options;
  const { chunkRows = DEFAULT_CHUNK_ROWS, maxChunkLength = MAX_CHUNK_LENGTH } = options;
  if (!Number.isInteger(chunkRows) || chunkRows < 1) {
    throw new RangeError('chunkRows must be a positive integer.');
  }
  const finder = createHeaderFinder({
    isHeader: options.isHeader,
    headerLine: options.headerLine,
    maxWaitingLength: maxChunkLength,
  });
  let body: TableBody<E> | null = null;
  let restore: ((row: readonly string[]) => readonly string[]) | null = null;

  function* openBody(found: FoundHeader): Steps<TableBody<E>> {
    checkHeader(found);
    const returned = options.restoreRejects ? findReturnedRejects(found.headers) : null;
    restore = returned?.restore ?? null;
    const header = returned === null ? mended(found) : restored(found, returned);
    body = yield* readBody(header, { ...options, chunkRows, maxChunkLength });
    for (const { row, line } of found.rowsBelow) {
      const steps = pushRow(body, row, line);
      if (steps !== null) yield* steps;
      yield;
    }
    return body;
  }

  function mended(found: FoundHeader): TableHeader {
    return { ...found, headers: options.mendHeaders?.(found.headers) ?? found.headers, fixes: null };
  }

  function pushRow(to: TableBody<E>, row: readonly string[], line: number): Steps<void> | null {
    const cells = restore === null ? row : restore(row);
    return cells.every(isBlank) ? null : to.push(cells, line);
  }

  function checkLimits(cells: readonly string[], line: number): void {
    if (cells.length > maxColumns && lengthWithoutBlankEnd(cells) > maxColumns) {
      throw tooManyColumns(maxColumns, line);
    }
    if (maxCellLength !== Infinity && cells.some(({ length }) => length > maxCellLength)) {
      throw cellTooLong(maxCellLength, line);
    }
  }

  function checkHeader({ headers, line }: FoundHeader): void {
    const { maxHeaderLength = Infinity } = options;
    const length = headers.reduce((sum, header) => sum + header.length, 0);
    if (length > maxHeaderLength) throw headerTooLong(headers, maxHeaderLength, line);
  }

  return {
    *pushInSteps(rows) {
      for (const { row, line } of rows) {
        checkLimits(row, line);
        if (body === null) {
          const header = finder.look(row, line);
          if (header !== null) yield* openBody(header);
        } else {
          const steps = pushRow(body, row, line);
          if (steps !== null) yield* steps;
        }
        yield;
      }
    },
    *endInSteps() {
      const last = body ?? (yield* openBody(finder.end()));
      return yield* last.endInSteps();
    },
    get rowCount() {
      return body?.rowCount ?? 0;
    },
  };
}

type BodyOptions<R, E> = TableReaderOptions<R, E> & Pick<ChunkCutterOptions, 'chunkRows' | 'maxChunkLength'>;

/** The rows below a header. */
interface TableBody<E> extends Pick<TableReader<E>, 'endInSteps' | 'rowCount'> {
  /** Returns what is left to do before the next row; null when it is nothing. */
  push(row: readonly string[], line: number): Steps<void> | null;
}

/** The header that the file of rejects was made with, whose names were mended then. */
function restored(found: FoundHeader, { restore, uploadId }: ReturnedRejects): TableHeader {
  const headers = restore(found.headers);
  return { ...found, headers, width: found.width - found.headers.length + headers.length, fixes: uploadId };
}

function* readBody<R, E>(header: TableHeader, options: BodyOptions<R, E>): Steps<TableBody<E>> {
  const { headers, line: headerLine, titleLines } = header;
  const { firstRow = 1, firstChunk = 0, maxRows = Infinity } = options;
  const { chunkRows, maxChunkLength, maxRecordsLength = MAX_RECORDS_LENGTH } = options;
  const { maxOrderRows = MAX_ORDER_ROWS } = options;
  const table = yield* options.open(header);
  yield;
  const limits = { chunkRows, maxChunkLength, maxRecordsLength, maxOrderRows };
  const cutter = createChunkCutter(limits, table.orders);
  const slips = createSlipFinder(header, firstRow);
  const laterHeader = createLaterHeaderFinder(headers);
  let rows = 0;
  let chunks = 0;
  let lines: number[] = [];

  function* closeChunk(): Steps<void> {
    const rest = table.catchUp?.(true) ?? null;
    if (rest !== null) yield* rest;
    const first = firstRow + rows - lines.length;
    const chunk = { index: firstChunk + chunks, firstRow: first, lines, headers, rows: table.take() };
    chunks += 1;
    lines = [];
    options.onChunk(chunk);
  }

  function* beginChunk(row: readonly string[], line: number): Steps<void> {
    yield* closeChunk();
    const rest = add(row, line);
    if (rest !== null) yield* rest;
  }

  function add(row: readonly string[], line: number): Steps<void> | null {
    rows += 1;
    lines.push(line);
    table.add(withoutBlankEnd(row, headers.length), line);
    if (cutter.endsWith(row, table.recordLength?.(row) ?? 0)) return closeChunk();
    return table.catchUp?.(false) ?? null;
  }

  return {
    push(row, line) {
      slips.look(row, line);
      if (laterHeader(row) === 'other') throw secondHeader(headerLine, line);
      if (firstRow + rows > maxRows) throw tooManyRows(firstRow, maxRows, line);
      return cutter.endsBefore(row, line) ? beginChunk(row, line) : add(row, line);
    },
    *endInSteps() {
      if (rows === 0) throw noRows();
      if (lines.length > 0) yield* closeChunk();
      return yield* table.end({ rows, chunks, headerLine, titleLines, slippedRows: slips.result() });
    },
    get rowCount() {
      return rows;
    },
  };
}

function secondHeader(firstLine: number, line: number): CsvFileError {
  return new CsvFileError(
    'second_header',
    `Line ${line} is a second header, and its columns are not those of the header on line ${firstLine}. The rows below it would be read by the wrong columns. Send the two tables as two files.`,
    line,
  );
}

function noRows(): CsvFileError {
  return new CsvFileError(
    'no_rows',
    'The file has a header but no rows below it. Check that the export was not filtered, and export it again.',
  );
}

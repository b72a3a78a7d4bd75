import { CsvFileError } from '../csv-file-error.js';
import { isBlank, lengthWithoutBlankEnd, withoutBlankEnd } from './blank-cells.js';
import { type ChunkCutterOptions, createChunkCutter } from './chunk-cutter.js';
import { createHeaderFinder, type FoundHeader } from './find-header.js';
import { cellTooLong, tooManyColumns, tooManyRows } from './limit-errors.js';
import type { OrderGrouping } from './order-grouping.js';
import type { RowChunk, RowPacker } from './row-chunk.js';
import { createSlipFinder, type SlippedRows } from './slipped-rows.js';

/** What a reader of rows and a reader of bytes have in common. */
export interface TableOptions {
  /** Rows in a chunk. Default 2,000. */
  readonly chunkRows?: number | undefined;
  /** UTF-16 units in the cells of a chunk; a chunk that reaches it is closed early. Default 4,194,304. */
  readonly maxChunkLength?: number | undefined;
  /** Highest number of a data row. Default: no limit, since memory does not grow with them. */
  readonly maxRows?: number | undefined;
  /** Consecutive rows of one order, which share a chunk. Default 2,000. */
  readonly maxOrderRows?: number | undefined;
  /** Number of the first data row: files of one archive are numbered through. Default 1. */
  readonly firstRow?: number | undefined;
  /** Index of the first chunk, likewise. Default 0. */
  readonly firstChunk?: number | undefined;
  /** Cells in a row, without blank ones at its end. Default 2,000 for CSV, none for a table. */
  readonly maxColumns?: number | undefined;
  /** UTF-16 units in a cell. Default 1,048,576 for CSV, none for a table. */
  readonly maxCellLength?: number | undefined;
  /**
   * Whether a row is surely a header, such as that of a known platform. Then rows above it, if it is among the first
   * 20 with text, are title lines. Default: the first row with text is the header.
   */
  isHeader?: ((cells: readonly string[]) => boolean) | undefined;
}

/** A table of which the header is known: it is given the rows, without blank cells beyond the header. */
export interface OpenedTable<R, E> extends RowPacker<R> {
  /** How consecutive rows of one order are told; they never straddle two chunks. Null where each is its own. */
  readonly orders: OrderGrouping | null;
  /** What the reader says of the table at its end. */
  end(totals: TableTotals): E;
}

export interface TableReaderOptions<R, E> extends TableOptions {
  /** Called once, with the header. */
  open(header: FoundHeader): OpenedTable<R, E>;
  onChunk(chunk: RowChunk<R>): void;
}

export interface TableTotals {
  /** Data rows: title lines, the header and blank rows are not counted. */
  readonly rows: number;
  readonly chunks: number;
  /** Line of the header row, from 1. */
  readonly headerLine: number;
  /** Lines of the rows above the header, which are no data. */
  readonly titleLines: readonly number[];
  /** Rows that seem to have slipped by a column; null when there are none, or the file is uneven anyway. */
  readonly slippedRows: SlippedRows | null;
}

export interface TableReader<E = TableTotals> {
  /**
   * @param line the line on which the row starts, from 1
   * @throws CsvFileError
   */
  push(cells: readonly string[], line: number): void;
  /** Hands out the last chunk. @throws CsvFileError `empty_file`, `no_header` or `no_rows` */
  end(): E;
  /** Data rows so far. */
  readonly rowCount: number;
}

const DEFAULT_CHUNK_ROWS = 2_000;
/** Rows of one order, unless a reader is told otherwise. */
export const MAX_ORDER_ROWS = 2_000;
/** UTF-16 units in the cells of a chunk, unless a reader is told otherwise. */
export const MAX_CHUNK_LENGTH = 4_194_304;

/**
 * Reads rows, from wherever they come, into chunks under their header. Callbacks run within `push` and `end`. After an
 * error the reader is of no use.
 *
 * @throws RangeError when `chunkRows` is not a positive integer
 */
export function createTableReader<R, E>(options: TableReaderOptions<R, E>): TableReader<E> {
  const { maxColumns = Infinity, maxCellLength = Infinity } = options;
  const { chunkRows = DEFAULT_CHUNK_ROWS, maxChunkLength = MAX_CHUNK_LENGTH } = options;
  if (!Number.isInteger(chunkRows) || chunkRows < 1) {
    throw new RangeError('chunkRows must be a positive integer.');
  }
  const finder = createHeaderFinder({ isHeader: options.isHeader, maxWaitingLength: maxChunkLength });
  let body: TableReader<E> | null = null;

  function openBody(header: FoundHeader): TableReader<E> {
    body = readBody(header, { ...options, chunkRows, maxChunkLength });
    for (const { row, line } of header.rowsBelow) body.push(row, line);
    return body;
  }

  function checkLimits(cells: readonly string[], line: number): void {
    if (cells.length > maxColumns && lengthWithoutBlankEnd(cells) > maxColumns) {
      throw tooManyColumns(maxColumns, line);
    }
    if (maxCellLength !== Infinity && cells.some(({ length }) => length > maxCellLength)) {
      throw cellTooLong(maxCellLength, line);
    }
  }

  return {
    push(cells, line) {
      checkLimits(cells, line);
      if (body !== null) {
        if (!cells.every(isBlank)) body.push(cells, line);
        return;
      }
      const header = finder.look(cells, line);
      if (header !== null) openBody(header);
    },
    end: () => (body ?? openBody(finder.end())).end(),
    get rowCount() {
      return body?.rowCount ?? 0;
    },
  };
}

type BodyOptions<R, E> = TableReaderOptions<R, E> & Pick<ChunkCutterOptions, 'chunkRows' | 'maxChunkLength'>;

/** The rows below a header. */
function readBody<R, E>(header: FoundHeader, options: BodyOptions<R, E>): TableReader<E> {
  const { headers, line: headerLine, titleLines } = header;
  const { firstRow = 1, firstChunk = 0, maxRows = Infinity } = options;
  const { chunkRows, maxChunkLength, maxOrderRows = MAX_ORDER_ROWS } = options;
  const table = options.open(header);
  const cutter = createChunkCutter({ chunkRows, maxChunkLength, maxOrderRows }, table.orders);
  const slips = createSlipFinder(header, firstRow);
  let rows = 0;
  let chunks = 0;
  let lines: number[] = [];

  function closeChunk(): void {
    const first = firstRow + rows - lines.length;
    const chunk = { index: firstChunk + chunks, firstRow: first, lines, headers, rows: table.take() };
    chunks += 1;
    lines = [];
    options.onChunk(chunk);
  }

  return {
    push(row, line) {
      slips.look(row, line);
      if (firstRow + rows > maxRows) throw tooManyRows(firstRow, maxRows, line);
      if (cutter.endsBefore(row, line)) closeChunk();
      rows += 1;
      lines.push(line);
      table.add(withoutBlankEnd(row, headers.length));
      if (cutter.endsWith(row)) closeChunk();
    },
    end() {
      if (rows === 0) throw noRows();
      if (lines.length > 0) closeChunk();
      return table.end({ rows, chunks, headerLine, titleLines, slippedRows: slips.result() });
    },
    get rowCount() {
      return rows;
    },
  };
}

function noRows(): CsvFileError {
  return new CsvFileError(
    'no_rows',
    'The file has a header but no rows below it. Check that the export was not filtered, and export it again.',
  );
}

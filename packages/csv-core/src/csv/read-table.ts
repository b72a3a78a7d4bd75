import { lengthWithoutBlankEnd } from './blank-cells.js';
import { type ChunkTotals, createChunker, type RowChunk } from './chunk-rows.js';
import { createHeaderFinder } from './find-header.js';
import { cellTooLong, tooManyColumns } from './limit-errors.js';
import type { OrderGrouping } from './order-span.js';
import { createSlipFinder, type SlipFinder, type SlippedRows } from './slipped-rows.js';

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
  /**
   * Called once, before the first chunk; `line` is the line of the header row, from 1. When it returns a grouping,
   * consecutive rows of one order never straddle two chunks.
   */
  readonly onHeader:
    | ((headers: readonly string[], line: number) => OrderGrouping | null | undefined)
    | ((headers: readonly string[], line: number) => void);
}

/** Rows are handed out as their cells. */
export interface CellRows {
  readonly packRow?: undefined;
  onChunk(chunk: RowChunk): void;
}

/** Rows are handed out as what `packRow` makes of them, at once, so that their cells need not be kept. */
export interface PackedRows<T> {
  packRow(cells: readonly string[]): T;
  onChunk(chunk: RowChunk<T>): void;
}

/** `packRow` is needed where a row is to be anything but its cells. */
export type RowOptions<T> = [readonly string[]] extends [T] ? CellRows : PackedRows<T>;

export type TableReaderOptions<T = readonly string[]> = TableOptions & RowOptions<T>;

export interface TableTotals extends ChunkTotals {
  /** Line of the header row, from 1. */
  readonly headerLine: number;
  /** Lines of the rows above the header, which are no data. */
  readonly titleLines: readonly number[];
  /** Rows that seem to have slipped by a column; null when there are none, or the file is uneven anyway. */
  readonly slippedRows: SlippedRows | null;
}

export interface TableReader {
  /**
   * @param line the line on which the row starts, from 1
   * @throws CsvFileError
   */
  push(cells: readonly string[], line: number): void;
  /** Hands out the last chunk. @throws CsvFileError `empty_file`, `no_header` or `no_rows` */
  end(): TableTotals;
}

const DEFAULT_CHUNK_ROWS = 2_000;
const DEFAULT_MAX_ORDER_ROWS = 2_000;
const DEFAULT_MAX_CHUNK_LENGTH = 4_194_304;

/**
 * Reads rows, from wherever they come, into chunks under their header: the part of `createCsvReader` that comes after
 * the parser. Callbacks run within `push` and `end`. After an error the reader is of no use.
 *
 * @throws RangeError when `chunkRows` is not a positive integer
 */
export function createTableReader(options: TableOptions & CellRows): TableReader;
export function createTableReader<T>(options: TableOptions & PackedRows<T>): TableReader;
export function createTableReader<T>(options: TableOptions & (CellRows | PackedRows<T>)): TableReader {
  return options.packRow === undefined
    ? readTable(options, { packRow: (cells) => cells, onChunk: options.onChunk })
    : readTable(options, options);
}

function readTable<T>(options: TableOptions, { packRow, onChunk }: PackedRows<T>): TableReader {
  const { maxColumns = Infinity, maxCellLength = Infinity } = options;
  const { maxChunkLength = DEFAULT_MAX_CHUNK_LENGTH, firstRow = 1 } = options;
  let headerLine = 0;
  let titleLines: readonly number[] = [];
  let slips: SlipFinder | null = null;
  const chunker = createChunker({
    chunkRows: options.chunkRows ?? DEFAULT_CHUNK_ROWS,
    maxChunkLength,
    maxRows: options.maxRows ?? Infinity,
    maxOrderRows: options.maxOrderRows ?? DEFAULT_MAX_ORDER_ROWS,
    firstRow,
    firstChunk: options.firstChunk ?? 0,
    packRow,
    onChunk,
  });
  const finder = createHeaderFinder({
    isHeader: options.isHeader,
    maxWaitingLength: maxChunkLength,
    onHeader(found) {
      ({ line: headerLine, titleLines } = found);
      slips = createSlipFinder(found, firstRow);
      const grouping = options.onHeader(found.headers, found.line);
      chunker.begin(found.headers, typeof grouping === 'object' ? grouping : null);
    },
    onRow(row, line) {
      slips?.look(row, line);
      chunker.push(row, line);
    },
  });

  return {
    push(cells, line) {
      if (cells.length > maxColumns && lengthWithoutBlankEnd(cells) > maxColumns) {
        throw tooManyColumns(maxColumns, line);
      }
      if (maxCellLength !== Infinity && cells.some(({ length }) => length > maxCellLength)) {
        throw cellTooLong(maxCellLength, line);
      }
      finder.push(cells, line);
    },
    end() {
      finder.end();
      return { ...chunker.end(), headerLine, titleLines, slippedRows: slips?.result() ?? null };
    },
  };
}

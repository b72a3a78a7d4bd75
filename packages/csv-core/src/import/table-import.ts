import type { FoundHeader } from '../csv/find-header.js';
import { type EndOptions, readBytes, type TextOptions } from '../csv/read-csv.js';
import {
  createTableReader,
  type OpenedTable,
  type TableOptions,
  type TableReader,
} from '../csv/read-table.js';
import type { RowChunk, RowPacker } from '../csv/row-chunk.js';
import { createDateEvidence, type DateOrderFinding } from '../mapping/date-evidence.js';
import { createDecimalEvidence } from '../mapping/decimal-evidence.js';
import { findOrderGrouping } from '../mapping/find-order-grouping.js';
import type { DateOrder } from '../values/date.js';
import { isKnownHeader, recognizeColumns, type Templates } from './recognize-columns.js';
import { requireTable } from './require-table.js';
import { createSecretBlanker } from './secret-blanker.js';
import type { ReportedDateOrder, TableReport } from './table-report.js';

/** What to know of a table before it is read, and where its rows go. */
export interface ImportOptions<R> extends Omit<TableOptions, 'isHeader'> {
  /** Name of the platform, by the word of whoever sent the file. Left out, the header tells. */
  readonly platform?: string | undefined;
  /** How the whole file writes `03/04/2024`, likewise. Left out, its cells tell. */
  readonly dateOrder?: DateOrder | undefined;
  /** What was said of earlier files that no platform knows. */
  readonly templates?: Templates | undefined;
  /** Whether a file with one column, and no known one, is refused: a read-me looks like that. Default false. */
  readonly requireTable?: boolean | undefined;
  /** Rows that are looked at and handed out. Later ones are counted, and no more. Default: all. */
  readonly maxRowsTaken?: number | undefined;
  /** Called once, with the header. Rows become at once what it makes of them: {@link keepCells} keeps their cells. */
  readonly packer: (headers: readonly string[]) => RowPacker<R>;
  /** Called with each chunk as soon as it is full. Cells that must never be stored are blank. */
  readonly onChunk: (chunk: RowChunk<R>) => void;
}

export type TextImportOptions<R> = ImportOptions<R> & TextOptions;

/** A row that nobody needs to parse. */
export interface ImportedRow {
  readonly cells: readonly string[];
  /** The line on which it starts, from 1. */
  readonly line: number;
}

/**
 * A table on its way from a file to chunks. The caller does the I/O and the waiting: chunks are handed out within `push`
 * and `end`, so pushing no faster than they are stored is all the back-pressure there is to it. Memory holds the current
 * chunk and what of the file is needed to judge it by, never the file. After an error it is of no use.
 */
export interface TableImport<P> {
  /** Reads a piece of any size before it returns. @throws CsvFileError, NoTableError */
  push(piece: P): void;
  /** Hands out the last chunk. @throws CsvFileError, NoTableError */
  end(options?: EndOptions): TableReport;
  /** Data rows so far. */
  readonly rowCount: number;
}

/**
 * Imports a table from the bytes of a text: finds its encoding, its delimiter and its header, recognises the columns,
 * gathers evidence of how the file writes dates and decimals, blanks secrets, and cuts the rows into chunks.
 *
 * @throws RangeError when `encoding` is not known, `delimiter` cannot separate cells, or `chunkRows` is not positive
 */
export function openTextImport<R>(options: TextImportOptions<R>): TableImport<Uint8Array> {
  // The parser checks the limits of cells before they are whole.
  const table = createReader({ ...options, maxColumns: undefined, maxCellLength: undefined });
  const reader = readBytes({ ...options, isHeader: isKnownHeader }, table);
  return {
    push: reader.push,
    end(endOptions) {
      const { encoding, delimiter, doubt, headerLine, titleLines, ...findings } = reader.end(endOptions);
      const format = { encoding, delimiter, headerLine, titleLines };
      return { ...findings, isSheet: false, format, doubt };
    },
    get rowCount() {
      return table.rowCount;
    },
  };
}

/**
 * Imports a table from rows that somebody has read from a sheet of a workbook. They are pushed in batches.
 *
 * @throws RangeError when `chunkRows` is not positive
 */
export function openSheetImport<R>(options: ImportOptions<R>): TableImport<readonly ImportedRow[]> {
  const table = createReader(options);
  return {
    push(rows) {
      for (const { cells, line } of rows) table.push(cells, line);
    },
    end() {
      const { headerLine, titleLines, ...findings } = table.end();
      const format = { encoding: null, delimiter: null, headerLine, titleLines };
      // What the rows of a sheet end with is no matter of quotes.
      return { ...findings, isSheet: true, format, doubt: null, slippedRows: null };
    },
    get rowCount() {
      return table.rowCount;
    },
  };
}

/** What a table says of itself, wherever its rows come from. */
interface TableFindings
  extends Omit<TableReport, 'isSheet' | 'format' | 'doubt'>,
    Pick<TableReport['format'], 'headerLine' | 'titleLines'> {}

function createReader<R>(options: ImportOptions<R>): TableReader<TableFindings> {
  return createTableReader({
    ...options,
    isHeader: isKnownHeader,
    open: (header) => openColumns(header, options),
  });
}

const noTemplates: Templates = new Map();

/** All that is done with a row before it is handed out. */
function openColumns<R>({ headers }: FoundHeader, options: ImportOptions<R>): OpenedTable<R, TableFindings> {
  const { templates = noTemplates, maxRowsTaken = Infinity, dateOrder } = options;
  const recognized = recognizeColumns(headers, options.platform, templates);
  if (options.requireTable === true) requireTable(headers, recognized);
  const { platform, detection, columns } = recognized;
  const dates = createDateEvidence(headers, platform, columns ?? undefined);
  const decimals = createDecimalEvidence(headers, platform, columns ?? undefined);
  const secrets = createSecretBlanker(headers, recognized);
  const packer = options.packer(headers);
  let taken = 0;
  return {
    orders: platform && findOrderGrouping(headers, platform, columns ?? undefined),
    add(cells) {
      if (taken >= maxRowsTaken) return;
      taken += 1;
      dates.add(cells);
      decimals.add(cells);
      packer.add(secrets.blank(cells));
    },
    take: () => packer.take(),
    end: ({ rows, chunks, ...totals }) => ({
      ...totals,
      headers,
      rowCount: rows,
      chunkCount: chunks,
      platform: platform?.name ?? null,
      detection,
      columns,
      dateOrders: dates.result().map((finding) => withRequest(finding, dateOrder)),
      decimalMark: decimals.result(),
      secrets: secrets.positions(),
    }),
  };
}

function withRequest(finding: DateOrderFinding, requested: DateOrder | undefined): ReportedDateOrder {
  return requested === undefined ? finding : { ...finding, order: requested, source: 'requested' };
}

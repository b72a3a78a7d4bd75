import { type EndOptions, readBytes, type TextOptions } from '../csv/read-csv.js';
import {
  createTableReader,
  type OpenedTable,
  type TableHeader,
  type TableOptions,
  type TableReader,
} from '../csv/read-table.js';
import type { RowChunk, RowPacker } from '../csv/row-chunk.js';
import { isLastResort } from '../detect-platform.js';
import { findReturnedRejects } from '../header/rejects-header.js';
import { compileMapping } from '../mapping/compile-mapping.js';
import { createDamageEvidence } from '../mapping/damage-evidence.js';
import type { NoRecordFinder } from '../mapping/no-record.js';
import { createSumEvidence } from '../mapping/sum-evidence.js';
import { platforms } from '../platforms/index.js';
import { runAtOnce, type Steps } from '../steps.js';
import type { DateOrder } from '../values/date.js';
import {
  completeFindings,
  type EarlierReading,
  type EarlierReadings,
  recognizeAgain,
} from './earlier-reading.js';
import { openExaminer } from './examiner.js';
import { mendHeaders } from './mend-headers.js';
import type { RecognizedColumns } from './recognize-columns.js';
import { isKnownHeader, recognizeColumns, type Templates } from './recognize-columns.js';
import { recordLengthOf } from './record-length.js';
import { requireTable } from './require-table.js';
import { createSecretBlanker } from './secret-blanker.js';
import { holdFirstRows, unreadPositions, watchForSecrets } from './secret-cells.js';
import type { TableReport } from './table-report.js';

/** How to import a table, and what to do with its rows. */
export interface ImportOptions<R> extends Omit<TableOptions, 'isHeader' | 'mendHeaders' | 'restoreRejects'> {
  /** Name of the platform, as the sender states it. Default: detected from the header. */
  readonly platform?: string | undefined;
  /** The order of day and month in the whole file, as the sender states it. Default: found in the cells. */
  readonly dateOrder?: DateOrder | undefined;
  /** Whether damage that other programs did is repaired. Otherwise it is only warned of. Default true. */
  readonly repair?: boolean | undefined;
  /**
   * Whether the columns of a file of no known platform are only suggested, also where they are understood: then the report names no
   * platform, as while something is asked. A saved mapping is an answer, and not asked again. Default false.
   */
  readonly ask?: boolean | undefined;
  /** Saved mappings for files of no known platform. */
  readonly templates?: Templates | undefined;
  /** How files were read whose rejects may come back. Default: rejects are read like any other file. */
  readonly earlier?: EarlierReadings | undefined;
  /** Whether a file of no known platform with a single column is refused, as it may be a read-me. Default false. */
  readonly requireTable?: boolean | undefined;
  /** How many rows are examined and handed out. Later rows are only counted. Default: all. */
  readonly maxRowsTaken?: number | undefined;
  /** Called once, with the header. The packer receives each row as soon as it is read; `keepCells` keeps the cells. */
  readonly packer: (headers: readonly string[]) => RowPacker<R>;
  /** Called with each chunk as soon as it is full. Cells that must never be stored are blank. */
  readonly onChunk: (chunk: RowChunk<R>) => void;
}

export type TextImportOptions<R> = ImportOptions<R> & TextOptions;

/** A row that is already divided into cells. */
export interface ImportedRow {
  readonly cells: readonly string[];
  /** The line on which it starts, from 1. */
  readonly line: number;
}

/**
 * The import of one table from a file into chunks. The caller does the I/O. Chunks are handed out while `push` and
 * `end` run, so for back-pressure the caller stores each chunk before it pushes on. Memory holds the current chunk and
 * the first part of the file, never the whole file. After an error the import cannot be used.
 */
export interface TableImport<P> {
  /** Reads a piece of any size. @throws CsvFileError, NoTableError */
  push(piece: P): void;
  /** Like `push`, in steps of a few milliseconds at most. Nothing else is called before its end. */
  pushInSteps(piece: P): Steps<void>;
  /** Hands out the last chunk. @throws CsvFileError, NoTableError */
  end(options?: EndOptions): TableReport;
  /** Like `end`, in steps of a few milliseconds at most. */
  endInSteps(options?: EndOptions): Steps<TableReport>;
  /** Data rows so far. */
  readonly rowCount: number;
}

/**
 * Imports a table from the bytes of a text file: finds its encoding, delimiter and header, recognises the columns,
 * gathers evidence of how the file writes dates and decimals, blanks secrets, and cuts the rows into chunks.
 *
 * @throws RangeError when `encoding` is not known, `delimiter` cannot separate cells, or `chunkRows` is not positive
 */
export function openTextImport<R>(options: TextImportOptions<R>): TableImport<Uint8Array> {
  // The parser checks these limits, before a cell is complete.
  const table = createReader({ ...options, maxColumns: undefined, maxCellLength: undefined });
  const reader = readBytes({ ...options, isHeader: headerTest(options) }, table);
  return {
    ...atOnce({
      pushInSteps: reader.pushInSteps,
      *endInSteps(endOptions) {
        const { encoding, delimiter, doubt, quoting, headerLine, titleLines, wasSheet, ...findings } =
          yield* reader.endInSteps(endOptions);
        const format = { encoding, delimiter, headerLine, titleLines };
        return { ...findings, isSheet: wasSheet, format, doubt, quoting };
      },
    }),
    get rowCount() {
      return table.rowCount;
    },
  };
}

/**
 * Imports a table from the rows of a workbook's sheet, which are pushed in batches.
 *
 * @throws RangeError when `chunkRows` is not positive
 */
export function openSheetImport<R>(options: ImportOptions<R>): TableImport<readonly ImportedRow[]> {
  const table = createReader(options);
  return {
    ...atOnce({
      pushInSteps: (rows: readonly ImportedRow[]) =>
        table.pushInSteps(rows.map(({ cells, line }) => ({ row: cells, line }))),
      *endInSteps() {
        const { headerLine, titleLines, wasSheet: _, ...findings } = yield* table.endInSteps();
        const format = { encoding: null, delimiter: null, headerLine, titleLines };
        // Rows of a sheet cannot slip, because their cells are not separated by delimiters.
        return { ...findings, isSheet: true, format, doubt: null, quoting: null, slippedRows: null };
      },
    }),
    get rowCount() {
      return table.rowCount;
    },
  };
}

/** Adds to a reader that works in steps what does the same at once. */
function atOnce<P>(
  reader: Pick<TableImport<P>, 'pushInSteps' | 'endInSteps'>,
): Omit<TableImport<P>, 'rowCount'> {
  return {
    ...reader,
    push: (piece) => runAtOnce(reader.pushInSteps(piece)),
    end: (options) => runAtOnce(reader.endInSteps(options)),
  };
}

/** The part of the report that does not depend on whether the table comes from a text or a sheet. */
interface TableFindings
  extends Omit<TableReport, 'isSheet' | 'format' | 'doubt' | 'quoting'>,
    Pick<TableReport['format'], 'headerLine' | 'titleLines'> {
  /** Whether the rows are rejects of a sheet. */
  readonly wasSheet: boolean;
}

function createReader<R>(options: ImportOptions<R>): TableReader<TableFindings> {
  return createTableReader({
    ...options,
    isHeader: headerTest(options),
    mendHeaders: headersOf(options),
    restoreRejects: true,
    open: (header) => openColumns(header, options),
  });
}

const headersOf = ({ repair = true }: Pick<ImportOptions<never>, 'repair'>) =>
  repair ? mendHeaders : (headers: readonly string[]) => headers;

function headerTest(options: Pick<ImportOptions<never>, 'repair'>): (cells: readonly string[]) => boolean {
  const mend = headersOf(options);
  return (cells) => findReturnedRejects(cells) !== null || isKnownHeader(mend(cells));
}

const noTemplates: Templates = new Map();

/** A sender who names the platform wants the file to be read in another way than before. */
function findEarlier(
  fixes: string | null,
  headers: readonly string[],
  { earlier, platform }: Pick<ImportOptions<never>, 'earlier' | 'platform'>,
): EarlierReading | undefined {
  return fixes === null || platform !== undefined ? undefined : earlier?.get(fixes, headers);
}

/** Examines the rows below a header, blanks their secrets and packs them. */
function* openColumns<R>(
  { headers, fixes }: TableHeader,
  options: ImportOptions<R>,
): Steps<OpenedTable<R, TableFindings>> {
  const { templates = noTemplates, maxRowsTaken = Infinity } = options;
  const earlier = findEarlier(fixes, headers, options);
  const { platform = earlier?.platform, repair = earlier?.repair ?? true } = options;
  const recognized = recognizeAgain(yield* recognizeColumns(headers, platform, templates), earlier);
  if (options.requireTable === true) requireTable(headers, recognized);
  yield;
  const sums = createSumEvidence(headers);
  const damage = createDamageEvidence(headers, sums);
  const repaired = () => (repair ? damage.result() : null);
  const said = { dateOrder: options.dateOrder, ask: options.ask ?? false };
  const examiner = yield* openExaminer(headers, recognized, said, repaired);
  yield;
  const secrets = createSecretBlanker(headers, recognized);
  const packer = options.packer(headers);
  yield;
  const noRecord = noRecordFinderOf(headers, recognized);
  yield;
  const held = holdFirstRows(watchForSecrets(unreadPositions(headers, recognized)), secrets, (row) => {
    examiner.count(row);
    if (noRecord(row) === null) examiner.add(row);
    damage.add(row);
    packer.add(row);
  });
  let taken = 0;
  return {
    orders: examiner.orders,
    recordLength: recordLengthOf(headers, recognized),
    add(cells, line) {
      if (taken >= maxRowsTaken) return;
      taken += 1;
      sums.add(cells, line);
      held.add(cells);
    },
    catchUp: (isEndOfChunk) => (isEndOfChunk || held.isFull() ? held.flushInSteps() : null),
    take: packer.take,
    *end({ rows, chunks, ...totals }) {
      const found = {
        ...totals,
        headers,
        fixes,
        rowCount: rows,
        chunkCount: chunks,
        ...(yield* examiner.endInSteps()),
        damage: damage.result(),
        repair,
        secrets: secrets.positions(),
        wasSheet: earlier?.isSheet ?? false,
      };
      return completeFindings(found, earlier);
    },
  };
}

/**
 * The words of a sum or a note say nothing about the columns. Where a platform decides what they are, rows need not be examined for
 * that; where none is known, the common names of columns tell where a number and a person would be.
 */
function noRecordFinderOf(
  headers: readonly string[],
  { platform, columns }: Pick<RecognizedColumns, 'platform' | 'columns'>,
): NoRecordFinder {
  const by = platform ?? platforms.find(isLastResort);
  const isDecided = by === undefined || (columns === null && !isLastResort(by));
  return isDecided ? () => null : compileMapping(headers, by, columns ?? undefined).noRecord;
}

import { detectPlatform, isLastResort } from './detect-platform.js';
import type { RowIssue } from './issue.js';
import { isBlankCell } from './mapping/blank-cell.js';
import type { ColumnAssignment } from './mapping/column-assignment.js';
import { compileMapping, type Mapping } from './mapping/compile-mapping.js';
import type { Damage } from './mapping/damage-evidence.js';
import { orderEnd } from './mapping/group-orders.js';
import { type Halves, halveRows } from './mapping/halve-rows.js';
import { mapOrder, mapRow, type OrderRow } from './mapping/map-order.js';
import type { MappedOrder } from './mapping/mapped-order.js';
import type { MendOptions } from './mapping/mend-row.js';
import type { NoRecordReason } from './mapping/no-record.js';
import { createRowReader, type RowReader } from './mapping/read-row.js';
import { nameRejectedPledges, type RejectedPledges } from './mapping/rejected-pledges.js';
import { createRepairLog, type Repair } from './mapping/repair-log.js';
import { createRepeatEvidence, type RepeatEvidence } from './mapping/repeat-evidence.js';
import { createRowIssues, type RowIssues } from './mapping/row-issues.js';
import {
  addRecord,
  addRow,
  createRowResults,
  type LeftOutRow,
  leaveOut,
  type Reject,
  type RowResults,
} from './mapping/row-results.js';
import { settleSameNumbers } from './mapping/same-number.js';
import { pickOrders, type RowRun } from './mapping/sibling-rows.js';
import { splitRefunds } from './mapping/split-refunds.js';
import { findPlatform, platforms } from './platforms/index.js';
import type { Platform } from './platforms/platform.js';
import type { MappedRecord } from './schemas/mapped-record.js';
import type { DateOrder } from './values/date.js';
import type { DecimalMark } from './values/decimal-mark.js';

/** The order of day and month in dates such as `03/04/2024` of one column. */
export interface ColumnDateOrder {
  /** Position of the column, from 0. */
  readonly position: number;
  readonly order: DateOrder;
}

/** What is known about the rows besides their cells. */
export interface MapKeysOptions {
  /** Name of the platform. Default: detected from the headers. */
  readonly platform?: string | undefined;
  /**
   * The mapping that a person has made for the columns of an unknown file. Columns that are not listed are kept with
   * the pledge. Of two columns for one field, the first in this list with a filled cell is read. With a mapping, the
   * platform decides only status words and similar rules; its default is `generic`.
   */
  readonly columns?: readonly ColumnAssignment[] | undefined;
  /** Number of the first row in the upload, from 1. Default 1. */
  readonly firstRow?: number | undefined;
  /** For each row the line on which it starts. Default: row number + 1, as in a file without quoted line breaks. */
  readonly lines?: readonly number[] | undefined;
  /** ISO 4217 code for amounts without a currency. Default: the platform's currency, if it has only one. */
  readonly currency?: string | undefined;
  /** The order of day and month in the whole file, as the sender has stated it. Overrides `dateOrders`. */
  readonly dateOrder?: DateOrder | undefined;
  /**
   * The order of day and month in single columns, as `createDateEvidence` found it in the whole file. Default: the
   * order that the platform always writes. In a column without an order, a date such as `03/04/2024` is
   * `ambiguous_date`.
   */
  readonly dateOrders?: readonly ColumnDateOrder[] | undefined;
  /** The decimal mark of the file, as `createDecimalEvidence` found it. Default: the platform's. */
  readonly decimalMark?: DecimalMark | null | undefined;
  /** Whether cells at the end of a row may be missing, as in the rows of a workbook. Default: the platform's rule. */
  readonly shortRows?: boolean | undefined;
  /** Whether numbers in columns of dates are the serial numbers of a workbook. Default false. */
  readonly serialDates?: boolean | undefined;
  /** What `createDamageEvidence` found in the whole file. Default: only what a single cell proves is repaired. */
  readonly damage?: Damage | null | undefined;
  /** Whether damage that other programs did is repaired. Otherwise it is only warned of. Default true. */
  readonly repair?: boolean | undefined;
  /**
   * Other rows of the file, in file order, that bear numbers of these rows (see `createRepeatEvidence`). They are read along, so that
   * rows with the same number mean together what they would mean in one call, but they are no part of the result.
   */
  readonly siblings?: readonly RowRun[] | undefined;
  /** Path of the file in its archive, or name of the sheet, for the issues. Default null, for a plain file. */
  readonly file?: string | null | undefined;
}

/**
 * Every row is part of a record, a reject, or left out because it is no record:
 * `rows.length === importedRows + rejects.length + leftOut.length`.
 */
export interface MappedRows {
  readonly platform: string;
  readonly records: readonly MappedRecord[];
  /** How many rows the records are made of: the sum of their `rowCount`. */
  readonly importedRows: number;
  readonly rejects: readonly Reject[];
  /** Rows that are no records, such as sums below the pledges. */
  readonly leftOut: readonly LeftOutRow[];
  /** Errors and warnings of all rows, in file order. */
  readonly issues: readonly RowIssue[];
  /** Damage that other programs did to the cells, by kind and column. */
  readonly repairs: readonly Repair[];
}

/** No platform was named and none could be detected from the headers, or the named one does not exist. */
export class UnknownPlatformError extends Error {
  override readonly name = 'UnknownPlatformError';
  readonly code = 'unknown_platform';
}

/**
 * Turns the rows of a file into validated records and rejects. Pure: the same headers and rows always give the same
 * result, whatever other orders the file has. All rows of one order must be passed in the same call.
 *
 * @throws UnknownPlatformError when the platform is not named and cannot be detected.
 */
export function mapKeys(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  options: MapKeysOptions = {},
): MappedRows {
  return mapRows(mappingFor(headers, options), rows, options);
}

/** Like {@link mapKeys}, for a mapping that is compiled already. */
export function mapRows(
  mapping: Mapping,
  rows: readonly (readonly string[])[],
  options: MapKeysOptions,
): MappedRows {
  const steps = mapRowsInSteps(mapping, rows, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Like {@link mapKeys}, in steps: stops after each order, so that the caller can let something else run in between, or give up.
 * The result is what the generator returns.
 *
 * @throws UnknownPlatformError when the platform is not named and cannot be detected
 */
export function mapKeysInSteps(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  options: MapKeysOptions = {},
): Generator<void, MappedRows> {
  return mapRowsInSteps(mappingFor(headers, options), rows, options);
}

function* mapRowsInSteps(
  mapping: Mapping,
  rows: readonly (readonly string[])[],
  options: MapKeysOptions,
): Generator<void, MappedRows> {
  const results = createRowResults();
  const { damage = null, repair = true, file = null } = options;
  const log = createRepairLog(file, repair);
  const reader = readerFor(mapping, options, { damage, repair, log });
  const reasonOf = noRecordReasons(mapping, damage);
  const spans: Span[] = [];
  for (let start = 0; start < rows.length; ) {
    const end = orderEnd(rows, start, mapping.orders);
    spans.push(mapSpan(rows, start, end, { reader, reasonOf, options }));
    start = end;
    yield;
  }
  settleSameNumbers(withSiblings(spans, mapping, options), mapping);
  for (const span of spans) addSpan(results, span);
  const { records, importedRows, rejects, leftOut, issues } = results;
  return {
    platform: mapping.platform.name,
    records,
    importedRows,
    rejects,
    leftOut,
    issues,
    repairs: log.result(),
  };
}

function readerFor(mapping: Mapping, options: MapKeysOptions, mending: MendOptions): RowReader {
  const { platform } = mapping;
  return createRowReader(mapping, {
    currency: options.currency ?? platform.currency,
    dateOrderOf: dateOrderOf(platform, options),
    decimalMark: options.decimalMark === undefined ? platform.decimalMark : options.decimalMark,
    shortRows: options.shortRows ?? platform.shortRows,
    serialDates: options.serialDates ?? false,
    mending,
  });
}

/** All spans in file order. What is repaired in siblings is logged with the chunk that they are in. */
function withSiblings(own: readonly Span[], mapping: Mapping, options: MapKeysOptions): readonly Span[] {
  const { siblings = [], firstRow: ownFirst = 1, damage = null, repair = true, file = null } = options;
  if (siblings.length === 0) return own;
  const reader = readerFor(mapping, options, { damage, repair, log: createRepairLog(file, repair) });
  const reasonOf = noRecordReasons(mapping, damage);
  const read = siblings.map(({ firstRow, lines, rows }) => ({
    isEarlier: firstRow < ownFirst,
    span: mapSpan(rows, 0, rows.length, { reader, reasonOf, options: { ...options, firstRow, lines } }),
  }));
  const spansOf = (isEarlier: boolean) =>
    read.filter((one) => one.isEarlier === isEarlier).map(({ span }) => span);
  return [...spansOf(true), ...own, ...spansOf(false)];
}

/**
 * Which pledges rejected rows are about, in steps as {@link mapKeysInSteps}: a file that is a whole campaign names them, though it
 * cannot be imported whole.
 *
 * @param rejects those of the rows that were mapped with these options
 * @throws UnknownPlatformError as {@link mapKeys}
 */
export function nameRejectedInSteps(
  headers: readonly string[],
  rejects: readonly Reject[],
  options: MapKeysOptions,
): Generator<void, RejectedPledges> {
  const { damage = null, repair = true, file = null } = options;
  const log = createRepairLog(file, repair);
  return nameRejectedPledges(
    rejects,
    readerFor(mappingFor(headers, options), options, { damage, repair, log }),
  );
}

/** Consecutive rows with one number, as orders, and rows among them that are no records. */
interface Span {
  readonly rows: readonly SpanRow[];
  readonly orders: readonly MappedOrder[];
}

interface SpanRow extends OrderRow {
  /** Null for a row of an order. */
  readonly reason: NoRecordReason | null;
}

/** Why a row is no record, by its cells and its line. */
type ReasonFinder = (cells: readonly string[], line: number) => NoRecordReason | null;

/** A sum that is known by adding up is left out only if its row names nobody in a column of people. */
function noRecordReasons({ noRecord, persons }: Mapping, damage: Damage | null): ReasonFinder {
  const sumLines = new Set(damage?.sumLines);
  if (sumLines.size === 0) return noRecord;
  return (cells, line) => {
    const isSum = sumLines.has(line) && persons.every((position) => isBlankCell(cells[position] ?? ''));
    return noRecord(cells) ?? (isSum ? 'sum' : null);
  };
}

interface SpanContext {
  readonly reader: RowReader;
  readonly reasonOf: ReasonFinder;
  readonly options: MapKeysOptions;
}

function mapSpan(
  rows: readonly (readonly string[])[],
  start: number,
  end: number,
  { reader, reasonOf, options }: SpanContext,
): Span {
  if (end === start + 1) return mapSingle(rows[start] ?? [], reader, reasonOf, issuesOfRow(start, options));
  const span: SpanRow[] = [];
  for (let index = start; index < end; index += 1) {
    const cells = rows[index] ?? [];
    const issues = issuesOfRow(index, options);
    span.push({ cells, issues, reason: reasonOf(cells, issues.line) });
  }
  const order = span.filter(({ reason }) => reason === null);
  if (order.length === 0) return { rows: span, orders: [] };
  return { rows: span, orders: splitRefunds(order, reader.mapping).map((one) => mapOne(one, reader)) };
}

/** A row that stands alone, as nearly all do. */
function mapSingle(
  cells: readonly string[],
  reader: RowReader,
  reasonOf: ReasonFinder,
  issues: RowIssues,
): Span {
  const reason = reasonOf(cells, issues.line);
  const rows = [{ cells, issues, reason }];
  if (reason !== null) return { rows, orders: [] };
  return { rows, orders: [{ rows, record: mapRow(cells, reader, issues) }] };
}

function mapOne(rows: readonly OrderRow[], reader: RowReader): MappedOrder {
  const [first] = rows;
  const isAlone = rows.length === 1 && first !== undefined;
  return { rows, record: isAlone ? mapRow(first.cells, reader, first.issues) : mapOrder(rows, reader) };
}

function addSpan(results: RowResults, { rows, orders }: Span): void {
  for (const { record } of orders) addRecord(results, record);
  for (const { cells, issues, reason } of rows) {
    if (reason !== null) leaveOut(results, cells, reason, issues);
    addRow(results, cells, issues);
  }
}

function issuesOfRow(index: number, options: MapKeysOptions): RowIssues {
  const row = (options.firstRow ?? 1) + index;
  return createRowIssues(row, options.lines?.[index] ?? row + 1, options.file ?? null);
}

/** Gives the order of day and month for the position of a column. */
function dateOrderOf(
  platform: Platform,
  { dateOrder, dateOrders }: MapKeysOptions,
): (position: number) => DateOrder | null {
  if (dateOrder !== undefined) return () => dateOrder;
  if (dateOrders === undefined) return () => platform.dateOrder;
  return (position) => dateOrders.find((column) => column.position === position)?.order ?? null;
}

/**
 * The orders among `run` to which one of the wanted rows belongs, each with all its rows: what `siblings` takes.
 *
 * @param wanted numbers of rows in the upload
 * @throws UnknownPlatformError as {@link mapKeys}
 */
export function pickSiblings(
  headers: readonly string[],
  run: RowRun,
  wanted: ReadonlySet<number>,
  options: MapKeysOptions,
): readonly RowRun[] {
  return pickOrders(run, wanted, mappingFor(headers, options));
}

/**
 * Finds rows with the same number in a file whose columns are known. Null when no column holds numbers.
 *
 * @throws UnknownPlatformError as {@link mapKeys}
 */
export function findRepeats(headers: readonly string[], options: MapKeysOptions): RepeatEvidence | null {
  return createRepeatEvidence(mappingFor(headers, options));
}

/**
 * Cuts the rows of a chunk in two, between orders. Null when they are one order.
 *
 * @throws UnknownPlatformError as {@link mapKeys}
 */
export function halveChunk(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  options: MapKeysOptions,
): Halves | null {
  return halveRows(rows, mappingFor(headers, options));
}

function mappingFor(headers: readonly string[], { platform: named, columns }: MapKeysOptions): Mapping {
  const platform = platformFor(headers, named, columns !== undefined);
  if (platform) return compileMapping(headers, platform, columns);
  throw new UnknownPlatformError(
    named === undefined
      ? 'The columns of the file are not those of a known platform. Name the platform, or rename the columns.'
      : `There is no platform named "${named}".`,
  );
}

function platformFor(
  headers: readonly string[],
  named: string | undefined,
  isAssigned: boolean,
): Platform | undefined {
  if (named !== undefined) return findPlatform(named);
  if (isAssigned) return platforms.find(isLastResort);
  const { platform } = detectPlatform(headers);
  return platform === null ? undefined : findPlatform(platform);
}

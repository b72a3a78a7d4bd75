import { detectPlatform, isLastResort } from './detect-platform.js';
import type { RowIssue } from './issue.js';
import type { ColumnAssignment } from './mapping/column-assignment.js';
import { compileMapping, type Mapping } from './mapping/compile-mapping.js';
import type { Damage } from './mapping/damage-evidence.js';
import { orderEnd } from './mapping/group-orders.js';
import { mapOrder, mapRow, type OrderRow } from './mapping/map-order.js';
import { createRowReader } from './mapping/read-row.js';
import { createRepairLog, type Repair } from './mapping/repair-log.js';
import { createRowIssues, type RowIssues } from './mapping/row-issues.js';
import { addRecord, addRow, createRowResults, type Reject } from './mapping/row-results.js';
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
  /** Path of the file in its archive, or name of the sheet, for the issues. Default null, for a plain file. */
  readonly file?: string | null | undefined;
}

/** Every row is part of a record or a reject: `rows.length === importedRows + rejects.length`. */
export interface MappedRows {
  readonly platform: string;
  readonly records: readonly MappedRecord[];
  /** How many rows the records are made of: the sum of their `rowCount`. */
  readonly importedRows: number;
  readonly rejects: readonly Reject[];
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
  const results = createRowResults();
  const { damage = null, repair = true, file = null } = options;
  const log = createRepairLog(file, repair);
  const reader = createRowReader(mapping, {
    currency: options.currency ?? mapping.platform.currency,
    dateOrderOf: dateOrderOf(mapping.platform, options),
    decimalMark: options.decimalMark === undefined ? mapping.platform.decimalMark : options.decimalMark,
    shortRows: options.shortRows ?? mapping.platform.shortRows,
    serialDates: options.serialDates ?? false,
    mending: { damage, repair, log },
  });
  for (let start = 0; start < rows.length; ) {
    const end = orderEnd(rows, start, mapping.orders);
    const cells = rows[start] ?? [];
    const issues = issuesOfRow(start, options);
    if (end === start + 1) {
      addRecord(results, mapRow(cells, reader, issues), mapping, issues);
      addRow(results, cells, issues);
    } else {
      const others = rows.slice(start + 1, end).map((row, index): OrderRow => {
        return { cells: row, issues: issuesOfRow(start + 1 + index, options) };
      });
      const order = [{ cells, issues }, ...others];
      addRecord(results, mapOrder(order, reader), mapping, issues);
      for (const row of order) addRow(results, row.cells, row.issues);
    }
    start = end;
  }
  const { records, importedRows, rejects } = results;
  return {
    platform: mapping.platform.name,
    records,
    importedRows,
    rejects,
    issues: results.issues,
    repairs: log.result(),
  };
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

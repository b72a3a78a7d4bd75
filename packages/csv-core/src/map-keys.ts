import { detectPlatform } from './detect-platform.js';
import type { Issue } from './issue.js';
import { buildRecord } from './mapping/build-record.js';
import { compileMapping, type Mapping } from './mapping/compile-mapping.js';
import { createRowReader, type RowReader, readRow } from './mapping/read-row.js';
import { addIssue, createRowIssues, type RowIssues } from './mapping/row-issues.js';
import { findPlatform } from './platforms/index.js';
import type { MappedRecord } from './schemas/mapped-record.js';
import type { DateOrder } from './values/date.js';

/** What to know about rows besides their cells. */
export interface MapKeysOptions {
  /** Name of the platform; left out, it is detected from the headers. */
  readonly platform?: string | undefined;
  /** Number of the first row in the file, from 1. Default 1. */
  readonly firstRow?: number | undefined;
  /** For each row the line it starts on. Default: row number + 1, right for a file without quoted newlines. */
  readonly lines?: readonly number[] | undefined;
  /** ISO 4217 code for amounts that name no currency. */
  readonly currency?: string | undefined;
  /** How the file writes `03/04/2024`; left out, such a date is `ambiguous_date`. See `decideDateOrder`. */
  readonly dateOrder?: DateOrder | undefined;
}

/** A row that is refused, with every reason found in it. */
export interface Reject {
  readonly row: number;
  readonly line: number;
  readonly cells: readonly string[];
  readonly issues: readonly Issue[];
}

/** Rows become records or rejects: `rows.length === records.length + rejects.length`, always. */
export interface MappedRows {
  readonly platform: string;
  readonly records: readonly MappedRecord[];
  readonly rejects: readonly Reject[];
  /** Errors and warnings of all rows, in file order. */
  readonly issues: readonly Issue[];
}

/** No platform was named, and none could be told from the headers; or the named one does not exist. */
export class UnknownPlatformError extends Error {
  override readonly name = 'UnknownPlatformError';
  readonly code = 'unknown_platform';
}

/**
 * Turns the rows of a file into validated records and rejects. Pure: the same headers and rows always give the
 * same answer, whatever other rows the file has.
 *
 * @throws UnknownPlatformError when the platform is not named and cannot be detected.
 */
export function mapKeys(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  options: MapKeysOptions = {},
): MappedRows {
  const mapping = mappingFor(headers, options.platform);
  const records: MappedRecord[] = [];
  const rejects: Reject[] = [];
  const issues: Issue[] = [];
  const rowOfPledge = new Map<string, number>();
  const reader = createRowReader(mapping, {
    platform: mapping.platform,
    currency: options.currency ?? null,
    dateOrder: options.dateOrder ?? null,
  });
  for (const [index, cells] of rows.entries()) {
    const row = (options.firstRow ?? 1) + index;
    const line = options.lines?.[index] ?? row + 1;
    const rowIssues = createRowIssues(row, line);
    const record = mapRow(cells, reader, rowIssues);
    if (record) {
      warnOfRepeat(record, rowOfPledge, mapping, rowIssues);
      records.push(record);
    } else {
      rejects.push({ row, line, cells, issues: rowIssues.issues });
    }
    for (const issue of rowIssues.issues) issues.push(issue);
  }
  return { platform: mapping.platform.name, records, rejects, issues };
}

function mappingFor(headers: readonly string[], platformName: string | undefined): Mapping {
  const name = platformName ?? detectPlatform(headers).platform;
  const platform = name === null ? undefined : findPlatform(name);
  if (platform) return compileMapping(headers, platform);
  throw new UnknownPlatformError(
    name === null
      ? 'The columns of the file are not those of a known platform. Name the platform, or rename the columns.'
      : `There is no platform named "${name}".`,
  );
}

function mapRow(cells: readonly string[], reader: RowReader, issues: RowIssues): MappedRecord | null {
  checkWidth(cells, reader.mapping, issues);
  if (issues.rejected) return null;
  return buildRecord(readRow(cells, reader, issues), reader.mapping, issues);
}

/** A row with too few or too many cells has probably slipped by a column: its values are not to be trusted. */
function checkWidth(cells: readonly string[], mapping: Mapping, issues: RowIssues): void {
  if (cells.length < mapping.width && !mapping.platform.shortRows) {
    const message = `The row has ${cells.length} cells, the header has ${mapping.width}. Add the missing cells, or quote a cell that holds a line break.`;
    addIssue(issues, 'error', 'too_few_cells', message);
  }
  if (cells.length <= mapping.width) return;
  const surplus = cells.slice(mapping.width).find((cell) => cell.trim() !== '');
  if (surplus !== undefined) {
    const message = `The row has more cells than the ${mapping.width} of the header. Quote cells that hold the delimiter, and give every column a name.`;
    addIssue(issues, 'error', 'too_many_cells', message, null, surplus);
  }
}

function warnOfRepeat(
  record: MappedRecord,
  rowOfPledge: Map<string, number>,
  mapping: Mapping,
  issues: RowIssues,
): void {
  const { externalId } = record.pledge;
  const earlier = rowOfPledge.get(externalId);
  rowOfPledge.set(externalId, record.row);
  if (earlier === undefined) return;
  const message = `Row ${earlier} has the same number. The two are one pledge, and the filled cells of the later row count.`;
  addIssue(
    issues,
    'warning',
    'repeated_pledge',
    message,
    mapping.headerOf.get('externalId') ?? null,
    externalId,
  );
}

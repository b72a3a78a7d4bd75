import type { RowIssue } from '../issue.js';
import type { MappedRecord } from '../schemas/mapped-record.js';
import type { Mapping } from './compile-mapping.js';
import { addIssue, type RowIssues } from './row-issues.js';

/** A row that is rejected, with all its issues. */
export interface Reject {
  readonly row: number;
  readonly line: number;
  readonly cells: readonly string[];
  readonly issues: readonly RowIssue[];
}

/** The results for the rows so far. */
export interface RowResults {
  readonly records: MappedRecord[];
  readonly rejects: Reject[];
  readonly issues: RowIssue[];
  importedRows: number;
  /** For each key of a pledge, the row of the last record with it. */
  readonly rowOfPledge: Map<string, number>;
}

/** The results before the first row. */
export function createRowResults(): RowResults {
  return { records: [], rejects: [], issues: [], importedRows: 0, rowOfPledge: new Map() };
}

/** @param issues the issues of the record's first row */
export function addRecord(
  results: RowResults,
  record: MappedRecord | null,
  mapping: Mapping,
  issues: RowIssues,
): void {
  if (record === null) return;
  warnOfRepeat(results, record, mapping, issues);
  results.records.push(record);
  results.importedRows += record.rowCount;
}

/** Adds a row and its issues. Call it last for each row: later issues of the row would be missed. */
export function addRow(results: RowResults, cells: readonly string[], found: RowIssues): void {
  const { row, line, issues, rejected } = found;
  if (rejected) results.rejects.push({ row, line, cells, issues });
  for (const issue of issues) results.issues.push(issue);
}

function warnOfRepeat(
  { rowOfPledge }: RowResults,
  { row, pledge }: MappedRecord,
  mapping: Mapping,
  issues: RowIssues,
): void {
  if (pledge === null) return;
  const { platform, externalId } = pledge;
  const isOwn = platform === mapping.platform.name;
  const key = isOwn ? externalId : `${platform} ${externalId}`;
  const earlier = rowOfPledge.get(key);
  rowOfPledge.set(key, row);
  if (earlier === undefined) return;
  const message = `Row ${earlier} has the same number. The two are one pledge, and the filled cells of the later row count.`;
  const header = mapping.headerOf.get(isOwn ? 'externalId' : 'originExternalId') ?? null;
  addIssue(issues, 'warning', 'repeated_pledge', message, header, externalId);
}

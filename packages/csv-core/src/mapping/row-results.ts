import type { RowIssue } from '../issue.js';
import type { MappedRecord } from '../schemas/mapped-record.js';
import { isBlankCell } from './blank-cell.js';
import { sumWordIn } from './footer-words.js';
import type { NoRecordReason } from './no-record.js';
import { addIssue, type RowIssues } from './row-issues.js';

/** A row that is rejected, with all its issues. */
export interface Reject {
  readonly row: number;
  readonly line: number;
  readonly cells: readonly string[];
  readonly issues: readonly RowIssue[];
}

/** A row that is no record. It has a warning that says why. */
export interface LeftOutRow {
  readonly row: number;
  readonly line: number;
  readonly reason: NoRecordReason;
}

/** The results for the rows so far. */
export interface RowResults {
  readonly records: MappedRecord[];
  readonly rejects: Reject[];
  readonly leftOut: LeftOutRow[];
  readonly issues: RowIssue[];
  importedRows: number;
}

/** The results before the first row. */
export function createRowResults(): RowResults {
  return { records: [], rejects: [], leftOut: [], issues: [], importedRows: 0 };
}

/** Adds the record of an order; null when its rows are rejected. */
export function addRecord(results: RowResults, record: MappedRecord | null): void {
  if (record === null) return;
  results.records.push(record);
  results.importedRows += record.rowCount;
}

/** Adds a row and its issues. Call it last for each row: later issues of the row would be missed. */
export function addRow(results: RowResults, cells: readonly string[], found: RowIssues): void {
  const { row, line, issues, rejected } = found;
  if (rejected) results.rejects.push({ row, line, cells, issues });
  for (const issue of issues) results.issues.push(issue);
}

/** Adds a row that is no record, with the warning about it. */
export function leaveOut(
  results: RowResults,
  cells: readonly string[],
  reason: NoRecordReason,
  found: RowIssues,
): void {
  const label = cells.find((cell) => sumWordIn(cell) !== null) ?? cells.find((cell) => !isBlankCell(cell));
  addIssue(found, 'warning', 'left_out_row', leftOutMessages[reason], null, label);
  results.leftOut.push({ row: found.row, line: found.line, reason });
}

const leftOutMessages: Readonly<Record<NoRecordReason, string>> = {
  repeated_header: 'The row repeats the header and is left out.',
  sum: 'The row is a sum of other rows: it has no backer and no number of its own. It is left out. If it is a pledge, give it a number and a backer, and send it again.',
  note: 'The row is a note of the program that wrote the file: it has no backer and no number of its own. It is left out. If it is a pledge, give it a number and a backer, and send it again.',
  ruler: 'The row only draws a line and is left out.',
};

import type { Cell, VersionedRow } from './merge-rows.js';
import type { RecordTable } from './record-table.js';

/**
 * Where edits by hand begin in the order of a campaign: behind every file. Files are numbered from 1 and never come so far; an
 * `int` of Postgres holds both.
 */
export const EDIT_BASE = 2 ** 30;

/**
 * An edit by hand as a source like a file: one row, later than every file, that says single cells and leaves the others blank. The
 * merge takes those from the files, also from files that come later. Taking an edit back is an undo of this source.
 *
 * @param number which edit of the campaign, from 1; a later one wins over an earlier one
 * @throws RangeError when the table has no such column, or the number is none
 */
export function editedRow(
  { name, columnNames }: RecordTable,
  number: number,
  cells: Readonly<Record<string, Exclude<Cell, null>>>,
): VersionedRow {
  if (!Number.isInteger(number) || number < 1 || number >= EDIT_BASE) {
    throw new RangeError(`${number} is not the number of an edit`);
  }
  const unknown = Object.keys(cells).find((column) => !columnNames.includes(column));
  if (unknown !== undefined) throw new RangeError(`The table ${name} has no column ${unknown}`);
  return {
    sequence: EDIT_BASE + number,
    row: 1,
    cells: columnNames.map((column) => cells[column] ?? null),
    fills: null,
  };
}

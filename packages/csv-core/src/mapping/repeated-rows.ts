import { isBlankCell } from './blank-cell.js';
import type { Mapping } from './compile-mapping.js';
import type { ReadOrderRow } from './merge-order.js';
import { emptyRowFields } from './row-fields.js';
import { addIssue } from './row-issues.js';

/**
 * Warns of rows that repeat another row of their order cell by cell. Where the file numbers the lines of an order, such a
 * row is the same line, so it counts once: its values are blank in the result. Otherwise it may be a second unit.
 */
export function settleRepeatedRows(
  rows: readonly ReadOrderRow[],
  { lineColumn, headers }: Mapping,
): readonly ReadOrderRow[] {
  const lineOf = new Map<string, number>();
  return rows.map((row) => {
    const { cells } = row.values;
    const key = cells.join('\u0000');
    const line = lineOf.get(key);
    if (line === undefined) {
      lineOf.set(key, row.issues.line);
      return row;
    }
    const number = lineColumn === null ? '' : (cells[lineColumn] ?? '');
    const isSameLine = lineColumn !== null && !isBlankCell(number);
    const message = isSameLine
      ? `The row repeats line ${line} cell by cell, and its number, so it counts once.`
      : `The row repeats line ${line} cell by cell. Its units are counted again; if it is there twice by mistake, remove it and send the order again.`;
    const column = isSameLine ? (headers[lineColumn] ?? null) : null;
    addIssue(row.issues, 'warning', 'repeated_row', message, column, isSameLine ? number : null);
    return isSameLine ? { ...row, values: { ...row.values, ...blankValues } } : row;
  });
}

const blankValues = {
  fields: Object.freeze(emptyRowFields()),
  counts: [],
  items: [],
  answers: [],
  extras: [],
};

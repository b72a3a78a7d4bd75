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
  { itemColumns, lineColumn, headers }: Mapping,
): readonly ReadOrderRow[] {
  // Nearly all rows of an order differ in their product, so only rows with the same product are compared as a whole.
  const seen = new Map<string, ReadOrderRow[]>();
  return rows.map((row) => {
    const { cells } = row.values;
    let product = '';
    for (const position of itemColumns) product += `${cells[position]}\u0000`;
    const similar = seen.get(product);
    const earlier = similar?.find(({ values }) => areEqual(values.cells, cells));
    if (earlier === undefined) {
      if (similar === undefined) seen.set(product, [row]);
      else similar.push(row);
      return row;
    }
    const { line } = earlier.issues;
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

function areEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((cell, position) => cell === b[position]);
}

const blankValues = {
  fields: Object.freeze(emptyRowFields()),
  counts: [],
  items: [],
  answers: [],
  extras: [],
};

import type { UnpackOptions } from '../unpacked-file.js';

/** What shows whether a table holds data: its first rows, and what else is in it. */
export interface TableEvidence {
  readonly firstRows: readonly (readonly string[])[];
  readonly isLayout: boolean;
  /** Whether one of its cells holds another table. */
  readonly hasNested: boolean;
}

/** The likelihood of a table that is known. */
export const KNOWN = 3;

/** In characters. A longer cell is a paragraph, not the name of a column. */
const MAX_HEADER_LENGTH = 200;

/**
 * How likely a table of a page is the one to import: 3 for a known one, 2 for a regular grid, 1 for a grid with another
 * table in it, 0 for a table that only lays out a page, such as the fields of a form.
 */
export function judgeTable(
  { firstRows, isLayout, hasNested }: TableEvidence,
  isKnown: UnpackOptions['isTable'],
): number {
  if (firstRows.length < 2) return 0;
  if (isKnown?.(firstRows)) return KNOWN;
  if (isLayout || !isGrid(firstRows)) return 0;
  return hasNested ? 1 : 2;
}

/** Whether there is a header with different names over half of the columns, and mostly rows of two cells or more. */
function isGrid(rows: readonly (readonly string[])[]): boolean {
  const start = rows.findIndex((row) => filled(row).length > 1);
  const [header = [], ...body] = start < 0 ? [] : rows.slice(start);
  const names = filled(header);
  const width = Math.max(...rows.map(({ length }) => length));
  const fitting = body.filter((row) => filled(row).length > 1);
  return (
    new Set(names).size > 1 &&
    names.length * 2 >= width &&
    names.every(({ length }) => length <= MAX_HEADER_LENGTH) &&
    body.length > 0 &&
    fitting.length * 2 >= body.length
  );
}

function filled(row: readonly string[]): readonly string[] {
  return row.filter((cell) => cell.trim() !== '');
}

import type { UnpackOptions } from '../unpacked-file.js';

/** The first rows of a table, and what else tells what it is for. */
export interface TableEvidence {
  readonly firstRows: readonly (readonly string[])[];
  readonly isLayout: boolean;
  /** Whether there is a table in a cell of it. */
  readonly hasNested: boolean;
}

/** The likelihood of a table that is known. */
export const KNOWN = 3;

/** A name of a column is no paragraph. */
const MAX_HEADER_LENGTH = 200;

/**
 * How likely a table of a page is the one that is meant to be sent: 3 for a known one, 2 for a regular grid, 1 for one
 * around another table, 0 for what puts a page in order, such as the fields of a form.
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

/** Different names over at least two columns, at least half of all, and below them mostly rows of at least two cells. */
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

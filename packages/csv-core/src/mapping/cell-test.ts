import { cleanText } from '../values/text.js';
import { isBlankCell } from './blank-cell.js';

/** A test of one cell: it must be filled, and match the pattern if there is one. */
export interface CellTest {
  readonly position: number;
  /** The header as the file writes it. */
  readonly header: string;
  readonly pattern: RegExp | null;
}

/** Whether the row passes the test. */
export function passes(cells: readonly string[], test: CellTest): boolean {
  if (test.pattern !== null) return textThatFits(cells, test) !== null;
  const cell = cells[test.position];
  return cell !== undefined && !isBlankCell(cell);
}

/** The text of the cell if the row passes the test, else null. */
export function textThatFits(cells: readonly string[], { position, pattern }: CellTest): string | null {
  const cell = cells[position];
  if (cell === undefined || isBlankCell(cell)) return null;
  const read = cleanText(cell);
  // Text that cannot be stored is reported where its column is read.
  if (!read.ok) return null;
  return pattern === null || pattern.test(read.value) ? read.value : null;
}

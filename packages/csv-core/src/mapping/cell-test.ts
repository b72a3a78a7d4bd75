import { cleanText } from '../values/text.js';
import { isBlankCell } from './blank-cell.js';

/** A cell that must hold something, and perhaps something that fits a pattern. */
export interface CellTest {
  readonly position: number;
  /** The file's own header. */
  readonly header: string;
  readonly pattern: RegExp | null;
}

/** Whether the row passes. */
export function passes(cells: readonly string[], test: CellTest): boolean {
  if (test.pattern !== null) return textThatFits(cells, test) !== null;
  const cell = cells[test.position];
  return cell !== undefined && !isBlankCell(cell);
}

/** The text of the cell if the row passes, else null. */
export function textThatFits(cells: readonly string[], { position, pattern }: CellTest): string | null {
  const cell = cells[position];
  if (cell === undefined || isBlankCell(cell)) return null;
  const read = cleanText(cell);
  // Text that cannot be stored is an error of the column that holds it, wherever it is read.
  if (!read.ok) return null;
  return pattern === null || pattern.test(read.value) ? read.value : null;
}

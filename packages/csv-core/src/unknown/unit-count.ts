import type { ColumnCells } from '../suggest/column-cells.js';
import { isUnnamed, type ScoredColumn } from '../suggest/score-column.js';
import { parseQuantity } from '../values/quantity.js';

/** Words of numbers that count no units, though they are small. */
const noUnits: ReadonlySet<string> = new Set([
  'id',
  'code',
  'age',
  'year',
  'date',
  'reference',
  'zip',
  'phone',
  'campaign',
]);
/** A larger number is more likely an age or a year. */
const MANY_UNITS = 15;

/**
 * Whether a column that is called nothing known seems to count units.
 *
 * @param hasProduct whether each row has a product that it could count; if not, its name must say that it counts
 */
export function countsUnits(column: ScoredColumn, { texts }: ColumnCells, hasProduct: boolean): boolean {
  const { header, words, isOther } = column;
  if (isOther || isUnnamed(header) || words.some((word) => noUnits.has(word))) return false;
  if (!hasProduct && !isCalledCount(column)) return false;
  const counts = [...texts.keys()].map((text) => parseQuantity(text));
  const isSmall = counts.every((count) => count.ok && count.value < MANY_UNITS);
  return isSmall && counts.some((count) => count.ok && count.value > 1);
}

/** Whether the name says that the column counts: `Anzahl Karten`, `Number of shirts`; but not a number of the row. */
export function isCalledCount({ words, profile }: ScoredColumn): boolean {
  return words.includes('quantity') || (words.includes('number') && profile.distinct < profile.filled);
}

import type { SheetRow, UnpackOptions } from '../unpacked-file.js';
import type { Worksheet } from './choose-sheets.js';

/** csv-core looks for a header in as many rows. */
const FIRST_ROWS = 20;

/** A sheet that has a value. */
export interface RankedSheet {
  readonly sheet: Worksheet;
  /** Whether it has at least two rows and two columns, or `isKnown` accepts it. */
  readonly isTable: boolean;
}

/** The sheets that have a value. */
export interface RankedSheets {
  /** The one to read; null when none has a value. */
  readonly chosen: RankedSheet | null;
  readonly others: readonly RankedSheet[];
}

/**
 * Finds the sheet that is most likely meant by the first rows of each, because a cover or a read-me often comes before
 * the data. A hidden sheet is chosen only where no visible one has a table.
 *
 * @param sheets the visible ones before the hidden ones
 * @param read the rows of a sheet, in batches
 * @param isKnown see `UnpackOptions.isTable`
 * @throws what `read` throws
 */
export async function rankSheets(
  sheets: readonly Worksheet[],
  read: (sheet: Worksheet) => AsyncIterable<readonly SheetRow[]>,
  isKnown: UnpackOptions['isTable'],
): Promise<RankedSheets> {
  const withValue: RankedSheet[] = [];
  let chosen: RankedSheet | null = null;
  let highest = -1;
  for (const sheet of sheets) {
    const rows = await firstRows(read(sheet));
    if (rows.length === 0) continue;
    const likelihood = tableLikelihood(rows, isKnown);
    const ranked = { sheet, isTable: likelihood > 0 };
    withValue.push(ranked);
    const rank = rankOf(sheet, likelihood);
    if (rank <= highest) continue;
    highest = rank;
    chosen = ranked;
  }
  return { chosen, others: withValue.filter((ranked) => ranked !== chosen) };
}

async function firstRows(
  batches: AsyncIterable<readonly SheetRow[]>,
): Promise<readonly (readonly string[])[]> {
  for await (const batch of batches) return batch.slice(0, FIRST_ROWS).map(({ cells }) => cells);
  return [];
}

/** From high to low: visible tables, hidden tables, other visible sheets, other hidden sheets. */
function rankOf({ isHidden }: Worksheet, likelihood: number): number {
  if (likelihood === 0) return isHidden ? 0 : 1;
  return (isHidden ? 1 : 4) + likelihood;
}

/**
 * How likely the rows are those of the table to import: 3 for a known table, 2 for only the header of one, 1 for at
 * least two rows and two columns, 0 for anything else.
 */
function tableLikelihood(
  firstRows: readonly (readonly string[])[],
  isKnown: UnpackOptions['isTable'],
): number {
  const hasRows = firstRows.length > 1;
  if (isKnown?.(firstRows)) return hasRows ? 3 : 2;
  return hasRows && firstRows.some(({ length }) => length > 1) ? 1 : 0;
}

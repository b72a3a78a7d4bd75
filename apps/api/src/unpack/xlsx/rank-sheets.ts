import type { SheetRow, UnpackOptions } from '../unpacked-file.js';
import type { Worksheet } from './choose-sheets.js';

/** csv-core looks for a header in as many. */
const FIRST_ROWS = 20;

/** The sheets that have a value. */
export interface RankedSheets {
  /** The one to read; null when none has a value. */
  readonly chosen: Worksheet | null;
  readonly others: readonly Worksheet[];
}

/**
 * Says which sheet is most likely meant, by a look at the first rows of each: a cover or a read-me often comes before
 * the data.
 *
 * @param sheets those that are shown before those that are hidden
 * @param read the rows of a sheet, in batches
 * @param isTable see `UnpackOptions`
 * @throws what `read` throws
 */
export async function rankSheets(
  sheets: readonly Worksheet[],
  read: (sheet: Worksheet) => AsyncIterable<readonly SheetRow[]>,
  isTable: UnpackOptions['isTable'],
): Promise<RankedSheets> {
  const withValue: Worksheet[] = [];
  let chosen: Worksheet | null = null;
  let highest = -1;
  for (const sheet of sheets) {
    const rows = await firstRows(read(sheet));
    if (rows.length === 0) continue;
    withValue.push(sheet);
    const rank = (sheet.isHidden ? 0 : 3) + likelihood(rows, isTable);
    if (rank <= highest) continue;
    highest = rank;
    chosen = sheet;
  }
  return { chosen, others: withValue.filter((sheet) => sheet !== chosen) };
}

async function firstRows(
  batches: AsyncIterable<readonly SheetRow[]>,
): Promise<readonly (readonly string[])[]> {
  for await (const batch of batches) return batch.slice(0, FIRST_ROWS).map(({ cells }) => cells);
  return [];
}

/** 0 to 2 */
function likelihood(rows: readonly (readonly string[])[], isTable: UnpackOptions['isTable']): number {
  if (isTable?.(rows)) return 2;
  return rows.length > 1 && rows.some(({ length }) => length > 1) ? 1 : 0;
}

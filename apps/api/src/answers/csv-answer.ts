import { formatCsvRow } from '@pledgeline/csv-core';

/** The type of a CSV answer. */
export const CSV = 'text/csv; charset=utf-8';

/** Without it Excel reads UTF-8 as the code page of the machine. */
const BYTE_ORDER_MARK = '\ufeff';

/** The first line of a CSV answer. */
export function csvHeader(names: readonly string[]): string {
  return `${BYTE_ORDER_MARK}${csvRow(names)}`;
}

/** A line of a CSV answer. Nothing in it is run as a formula by a spreadsheet. */
export function csvRow(cells: readonly string[]): string {
  return formatCsvRow(cells, { spreadsheetSafe: true });
}

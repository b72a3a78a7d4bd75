import { formatCsvRow, rejectsHeader, rejectsRow } from '@pledgeline/csv-core';
import type { RejectedRows } from './read-rejects.js';

/** How many rows are written at once. */
const ROWS_PER_PART = 1_000;
const BYTE_ORDER_MARK = '\ufeff';
const safe = { spreadsheetSafe: true };

/**
 * Writes rows in the form of `rejected.csv`, by which the import knows the upload that they are of, and how to read them.
 *
 * @returns the text in parts
 */
export function writeRejects(
  { headers, rows, lines, notes }: RejectedRows,
  uploadId: string,
): readonly string[] {
  const parts = [`${BYTE_ORDER_MARK}${formatCsvRow(rejectsHeader(headers, uploadId), safe)}`];
  for (let from = 0; from < rows.length; from += ROWS_PER_PART) {
    const written = rows.slice(from, from + ROWS_PER_PART).map((cells, at) => {
      const note = { line: lines[from + at] ?? 0, reasons: notes[from + at] ?? '' };
      return formatCsvRow(rejectsRow(cells, note), safe);
    });
    parts.push(written.join(''));
  }
  return parts;
}

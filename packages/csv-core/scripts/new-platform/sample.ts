import { createCsvReader } from '../../src/csv/read-csv.js';

/** A file of a platform that is not known yet. */
export interface Sample {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that seem to contain totals. */
  readonly sums: readonly (readonly string[])[];
}

const SUM = /^(?:grand |sub ?)?totals?:?$|^sums?:?$|^(?:gesamt)?summe:?$/i;

/** Whether the first filled cell of a row is a word for a total. */
export function isSum(row: readonly string[]): boolean {
  return SUM.test(row.find((cell) => cell.trim() !== '')?.trim() ?? '');
}

/** @throws CsvFileError when the file cannot be read as CSV */
export function readSample(bytes: Uint8Array): Sample {
  let headers: readonly string[] = [];
  const rows: (readonly string[])[] = [];
  const reader = createCsvReader({
    onHeader: (found) => {
      headers = found;
    },
    onChunk: (chunk) => rows.push(...chunk.rows),
  });
  reader.push(bytes);
  reader.end();
  return { headers, rows: rows.filter((row) => !isSum(row)), sums: rows.filter(isSum) };
}

/** The filled cells of a column. */
export function filledCells({ rows }: Sample, position: number): readonly string[] {
  return rows.map((row) => row[position]?.trim() ?? '').filter((cell) => cell !== '');
}

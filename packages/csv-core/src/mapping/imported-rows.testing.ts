import type { MappedRows } from '../map-keys.js';

/** The numbers of the rows that the records are made of. Rows that are left out may lie between them. */
export function importedRowsOf({
  records,
  leftOut,
}: Pick<MappedRows, 'records' | 'leftOut'>): readonly number[] {
  const skipped = new Set(leftOut.map(({ row }) => row));
  return records.flatMap(({ row: first, rowCount }) => {
    const rows: number[] = [];
    for (let row = first; rows.length < rowCount; row += 1) if (!skipped.has(row)) rows.push(row);
    return rows;
  });
}

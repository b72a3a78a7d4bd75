import type pg from 'pg';

/** What an import writes, in the order in which foreign keys allow it to be copied. */
export const importTables = [
  'csv_upload',
  'csv_upload_file',
  'csv_upload_chunk',
  'product',
  'backer',
  'pledge',
  'survey',
  'inventory',
  'notification',
] as const;

/** What must be there before. */
export const ownerTables = ['merchant', 'api_key', 'campaign'] as const;

/** The tables of records: what the plain way writes as well. */
export const recordTables = ['product', 'backer', 'pledge', 'survey'] as const;

export type RowCounts = Readonly<Record<string, number>>;

export async function countRows(client: pg.ClientBase, tables: readonly string[]): Promise<RowCounts> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${table}`);
    counts[table] = Number(rows[0]?.count);
  }
  return counts;
}

/** No time is printed of a run that wrote something else. */
export function mustEqual(what: string, counts: RowCounts, expected: RowCounts): void {
  for (const [table, count] of Object.entries(counts)) {
    if (count === expected[table]) continue;
    throw new Error(`${what} left ${count} rows in ${table}, ours ${expected[table]}: nothing to compare`);
  }
}

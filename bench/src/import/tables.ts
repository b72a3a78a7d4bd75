import type pg from 'pg';

/** The tables that an import writes, in an order in which foreign keys allow to copy them. */
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

/** The tables whose rows must exist before an import. */
export const ownerTables = ['merchant', 'api_key', 'campaign'] as const;

/** The tables of records, which the import by `createMany` writes too. */
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

/** Throws when a run wrote other rows, so that its time is not printed. */
export function mustEqual(what: string, counts: RowCounts, expected: RowCounts): void {
  for (const [table, count] of Object.entries(counts)) {
    if (count === expected[table]) continue;
    throw new Error(
      `${what} wrote ${count} rows to ${table}, but the import wrote ${expected[table]}. Their times cannot be compared.`,
    );
  }
}

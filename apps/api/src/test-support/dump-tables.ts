import type { Database } from '@pledgeline/db';

/** All rows of all tables, by table, to compare them. The last use of keys is left out: reading is a use. */
export async function dumpTables({ pool }: Database): Promise<Readonly<Record<string, readonly string[]>>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const dump: Record<string, readonly string[]> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(
      `SELECT (to_jsonb(each) - 'last_used_at')::text AS row FROM "${name}" each ORDER BY 1`,
    );
    dump[name] = rows.map(({ row }) => row);
  }
  return dump;
}

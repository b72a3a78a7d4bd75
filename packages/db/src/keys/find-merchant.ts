import type { Database } from '../client.js';

/** The id of the merchant of that name; null when there is none. */
export async function findMerchant(db: Database, name: string): Promise<string | null> {
  const { rows } = await db.pool.query<{ id: string }>('SELECT id FROM merchant WHERE name = $1', [name]);
  return rows[0]?.id ?? null;
}

import { createDatabase } from '@pledgeline/db';
import type { LocalPostgres } from '@pledgeline/local-services';
import type { Cleanup } from './cleanup.js';

/** The end of the name of every database that goes away with its stack. */
const SCRATCH = '_scratch';

/** Name of a demo's database. Databases to be kept are told from those that a killed demo left behind. */
export function demoDatabaseName(now: Date, { keep }: { readonly keep: boolean }): string {
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 17);
  return `demo_${stamp}${keep ? '' : SCRATCH}`;
}

/** Makes the database if there is none. On the way, removes what demos left behind that were killed. */
export async function prepareDatabase(
  server: LocalPostgres,
  { database, isScratch }: { readonly database: string; readonly isScratch: boolean },
  cleanup: Cleanup,
): Promise<void> {
  const existing = await listDatabases(server.url());
  // The server is ours alone, so nobody is using them.
  for (const name of existing) if (name.endsWith(SCRATCH)) await server.dropDatabase(name);
  if (!existing.includes(database)) await server.createDatabase(database);
  if (isScratch) cleanup.defer(() => server.dropDatabase(database));
}

async function listDatabases(connectionString: string): Promise<readonly string[]> {
  const db = createDatabase({ connectionString, maxConnections: 1 });
  try {
    const { rows } = await db.pool.query<{ datname: string }>('SELECT datname FROM pg_database');
    return rows.map((row) => row.datname);
  } finally {
    await db.close();
  }
}

import { createDatabase } from '@pledgeline/db';
import type { LocalPostgres } from '@pledgeline/local-services';
import type { Cleanup } from './cleanup.js';

/** The names of databases that are removed with their stack end with this. */
const SCRATCH = '_scratch';

/** The name of a demo's database. It shows whether the database is to be kept, even after the demo was killed. */
export function demoDatabaseName(now: Date, { keep }: { readonly keep: boolean }): string {
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 17);
  return `demo_${stamp}${keep ? '' : SCRATCH}`;
}

/** Creates the database if it does not exist. Also removes databases that killed demos left behind. */
export async function prepareDatabase(
  server: LocalPostgres,
  { database, isScratch }: { readonly database: string; readonly isScratch: boolean },
  cleanup: Cleanup,
): Promise<void> {
  const existing = await listDatabases(server.url());
  // No other stack uses this server, so nobody uses these databases.
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

import { createDatabase, type Database } from '@pledgeline/db';
import { CliError } from '../cli-error.js';
import type { Env } from '../env.js';

/** The database of admin commands. @throws CliError when the environment does not name it */
export function databaseUrl(env: Env): string {
  if (env.DATABASE_URL !== undefined) return env.DATABASE_URL;
  throw new CliError('DATABASE_URL is not set.', {
    hint: 'Set it to a postgresql:// address. `pnpm dev` prints the one of the local stack.',
  });
}

/** Runs one piece of work on a database and closes it again. */
export async function withDatabase<T>(
  connectionString: string,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const db = createDatabase({ connectionString, maxConnections: 2, applicationName: 'pledgeline-cli' });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

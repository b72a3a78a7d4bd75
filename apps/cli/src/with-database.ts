import { createDatabase, type Database } from '@pledgeline/db';
import { CliError, exitCodes } from './cli-error.js';
import type { Env } from './env.js';

/** The URL of the database for admin commands. @throws CliError when DATABASE_URL is not set */
export function databaseUrl(env: Env): string {
  if (env.DATABASE_URL !== undefined) return env.DATABASE_URL;
  throw new CliError('DATABASE_URL is not set.', {
    hint: 'Set it to a postgresql:// address. `pnpm dev` prints the one of the local stack.',
    exitCode: exitCodes.usage,
  });
}

/** Opens a database, runs `work`, and closes the database. */
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

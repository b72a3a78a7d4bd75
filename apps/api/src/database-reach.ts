import { type Database, isServerFault } from '@pledgeline/db';
import pTimeout from 'p-timeout';

/** A database that takes longer than this for a trivial query counts as unavailable. */
export const REACH_TIMEOUT_MS = 2_000;

/** Whether Postgres answers a query in time. */
async function isDatabaseReachable(database: Database): Promise<boolean> {
  const answer = database.pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  return pTimeout(answer, { milliseconds: REACH_TIMEOUT_MS, fallback: () => false });
}

/**
 * Whether an unexpected error means that the database is unavailable. The driver gives some of those errors no code;
 * then a query finds out, because the text of an error is not reliable.
 */
export async function isDatabaseAway(error: unknown, database: Database): Promise<boolean> {
  return isServerFault(error) || !(await isDatabaseReachable(database));
}

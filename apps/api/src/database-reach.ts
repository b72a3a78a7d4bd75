import type { Database } from '@pledgeline/db';
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

/** Error codes of the system, of Postgres (starting, stopping, full, too slow, a lock not got in time) and of Prisma for an unavailable database. */
const awayCodes =
  /^(?:ECONN(?:REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|57P0[123]|57014|55P03|53300|08[0-9A-Z]{3}|P1001|P1002|P1008|P1017|P2024)$/;

/**
 * Whether an unexpected error means that the database is unavailable. The driver gives some of those errors no code;
 * then a query finds out, because the text of an error is not reliable.
 */
export async function isDatabaseAway(error: unknown, database: Database): Promise<boolean> {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string' && awayCodes.test(each.code)) return true;
  }
  return !(await isDatabaseReachable(database));
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@pledgeline/db';

/** Whether Postgres answers a query within the time. */
export async function isDatabaseReachable(database: Database, timeoutMs = 2_000): Promise<boolean> {
  const timer = new AbortController();
  const late = delay(timeoutMs, false, { signal: timer.signal }).catch(() => false);
  const answer = database.pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    timer.abort();
  }
}

/** Of the system, of Postgres (server is starting, stopping, full) and of Prisma: nobody there to ask. */
const awayCodes =
  /^(?:ECONN(?:REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|57P0[123]|53300|08[0-9A-Z]{3}|P1001|P1002|P1008|P1017|P2024)$/;

/**
 * Whether an unexpected error means that the database is away. The driver gives some of those errors no code;
 * then the database is asked, since the text of an error is nothing to rely on.
 */
export async function isDatabaseAway(error: unknown, database: Database): Promise<boolean> {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string' && awayCodes.test(each.code)) return true;
  }
  return !(await isDatabaseReachable(database));
}

import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { asBroken } from './broken-connection.js';

/** deadlock_detected and serialization_failure: the same work may succeed when it runs again. */
const RETRYABLE: ReadonlySet<unknown> = new Set(['40P01', '40001']);

/**
 * Runs `work` in a transaction and commits it, or rolls it back and throws what `work` threw. `work` runs
 * again, from its beginning, after a deadlock or a serialisation failure: so it must not change anything but the
 * database.
 *
 * @throws BrokenConnectionError with the driver's error, when the connection broke off
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  { retries = 5 }: { readonly retries?: number } = {},
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await attemptTransaction(pool, work);
    } catch (error) {
      if (attempt >= retries || !isRetryable(error)) throw error;
    }
    // Random, or the same two transactions would deadlock again.
    await sleep(Math.random() * 20 * 2 ** attempt);
  }
}

async function attemptTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let isBroken = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    const { command } = await client.query('COMMIT');
    // If `work` has caught an error of Postgres, Postgres answers a COMMIT with "ROLLBACK" and no error.
    if (command !== 'COMMIT')
      throw new Error('The transaction was rolled back: an error in it was swallowed.');
    return result;
  } catch (error) {
    isBroken = !(await rolledBack(client));
    throw asBroken(client, error);
  } finally {
    // A connection that cannot even roll back must not be used again.
    client.release(isBroken);
  }
}

async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}

/** Looks through the causes: Prisma and our own code wrap what the driver threw. */
function isRetryable(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && RETRYABLE.has(each.code)) return true;
  }
  return false;
}

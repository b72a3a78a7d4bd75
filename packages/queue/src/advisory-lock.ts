import pg from 'pg';
import type { QueueConnection } from './connection.js';
import { withTimeout } from './timing.js';

/**
 * Does `work` under a Postgres advisory lock. The lock has a connection of its own: it ends with it, and
 * `work` needs those of the pool.
 */
export async function underAdvisoryLock(
  connection: Extract<QueueConnection, { kind: 'postgres' }>,
  timeoutMs: number,
  work: () => Promise<void>,
): Promise<void> {
  const client = new pg.Client({
    connectionString: connection.connectionString,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    // The server's own limit: a backend that waits for a lock does not hear that its client has gone.
    lock_timeout: timeoutMs,
  });
  // A server that goes away is heard of from the query.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [
      `pledgeline-queue:${connection.schema ?? 'bullmq'}`,
    ]);
    // A queue that is closed meanwhile never answers, and the lock is everybody's.
    await withTimeout(work(), timeoutMs);
  } finally {
    await client.end().catch(() => undefined);
  }
}

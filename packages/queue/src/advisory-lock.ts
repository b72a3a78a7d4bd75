import pg from 'pg';
import type { QueueConnection } from './connection.js';
import { withTimeout } from './timing.js';

/**
 * Runs `work` under a Postgres advisory lock. The lock has a connection of its own, because the lock ends with its
 * connection, and `work` needs those of the pool.
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
    // A limit on the server's side: a backend that waits for a lock does not notice that its client has gone.
    lock_timeout: timeoutMs,
  });
  // When the server goes away the query rejects as well, so this event can be ignored.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [
      `pledgeline-queue:${connection.schema ?? 'bullmq'}`,
    ]);
    // A queue that is closed meanwhile never answers, and other processes need the lock.
    await withTimeout(work(), timeoutMs);
  } finally {
    await client.end().catch(() => undefined);
  }
}

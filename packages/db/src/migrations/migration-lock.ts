import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { openSession } from './open-session.js';

/** The number of the advisory lock of `prisma migrate`, so that it and we never run at once. */
const LOCK = 72_707_369;
const ASK_EVERY_MS = 250;

/**
 * Runs `work` while no other process migrates this database; waits for one that does, without a limit. `work` gets the
 * connection that holds the lock, and must not begin a transaction on it.
 */
export async function withMigrationLock<T>(
  options: {
    readonly connectionString: string;
    readonly signal?: AbortSignal | undefined;
    /** Called once, when another process has the lock. */
    readonly onWait: () => void;
  },
  work: (session: pg.Client) => Promise<T>,
): Promise<T> {
  const session = await openSession(options.connectionString);
  try {
    // Ask again and again instead of waiting in Postgres: a session that waits there has a snapshot, and a
    // CREATE INDEX CONCURRENTLY of the process with the lock would wait for the end of that snapshot.
    if (!(await takesLock(session))) {
      options.onWait();
      do {
        await sleep(ASK_EVERY_MS);
        options.signal?.throwIfAborted();
      } while (!(await takesLock(session)));
    }
    return await work(session);
  } finally {
    // The end of the session releases the lock.
    await session.end();
  }
}

async function takesLock(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
    LOCK,
  ]);
  return rows[0]?.taken === true;
}

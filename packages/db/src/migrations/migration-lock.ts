import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { openSession } from './open-session.js';

/** The number by which `prisma migrate` locks, so that it and we never run at once. */
const LOCK = 72_707_369;
const ASK_EVERY_MS = 250;

/**
 * Does `work` while no other process migrates this database, and waits for one that does, however long it takes.
 * `work` is given the connection that holds the lock; it has to stay out of transactions.
 */
export async function withMigrationLock<T>(
  options: {
    readonly connectionString: string;
    readonly signal?: AbortSignal | undefined;
    /** Told once, when somebody else has the lock. */
    readonly onWait: () => void;
  },
  work: (session: pg.Client) => Promise<T>,
): Promise<T> {
  const session = await openSession(options.connectionString);
  try {
    // We ask instead of waiting in Postgres: who waits there has a snapshot, for whose end the
    // CREATE INDEX CONCURRENTLY of the process with the lock would wait in turn.
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

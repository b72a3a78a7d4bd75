import type pg from 'pg';
import type { Database } from './client.js';
import type { Prisma } from './generated/prisma/client.js';
import { inTransaction } from './transaction.js';

/** Takes the next entries of a list. The list is read on when the promise is fulfilled, and no further when it is rejected. */
export type OnBatch<Row> = (rows: readonly Row[]) => Promise<void>;

/**
 * How long whoever takes a long list may pause. Meanwhile the snapshot holds a connection and keeps Postgres from cleaning up,
 * so the limit of the pool for idle transactions, which is meant for programs that froze, is replaced by this one.
 */
const MAX_PAUSE_MS = 60_000;
/** The pauses are limited, not the length of a list; but Prisma wants a number. */
const NO_TIMEOUT_MS = 24 * 60 * 60 * 1000;

const READ_ONLY = 'SET TRANSACTION READ ONLY';
const limitPauses = (ms: number) => `SET LOCAL idle_in_transaction_session_timeout = ${ms}`;

export interface SnapshotOptions {
  /** How long its reader may pause, in milliseconds: a minute by default. */
  readonly maxPauseMs?: number;
}

/** Lets `read` see the database as it is now, however long it takes and whatever is written meanwhile. */
export function inSnapshot<T>(
  { pool }: Pick<Database, 'pool'>,
  read: (client: pg.ClientBase) => Promise<T>,
  { maxPauseMs = MAX_PAUSE_MS }: SnapshotOptions = {},
): Promise<T> {
  return inTransaction(
    pool,
    async (client) => {
      await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      await client.query(limitPauses(maxPauseMs));
      return read(client);
    },
    // What was read has been handed out already.
    { retries: 0 },
  );
}

/** As {@link inSnapshot}, by Prisma. */
export function inPrismaSnapshot<T>(
  { prisma }: Pick<Database, 'prisma'>,
  read: (prisma: Prisma.TransactionClient) => Promise<T>,
  { maxPauseMs = MAX_PAUSE_MS }: SnapshotOptions = {},
): Promise<T> {
  return prisma.$transaction(
    async (client) => {
      await client.$executeRawUnsafe(READ_ONLY);
      await client.$executeRawUnsafe(limitPauses(maxPauseMs));
      return read(client);
    },
    { isolationLevel: 'RepeatableRead', maxWait: 30_000, timeout: NO_TIMEOUT_MS },
  );
}

import { awaitSchema, createDatabase, type Database } from '@pledgeline/db';
import { createFaultPoints } from '@pledgeline/fault-points';
import {
  type ConsumerOptions,
  createConsumer,
  createProducer,
  type Logger,
  queueConnection,
} from '@pledgeline/queue';
import type { Env } from './env.js';
import { processChunk } from './jobs/process-chunk.js';
import { sweepUploads } from './jobs/sweep-uploads.js';
import { openDelivering } from './open-delivering.js';

export interface Worker {
  /**
   * Resolves when jobs are taken, or when the worker was stopped before. Waits for a Postgres and a queue that are away.
   *
   * Rejects with `OutdatedSchemaError`, or `EvictionPolicyError`.
   */
  readonly ready: Promise<void>;
  /** Takes no new chunk, finishes or gives back those in hand, and closes every connection. May be called twice. */
  stop(): Promise<void>;
}

/** Uploads that one sweep repairs at most, and chunks that it enqueues. */
const SWEEP_LIMIT = 1_000;

/** How patient a worker is with itself. */
export type WorkerPatience = Pick<ConsumerOptions, 'lastWordMs'>;

/** Connects and begins to take jobs, on a schema that suffices. */
export function startWorker(env: Env, logger: Logger, patience: WorkerPatience = {}): Worker {
  const stopping = new AbortController();
  const { signal } = stopping;
  const db = createDatabase({
    connectionString: env.DATABASE_URL,
    maxConnections: env.DATABASE_CONNECTIONS,
    // A statement must not outlive the lease that lets it write.
    statementTimeoutMs: env.LEASE_MS,
    applicationName: 'pledgeline-worker',
    faultPoint: createFaultPoints(env.FAULTS),
  });
  let work: Work | undefined;

  const start = async (): Promise<void> => {
    // Before anything is connected to the queue: on Postgres that writes.
    await awaitSchema(db.pool, {
      signal,
      onWait: (err) => logger.warn({ err }, 'the worker waits until Postgres can be asked for its schema'),
    });
    if (signal.aborted) return;
    work = openWork(env, logger, db, patience);
    await work.begin();
  };
  const ready = start().catch((error: unknown) => {
    // What was closed in the middle of its start complains.
    if (!signal.aborted) throw error;
  });

  const close = async (): Promise<void> => {
    stopping.abort();
    await work?.close();
    const closed = db.close();
    // Before there is work nothing runs but an attempt to connect, which may take as long as a server does not answer.
    if (work) await closed;
  };
  let closed: Promise<void> | undefined;
  return {
    ready,
    stop() {
      closed ??= close();
      return closed;
    },
  };
}

/** Everything that takes jobs and does them. */
interface Work {
  begin(): Promise<void>;
  close(): Promise<void>;
}

function openWork(env: Env, logger: Logger, db: Database, patience: WorkerPatience): Work {
  const connection = queueConnection(env);
  const producer = createProducer(connection, { logger });
  const delivering = openDelivering({
    env,
    logger,
    producer,
    faultPoint: db.faultPoint,
    sweepLimit: SWEEP_LIMIT,
  });
  const chunkOptions = {
    db,
    logger,
    leaseMs: env.LEASE_MS,
    maxAttempts: env.MAX_ATTEMPTS,
    onSettled: delivering.announce,
  };
  const sweepOptions = {
    maxAttempts: env.MAX_ATTEMPTS,
    pendingAfterMs: env.PENDING_AFTER_MS,
    silentAfterMs: env.SILENT_AFTER_MS,
    limit: SWEEP_LIMIT,
  };
  const consumer = createConsumer(
    connection,
    {
      'process-chunk': (payload, context) => processChunk(payload, context, chunkOptions),
      'deliver-notification': delivering.deliver,
      sweep: async () => {
        try {
          await sweepUploads(db, producer, sweepOptions, logger);
        } finally {
          // The trouble of one must not be that of the other.
          await delivering.sweep();
        }
      },
    },
    { concurrency: env.CONCURRENCY, deliveries: env.DELIVERIES, logger, ...jobLock(env), ...patience },
  );
  return {
    async begin() {
      await consumer.ready();
      // Not awaited into failure: the producer keeps trying, and the queue may come later than the worker.
      await producer.scheduleSweep({ everyMs: env.SWEEP_EVERY_MS }).catch((error: unknown) => {
        logger.warn({ err: error }, 'the sweep could not be scheduled yet');
      });
    },
    async close() {
      await consumer.close(env.GRACE_MS);
      await delivering.close();
      await producer.close();
    },
  };
}

/** The queue keeps a dead worker's job no longer than the lease keeps its chunk. */
function jobLock({ LEASE_MS }: Env): { lockDurationMs: number; stalledIntervalMs: number } {
  const lockDurationMs = Math.min(30_000, LEASE_MS);
  return { lockDurationMs, stalledIntervalMs: lockDurationMs / 2 };
}

import { awaitSchema, createDatabase, createTurns, type Database } from '@pledgeline/db';
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
import { createQuarantine } from './jobs/quarantine.js';
import { sweepUploads } from './jobs/sweep-uploads.js';
import { workOnDraft } from './jobs/work-on-draft.js';
import { openDelivering } from './open-delivering.js';

export interface Worker {
  /**
   * Resolves when jobs are taken, or when the worker was stopped before that. Waits while Postgres or the queue is away.
   *
   * Rejects with `OutdatedSchemaError`, or `EvictionPolicyError`.
   */
  readonly ready: Promise<void>;
  /** Takes no new job, finishes or gives back the running ones, and closes every connection. May be called twice. */
  stop(): Promise<void>;
}

/** At most this many uploads are repaired, and chunks or deliveries enqueued, by one sweep. */
const SWEEP_LIMIT = 1_000;

/** How much of the lease one statement may take. What is done before it and after it needs the rest. */
const STATEMENT_SHARE = 0.75;

/** Settings that only tests change. */
export type WorkerOptions = Pick<ConsumerOptions, 'closeStepMs'>;

/** Connects, checks that the schema has every migration it needs, and begins to take jobs. */
export function startWorker(env: Env, logger: Logger, options: WorkerOptions = {}): Worker {
  const stopping = new AbortController();
  const { signal } = stopping;
  const db = createDatabase({
    connectionString: env.DATABASE_URL,
    maxConnections: env.DATABASE_CONNECTIONS,
    // A statement must not outlive the lease that lets it write: the sweep would take its worker for lost.
    statementTimeoutMs: Math.ceil(env.LEASE_MS * STATEMENT_SHARE),
    idleTransactionTimeoutMs: env.LEASE_MS,
    applicationName: 'pledgeline-worker',
    faultPoint: createFaultPoints(env.FAULTS),
  });
  let work: Work | undefined;

  const start = async (): Promise<void> => {
    // Before the queue is opened: on Postgres that creates tables.
    await awaitSchema(db.pool, {
      signal,
      onWait: (err) => logger.warn({ err }, 'The worker waits until Postgres can be asked for its schema'),
    });
    if (signal.aborted) return;
    work = openWork(env, logger, db, options);
    await work.begin();
  };
  const ready = start().catch((error: unknown) => {
    // Closing in the middle of the start makes the start fail; that is no error.
    if (!signal.aborted) throw error;
  });

  const close = async (): Promise<void> => {
    stopping.abort();
    await work?.close();
    const closed = db.close();
    // Without work only an attempt to connect may be running. That can take for ever while the server does not answer.
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

/** The part of the worker that takes and handles jobs. */
interface Work {
  begin(): Promise<void>;
  close(): Promise<void>;
}

function openWork(env: Env, logger: Logger, db: Database, options: WorkerOptions): Work {
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
    turns: createTurns(),
    quarantine: createQuarantine(),
    onSettled: delivering.routeAndEnqueue,
  };
  const draftOptions = {
    db,
    producer,
    logger,
    leaseMs: env.LEASE_MS,
    maxAttempts: env.MAX_ATTEMPTS,
    onSettled: delivering.routeAndEnqueue,
  };
  const sweepOptions = {
    pendingAfterMs: env.PENDING_AFTER_MS,
    silentAfterMs: env.SILENT_AFTER_MS,
    limit: SWEEP_LIMIT,
  };
  const consumer = createConsumer(
    connection,
    {
      'process-chunk': (payload, context) => processChunk(payload, context, chunkOptions),
      'work-on-draft': (payload, context) => workOnDraft(payload, context, draftOptions),
      'deliver-notification': delivering.deliver,
      sweep: async () => {
        try {
          await sweepUploads(db, producer, sweepOptions, logger);
        } finally {
          // Deliveries are swept even when the sweep of the uploads failed.
          await delivering.sweep();
        }
      },
    },
    { concurrency: env.CONCURRENCY, deliveries: env.DELIVERIES, logger, ...jobLock(env), ...options },
  );
  return {
    async begin() {
      await consumer.ready();
      // A failure does not stop the start: the producer keeps trying, and the queue may come later than the worker.
      await producer.scheduleSweep({ everyMs: env.SWEEP_EVERY_MS }).catch((error: unknown) => {
        logger.warn({ err: error }, 'The sweep could not be scheduled yet; the producer tries again');
      });
    },
    async close() {
      await consumer.close(env.GRACE_MS);
      await delivering.close();
      await producer.close();
    },
  };
}

/** So that the queue keeps the job of a dead worker no longer than the lease keeps its chunk. */
function jobLock({ LEASE_MS }: Env): { lockDurationMs: number; stalledIntervalMs: number } {
  const lockDurationMs = Math.min(30_000, LEASE_MS);
  return { lockDurationMs, stalledIntervalMs: lockDurationMs / 2 };
}

import { createDatabase } from '@pledgeline/db';
import { createFaultPoints } from '@pledgeline/fault-points';
import { createConsumer, createProducer, type Logger, type QueueConnection } from '@pledgeline/queue';
import type { Env } from './env.js';
import { processChunk } from './jobs/process-chunk.js';
import { sweepUploads } from './jobs/sweep-uploads.js';
import { openDelivering } from './open-delivering.js';

export interface Worker {
  /** Takes no new chunk, finishes or gives back those in hand, and closes every connection. May be called twice. */
  stop(): Promise<void>;
}

/** Uploads that one sweep repairs at most, and chunks that it enqueues. */
const SWEEP_LIMIT = 1_000;

/** Connects and begins to take jobs. */
export async function startWorker(env: Env, logger: Logger): Promise<Worker> {
  const faultPoint = createFaultPoints(env.FAULTS);
  const db = createDatabase({
    connectionString: env.DATABASE_URL,
    maxConnections: env.DATABASE_CONNECTIONS,
    // A statement must not outlive the lease that lets it write.
    statementTimeoutMs: env.LEASE_MS,
    applicationName: 'pledgeline-worker',
    faultPoint,
  });
  const connection = queueConnection(env);
  const producer = createProducer(connection, { logger });
  const delivering = openDelivering({ env, logger, producer, faultPoint, sweepLimit: SWEEP_LIMIT });
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
    { concurrency: env.CONCURRENCY, deliveries: env.DELIVERIES, logger, ...jobLock(env) },
  );
  await consumer.ready();
  // Not awaited into failure: the producer keeps trying, and the queue may come later than the worker.
  await producer.scheduleSweep({ everyMs: env.SWEEP_EVERY_MS }).catch((error: unknown) => {
    logger.warn({ err: error }, 'the sweep could not be scheduled yet');
  });
  const close = async (): Promise<void> => {
    await consumer.close(env.GRACE_MS);
    await delivering.close();
    await producer.close();
    await db.close();
  };
  let closed: Promise<void> | undefined;
  return {
    stop() {
      closed ??= close();
      return closed;
    },
  };
}

/** The queue keeps a dead worker's job no longer than the lease keeps its chunk. */
function jobLock({ LEASE_MS }: Env): { lockDurationMs: number; stalledIntervalMs: number } {
  const lockDurationMs = Math.min(30_000, LEASE_MS);
  return { lockDurationMs, stalledIntervalMs: lockDurationMs / 2 };
}

function queueConnection(env: Env): QueueConnection {
  return env.REDIS_URL === undefined
    ? { kind: 'postgres', connectionString: env.DATABASE_URL }
    : { kind: 'redis', url: env.REDIS_URL, allowEviction: env.ALLOW_EVICTION };
}

import { createDatabase } from '@pledgeline/db';
import { createMailer, createWebhookSender, type Mailer } from '@pledgeline/delivery';
import { createFaultPoints } from '@pledgeline/fault-points';
import { createConsumer, createProducer, type Logger, type QueueConnection } from '@pledgeline/queue';
import type { Env } from './env.js';
import { announce } from './jobs/announce.js';
import { deliverNotification } from './jobs/deliver-notification.js';
import { processChunk } from './jobs/process-chunk.js';
import { sweepDeliveries } from './jobs/sweep-deliveries.js';
import { sweepUploads } from './jobs/sweep-uploads.js';

export interface Worker {
  /** Takes no new chunk, finishes or gives back those in hand, and closes every connection. May be called twice. */
  stop(): Promise<void>;
}

/** Uploads that one sweep repairs at most, and chunks that it enqueues. */
const SWEEP_LIMIT = 1_000;

/** Connects and begins to take jobs. */
export async function startWorker(env: Env, logger: Logger): Promise<Worker> {
  const db = createDatabase({
    connectionString: env.DATABASE_URL,
    maxConnections: env.DATABASE_CONNECTIONS,
    // A statement must not outlive the lease that lets it write.
    statementTimeoutMs: env.LEASE_MS,
    applicationName: 'pledgeline-worker',
    reach: createFaultPoints(env.FAULTS),
  });
  const connection = queueConnection(env);
  const producer = createProducer(connection, { logger });
  const timeoutMs = env.DELIVERY_TIMEOUT_MS;
  const sender = createWebhookSender({ timeoutMs, allowPrivate: env.ALLOW_PRIVATE_WEBHOOKS });
  const mailer = openMailer(env);
  const telling = { db, producer, logger, email: mailer !== null };
  const chunkOptions = {
    db,
    logger,
    leaseMs: env.LEASE_MS,
    maxAttempts: env.MAX_ATTEMPTS,
    onSettled: () => announce(telling),
  };
  const deliverOptions = {
    ...telling,
    sender,
    mailer,
    publicUrl: env.PUBLIC_URL,
    // What an answer at the last moment takes to be written down is well within the second half.
    leaseMs: 2 * timeoutMs,
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
      'deliver-notification': (payload, context) => deliverNotification(payload, context, deliverOptions),
      sweep: async () => {
        await sweepUploads(db, producer, sweepOptions, logger);
        await sweepDeliveries({ ...telling, overdueMs: env.PENDING_AFTER_MS, limit: SWEEP_LIMIT });
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
    sender.close();
    mailer?.close();
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

function openMailer({ SMTP_URL, MAIL_FROM, DELIVERY_TIMEOUT_MS }: Env): Mailer | null {
  if (SMTP_URL === undefined || MAIL_FROM === undefined) return null;
  return createMailer({ url: SMTP_URL, from: MAIL_FROM, timeoutMs: DELIVERY_TIMEOUT_MS });
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

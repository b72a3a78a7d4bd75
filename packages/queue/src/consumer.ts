import type { QueueConnection } from './connection.js';
import { EvictionPolicyError, QueueUnavailableError, toError } from './errors.js';
import { type JobHandlers, jobNames } from './jobs.js';
import { keepWorker } from './keep-worker.js';
import { type Logger, logErrorsSparingly } from './logger.js';
import { createFailFastRedis, refuseEviction, whenReady } from './redis.js';
import { pause } from './timing.js';

/** Takes jobs and gives them to handlers, until closed. */
export type Consumer = {
  /** Resolves when jobs are taken. Waits for a server that is away; rejects with `EvictionPolicyError`. */
  ready(): Promise<void>;
  /** How many jobs are running. */
  readonly running: number;
  /**
   * For a liveness probe: false when a worker with a free slot got no answer from the server for
   * `staleAfterMs` (default 60,000). An idle worker asks every 5 to 10 s.
   */
  isHealthy(staleAfterMs?: number): boolean;
  /**
   * Takes no more jobs and waits up to `graceMs` for the running ones. Then it aborts their signals, gives them
   * back to the queue as they stop, and returns within 3 × `closeStepMs`, whatever the handlers or the server do.
   */
  close(graceMs: number): Promise<void>;
};

export type ConsumerOptions = {
  /** How many chunks are processed at the same time. Drafts, deliveries and the sweep have slots of their own. */
  readonly concurrency: number;
  /** How many deliveries are attempted at the same time. Default 1. */
  readonly deliveries?: number;
  readonly logger: Logger;
  /** A worker must renew the lock of its job within this time, or another worker may take the job. Default 30,000. */
  readonly lockDurationMs?: number;
  /** How often to look for jobs whose lock has run out. Default 15,000. */
  readonly stalledIntervalMs?: number;
  /** How long each step of `close` after the grace period may take. Default 1,000. */
  readonly closeStepMs?: number;
};

/** Starts taking jobs as soon as the server can be reached. */
export function createConsumer(
  connection: QueueConnection,
  handlers: JobHandlers,
  {
    concurrency,
    deliveries = 1,
    logger,
    lockDurationMs = 30_000,
    stalledIntervalMs = 15_000,
    closeStepMs = 1_000,
  }: ConsumerOptions,
): Consumer {
  const stopTaking = new AbortController();
  const closing = stopTaking.signal;
  const settings = {
    connection,
    handlers,
    logger,
    lockDurationMs,
    stalledIntervalMs,
    closeStepMs,
    closing,
  };
  const slots = {
    'process-chunk': concurrency,
    // One, or drafts would take what chunks need.
    'work-on-draft': 1,
    'deliver-notification': deliveries,
    sweep: 1,
  };
  const workers = jobNames.map((name) => keepWorker(name, { ...settings, slots: slots[name] }));

  const start = async (): Promise<void> => {
    await refuseUnsafeServer(connection, logger, closing);
    await Promise.all(workers.map((worker) => worker.start()));
  };
  const closedEarly = new Promise<never>((_, reject) => {
    const refuse = (): void =>
      reject(new QueueUnavailableError('The consumer was closed before the server could be reached'));
    closing.addEventListener('abort', refuse, { once: true });
  });
  const started = Promise.race([start(), closedEarly]);
  started.catch((err: unknown) => logger.error({ err }, 'The queue consumer did not start'));

  let closed: Promise<unknown> | undefined;
  return {
    ready: () => started,
    get running() {
      return workers.reduce((sum, worker) => sum + worker.running, 0);
    },
    isHealthy(staleAfterMs = 60_000) {
      const staleSince = Date.now() - staleAfterMs;
      return workers.every((worker) => !worker.hasFreeSlot || worker.lastFetchAt >= staleSince);
    },
    async close(graceMs) {
      stopTaking.abort();
      closed ??= Promise.all(workers.map((worker) => worker.stop(graceMs)));
      await closed;
    },
  };
}

/** Asks Redis for its eviction policy before any worker starts, however long Redis takes to be there. */
async function refuseUnsafeServer(
  connection: QueueConnection,
  logger: Logger,
  closing: AbortSignal,
): Promise<void> {
  if (connection.kind !== 'redis') return;
  const onError = logErrorsSparingly(logger, 'The queue consumer waits for Redis');
  while (!closing.aborted) {
    const redis = createFailFastRedis(connection.url, onError);
    const disconnect = (): void => redis.disconnect();
    closing.addEventListener('abort', disconnect, { once: true });
    try {
      await whenReady(redis);
      await refuseEviction(redis, connection.allowEviction ?? false, logger);
      return;
    } catch (error) {
      if (error instanceof EvictionPolicyError) throw error;
      onError(toError(error));
      await pause(500, closing);
    } finally {
      closing.removeEventListener('abort', disconnect);
      redis.disconnect();
    }
  }
}

import { type IQueueBackend, type Job, UnrecoverableError, type Worker } from 'bullmq';
import { workerClasses } from './backend.js';
import type { QueueConnection } from './connection.js';
import { toError } from './errors.js';
import { type JobHandlers, type JobName, queueName } from './jobs.js';
import { createJobsInHand } from './jobs-in-hand.js';
import { type Logger, logErrorsSparingly } from './logger.js';
import { runJob } from './run-job.js';
import { pause, settlesWithin } from './timing.js';

export type WorkerSettings = {
  readonly connection: QueueConnection;
  readonly handlers: JobHandlers;
  readonly logger: Logger;
  readonly slots: number;
  readonly lockDurationMs: number;
  readonly stalledIntervalMs: number;
  /** How long aborted handlers, and then the connections, may take to end. */
  readonly closeStepMs: number;
  /** Aborted as soon as no more jobs should be taken. */
  readonly closing: AbortSignal;
};

/** The BullMQ worker of one kind of job; it is opened again whenever it ends by itself. */
export type KeptWorker = {
  readonly running: number;
  readonly lastFetchAt: number;
  readonly hasFreeSlot: boolean;
  /** Resolves when jobs are taken for the first time. */
  start(): Promise<void>;
  stop(graceMs: number): Promise<void>;
};

type BullWorker = Worker<unknown, void, string, IQueueBackend, object, QueueConnection>;

const REOPEN_MS = 1_000;
/**
 * The database counts the attempts and decides when to give up on a chunk. BullMQ's own limit is one lost worker:
 * it would fail a job at the second kill.
 */
const MAX_LOST_WORKERS = 1_000;

export function keepWorker(name: JobName, settings: WorkerSettings): KeptWorker {
  const { connection, handlers, logger, slots, closeStepMs, closing } = settings;
  const inHand = createJobsInHand();
  const onError = logErrorsSparingly(logger, `The worker of the queue ${queueName(name)} met an error`);
  const runner = { handlers, inHand, logger, closing };
  let lastFetchAt = Date.now();
  let worker: BullWorker | undefined;
  let ended: Promise<void> = Promise.resolve();

  const noteFetch = (): void => {
    lastFetchAt = Date.now();
  };
  const { Worker: BoundWorker } = workerClasses(connection, noteFetch, closing);

  const open = (): BullWorker => {
    const opened: BullWorker = new BoundWorker<unknown, void, string, object>(
      queueName(name),
      (job, token) => runJob(name, runner, job, token),
      {
        connection,
        // Started by hand: on Postgres, a worker that runs before its first connection fails in a hot loop.
        autorun: false,
        concurrency: slots,
        lockDuration: settings.lockDurationMs,
        stalledInterval: settings.stalledIntervalMs,
        maxStalledCount: MAX_LOST_WORKERS,
        // After a refused connection; BullMQ's default of 15 s is a long silence after a short restart.
        runRetryDelay: 1_000,
      },
    );
    return opened
      .on('error', onError)
      .on('lockRenewalFailed', (jobIds) => jobIds.forEach(inHand.loseLock))
      .on('failed', (job, err) => logFailure(logger, job, err));
  };

  const work = async (onOpen: () => void): Promise<void> => {
    while (!closing.aborted) {
      const current = open();
      worker = current;
      try {
        await current.waitUntilReady();
        onOpen();
        ended = current.run();
        await ended;
      } catch (error) {
        onError(toError(error));
      }
      if (closing.aborted) return;
      await settlesWithin(current.close(true), closeStepMs);
      await pause(REOPEN_MS, closing);
    }
  };

  return {
    get running() {
      return inHand.size;
    },
    get lastFetchAt() {
      return lastFetchAt;
    },
    get hasFreeSlot() {
      return inHand.size < slots;
    },
    start: () =>
      new Promise((resolve, reject) => {
        work(resolve).catch(reject);
      }),
    async stop(graceMs) {
      const current = worker;
      if (!current) return;
      // Not `close()` at once: it can't be aborted once it waits for the running jobs.
      await current.pause(true);
      if (!(await settlesWithin(inHand.whenEmpty(), graceMs))) {
        inHand.abortAll();
        await settlesWithin(inHand.whenEmpty(), closeStepMs);
      }
      // First wake the worker from its wait for jobs, and let it report to the server what has just finished. Only
      // then close it by force: an unforced close waits for ever when a handler ignores its signal or the server is away.
      const reported = current
        .getBackend()
        .disconnectBlocking(true)
        .then(() => ended);
      await settlesWithin(reported, inHand.size > 0 ? 0 : closeStepMs);
      await settlesWithin(current.close(true), closeStepMs);
    },
  };
}

function logFailure(logger: Logger, job: Job<unknown, void> | undefined, err: Error): void {
  // An UnrecoverableError was logged where it was thrown. A job that no longer exists has no id to log.
  if (err instanceof UnrecoverableError || !job) return;
  const { id, name, attemptsMade, opts } = job;
  logger.warn({ jobId: id, jobName: name, tries: attemptsMade, of: opts.attempts, err }, 'A job failed');
}

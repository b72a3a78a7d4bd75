import type { JobsOptions } from 'bullmq';
import type { QueueConnection } from './connection.js';
import { EvictionPolicyError, QueueUnavailableError, toError } from './errors.js';
import type { JobName, JobPayloads } from './jobs.js';
import type { Logger } from './logger.js';
import { type BullQueue, type OpenQueues, openQueues } from './open-queues.js';
import { settlesWithin, withTimeout } from './timing.js';

/** A chunk to be processed, with the number of its attempt as the database counts it. */
export type ChunkToEnqueue = {
  readonly uploadId: string;
  readonly chunkId: string;
  readonly attempt: number;
};

/** A delivery to be attempted. */
export type DeliveryToEnqueue = {
  readonly deliveryId: string;
  /** Names the attempt and is part of the job's id: an attempt whose job exists gets no second one. */
  readonly turn: number | string;
  /** How long the job waits before it is taken. Default 0. */
  readonly delayMs?: number;
};

/** A draft to be worked on. */
export type DraftToEnqueue = {
  readonly draftId: string;
  /** Names the piece of work and is part of the job's id: a piece whose job exists gets no second one. */
  readonly turn: string;
  /** How long the job waits before it is taken. Default 0. */
  readonly delayMs?: number;
};

/** Adds jobs. Every call ends within the timeout: `QueueUnavailableError` when the server is away. */
export type Producer = {
  /** Adds one job per chunk. A chunk whose job of that attempt still exists gets no second one. */
  enqueueChunks(chunks: readonly ChunkToEnqueue[]): Promise<void>;
  /** Adds one job per draft. */
  enqueueDrafts(drafts: readonly DraftToEnqueue[]): Promise<void>;
  /** Adds one job per delivery. */
  enqueueDeliveries(deliveries: readonly DeliveryToEnqueue[]): Promise<void>;
  /**
   * Schedules a sweep every `everyMs`, once for all processes that call this. The schedule is stored in the queue's
   * server and would be lost with it, so the producer renews it until `close()`, also when this call failed.
   */
  scheduleSweep(options: { everyMs: number }): Promise<void>;
  /** Rejects with `QueueUnavailableError` or `EvictionPolicyError` when jobs can't be added now. */
  ping(): Promise<void>;
  /** `ping()` as a yes or no, for a readiness probe. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
};

export type ProducerOptions = {
  readonly logger: Logger;
  /** How long one trip to the server may take before it counts as away. Default 2,000. */
  readonly timeoutMs?: number;
};

/** Jobs added in one call to the server. */
const SLICE = 1_000;

/** A finished job must be removed: while it exists, adding one with the same id does nothing. */
const finishedJobsVanish = { removeOnComplete: true, removeOnFail: true } satisfies JobsOptions;

/** Five tries in about 8 s. After that the sweep adds the job again. */
const jobOptions = {
  ...finishedJobsVanish,
  attempts: 5,
  backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
} satisfies JobsOptions;

/**
 * A producer for one process. Creating it never throws and never waits: it connects in the background, and again
 * whenever the server comes back.
 */
export function createProducer(
  connection: QueueConnection,
  { logger, timeoutMs = 2_000 }: ProducerOptions,
): Producer {
  const closing = new AbortController();
  let opened: Promise<OpenQueues> | undefined;
  let sweepTimer: NodeJS.Timeout | undefined;

  const open = (): Promise<OpenQueues> => {
    if (opened) return opened;
    const opening = openQueues(connection, logger, timeoutMs, closing.signal);
    opened = opening;
    opening.catch(() => {
      opened = undefined;
    });
    return opening;
  };

  // Two waits for the connection, then one for the work. So work that a caller has given up waiting for never starts.
  const onQueue = async <T>(
    work: (queues: OpenQueues, queue: BullQueue) => Promise<T>,
    name: JobName,
  ): Promise<T> => {
    if (closing.signal.aborted) throw new QueueUnavailableError('The producer is closed');
    try {
      const queues = await withTimeout(open(), timeoutMs / 2);
      const queue = await withTimeout(queues.queue(name), timeoutMs / 2);
      return await withTimeout(work(queues, queue), timeoutMs);
    } catch (thrown) {
      if (thrown instanceof EvictionPolicyError) throw thrown;
      const cause = toError(thrown);
      throw new QueueUnavailableError(`The queue (${connection.kind}) can't be reached: ${cause.message}`, {
        cause,
      });
    }
  };

  const addAll = async (name: JobName, jobs: Parameters<BullQueue['addBulk']>[0]): Promise<void> => {
    for (let from = 0; from < jobs.length; from += SLICE) {
      await onQueue((_queues, queue) => queue.addBulk(jobs.slice(from, from + SLICE)), name);
    }
  };

  const ensureSweep = (every: number): Promise<void> =>
    onQueue(
      // BullMQ's Postgres backend reads the schedule before it writes it. Two processes at once would make two first sweeps.
      (queues, queue) => queues.alone(() => scheduleUnlessScheduled(queue, every)),
      'sweep',
    );

  // The cheapest query that both backends have.
  const ping = (): Promise<void> =>
    onQueue(async (_queues, queue) => {
      await queue.isPaused();
    }, 'process-chunk');

  // One at a time, so that renewals don't pile up at a slow server.
  let renewal: Promise<void> | undefined;
  const renewSweep = (everyMs: number): void => {
    renewal ??= ensureSweep(everyMs)
      .catch((err: unknown) => logger.warn({ err }, 'Could not renew the sweep schedule'))
      .finally(() => {
        renewal = undefined;
      });
  };

  open().catch((err: unknown) => logger.error({ err }, 'The queue producer could not connect'));

  return {
    enqueueChunks: (chunks) => addAll('process-chunk', chunks.map(chunkJob)),
    enqueueDrafts: (drafts) => addAll('work-on-draft', drafts.map(draftJob)),
    enqueueDeliveries: (deliveries) => addAll('deliver-notification', deliveries.map(deliveryJob)),
    async scheduleSweep({ everyMs }) {
      clearInterval(sweepTimer);
      sweepTimer = setInterval(renewSweep, everyMs, everyMs).unref();
      await ensureSweep(everyMs);
    },
    ping,
    isReady: () =>
      ping().then(
        () => true,
        () => false,
      ),
    async close() {
      if (closing.signal.aborted) return;
      clearInterval(sweepTimer);
      closing.abort();
      // If BullMQ's queue is closed during a renewal, the renewal never gets an answer and keeps its lock.
      if (renewal) await settlesWithin(renewal, timeoutMs);
      const closed = opened?.then((queues) => queues.close());
      if (closed) await settlesWithin(closed, timeoutMs);
    },
  };
}

/** Leaves a valid schedule alone: an upsert replaces the job of the next sweep while a worker may be taking it. */
async function scheduleUnlessScheduled(queue: BullQueue, every: number): Promise<void> {
  const known = await queue.getJobScheduler('sweep');
  const next = known?.next ?? 0;
  const isOverdue = next <= Date.now() - 2 * every;
  const isTooFar = next >= Date.now() + 2 * every;
  if (known?.every === every && !isOverdue && !isTooFar) return;
  // The clock of a process was fast. An upsert would continue from its time, and no sweep would run until then.
  if (isTooFar) await queue.removeJobScheduler('sweep');
  const data: JobPayloads['sweep'] = { version: 1 };
  await queue.upsertJobScheduler('sweep', { every }, { name: 'sweep', data, opts: finishedJobsVanish });
}

function chunkJob({ uploadId, chunkId, attempt }: ChunkToEnqueue) {
  const data: JobPayloads['process-chunk'] = { version: 1, uploadId, chunkId };
  return { name: 'process-chunk', data, opts: { ...jobOptions, jobId: `chunk-${chunkId}-${attempt}` } };
}

function draftJob({ draftId, turn, delayMs = 0 }: DraftToEnqueue) {
  const data: JobPayloads['work-on-draft'] = { version: 1, draftId };
  return {
    name: 'work-on-draft',
    data,
    opts: { ...jobOptions, jobId: `draft-${draftId}-${turn}`, delay: delayMs },
  };
}

function deliveryJob({ deliveryId, turn, delayMs = 0 }: DeliveryToEnqueue) {
  const data: JobPayloads['deliver-notification'] = { version: 1, deliveryId };
  const opts = { ...jobOptions, jobId: `deliver-${deliveryId}-${turn}`, delay: delayMs };
  return { name: 'deliver-notification', data, opts };
}

import type { IQueueBackend, Queue } from 'bullmq';
import { underAdvisoryLock } from './advisory-lock.js';
import { postgresProducerClasses, redisProducerClasses } from './backend.js';
import type { QueueConnection } from './connection.js';
import { type JobName, jobNames, queueName } from './jobs.js';
import { type Logger, logErrorsSparingly } from './logger.js';
import { createFailFastRedis, refuseEviction, whenReady } from './redis.js';

type Queues = ReadonlyMap<JobName, BullQueue>;
export type BullQueue = Queue<unknown, void, string, unknown, void, string, IQueueBackend, QueueConnection>;

/** The queues of one producer, after a first connection. */
export type OpenQueues = {
  /** Resolves with a queue as soon as the server takes commands. */
  queue(name: JobName): Promise<BullQueue>;
  /** Runs `work` while no other process runs the same. */
  alone(work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens the queues. After a failure call this again, and don't reuse the old objects: BullMQ remembers a first
 * connection that failed, and answers with that failure for ever.
 */
export function openQueues(
  connection: QueueConnection,
  logger: Logger,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<OpenQueues> {
  return connection.kind === 'redis'
    ? openOnRedis(connection, logger, closing)
    : openOnPostgres(connection, logger, timeoutMs);
}

async function openOnRedis(
  connection: Extract<QueueConnection, { kind: 'redis' }>,
  logger: Logger,
  closing: AbortSignal,
): Promise<OpenQueues> {
  const onError = logErrorsSparingly(logger, 'The queue producer lost Redis');
  const redis = createFailFastRedis(connection.url, onError);
  const disconnect = (): void => redis.disconnect();
  closing.addEventListener('abort', disconnect, { once: true });
  try {
    await whenReady(redis);
    await refuseEviction(redis, connection.allowEviction ?? false, logger);
    const { Queue: RedisQueue } = redisProducerClasses(redis);
    const queues = await openAll((name) => new RedisQueue(name, { connection }), onError);
    return {
      async queue(name) {
        await whenReady(redis);
        return pick(queues, name);
      },
      // Scripts in Redis run one at a time anyway.
      alone: (work) => work(),
      async close() {
        await closeAll(queues);
        redis.disconnect();
      },
    };
  } catch (error) {
    redis.disconnect();
    throw error;
  } finally {
    closing.removeEventListener('abort', disconnect);
  }
}

async function openOnPostgres(
  connection: Extract<QueueConnection, { kind: 'postgres' }>,
  logger: Logger,
  timeoutMs: number,
): Promise<OpenQueues> {
  const { Queue: PostgresQueue } = postgresProducerClasses(connection, timeoutMs);
  const onError = logErrorsSparingly(logger, 'The queue producer lost Postgres');
  const queues = await openAll((name) => new PostgresQueue(name, { connection }), onError);
  return {
    queue: async (name) => pick(queues, name),
    alone: (work) => underAdvisoryLock(connection, timeoutMs, work),
    close: () => closeAll(queues),
  };
}

async function openAll(open: (name: string) => BullQueue, onError: (error: Error) => void): Promise<Queues> {
  const queues = new Map(jobNames.map((name) => [name, open(queueName(name)).on('error', onError)]));
  try {
    await Promise.all([...queues.values()].map((queue) => queue.waitUntilReady()));
    return queues;
  } catch (error) {
    // Not awaited: closing something that never opened may take as long as opening it.
    void closeAll(queues);
    throw error;
  }
}

async function closeAll(queues: Queues): Promise<void> {
  await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
}

function pick(queues: Queues, name: JobName): BullQueue {
  const queue = queues.get(name);
  if (!queue) throw new Error(`No queue for ${name}`);
  return queue;
}

import { EventEmitter } from 'node:events';
import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type PostgresConnection,
  type QueueBaseOptions,
  withBackend,
} from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueueConnection } from './connection.js';
import { redisDefaults } from './redis.js';
import { pause } from './timing.js';

type PostgresQueue = Extract<QueueConnection, { kind: 'postgres' }>;
type Factory = BackendFactory<IQueueBackend, QueueConnection>;

/** How often an idle worker looks for jobs by itself, whatever it has been told. */
const MAX_BLOCK_SECONDS = 10;
const RETRY_FETCH_MS = 500;

/** BullMQ's `Queue` over an ioredis client that the caller owns. */
export function redisProducerClasses(redis: Redis) {
  const factory: Factory = (name, opts, how) => createRedisBackend(name, { ...opts, connection: redis }, how);
  return withBackend(factory);
}

/** BullMQ's `Queue` on Postgres. */
export function postgresProducerClasses(connection: PostgresQueue, timeoutMs: number) {
  const factory: Factory = (name, opts, how) => createPostgres(connection, 2, timeoutMs, name, opts, how);
  return withBackend(factory);
}

/** BullMQ's `Worker` for either kind; `onFetch` is told each time the server answered a request for a job. */
export function workerClasses(connection: QueueConnection, onFetch: () => void, closing: AbortSignal) {
  const factory: Factory = (name, opts, how) => {
    const backend =
      connection.kind === 'redis'
        ? createRedisBackend(name, { ...opts, connection: { ...redisDefaults, url: connection.url } }, how)
        : createPostgres(connection, 4, 30_000, name, opts, how);
    return watchFetches(backend, onFetch, closing);
  };
  return withBackend(factory);
}

function createPostgres(
  { connectionString, schema = 'bullmq' }: PostgresQueue,
  max: number,
  timeoutMs: number,
  name: string,
  opts: QueueBaseOptions<QueueConnection>,
  how: Parameters<Factory>[2],
): IQueueBackend {
  const backend = createPostgresBackend(
    name,
    {
      ...opts,
      connection: {
        connectionString,
        schema,
        // Safe with many processes at once: BullMQ migrates under an advisory lock, in one transaction.
        migrate: true,
        // Every queue object has a pool of its own, and managed Postgres counts connections.
        max,
        connectionTimeoutMillis: timeoutMs,
        query_timeout: timeoutMs,
        keepAlive: true,
        application_name: 'pledgeline-queue',
      },
    },
    how,
  );
  // A client that is checked out when the server goes away emits 'error' with nobody listening, which would
  // end the process. Its query rejects as well, so nothing is hidden here.
  backend.connection.pool.on('connect', (client) => client.on('error', () => undefined));
  keepListening(backend.connection);
  return backend;
}

/**
 * When BullMQ closes its LISTEN client it first takes away all listeners, and a server that goes away before the
 * connection has ended would end our process through the 'error' event that is left without one.
 */
export function keepListening(connection: PostgresConnection): void {
  const getListenClient = connection.getListenClient.bind(connection);
  connection.getListenClient = async () => {
    const client = await getListenClient();
    client.removeAllListeners = (event) => {
      EventEmitter.prototype.removeAllListeners.call(client, event);
      return client.on('error', () => undefined);
    };
    return client;
  };
}

/**
 * BullMQ's worker asks again at once after an error that it doesn't take for a connection error ("the
 * database system is starting up"), hundreds of times a second; here it waits first. And on Postgres, once
 * an error has interrupted its wait, it would sleep up to an hour if the next wake-up call is lost.
 */
function watchFetches(backend: IQueueBackend, onFetch: () => void, closing: AbortSignal): IQueueBackend {
  const moveToActive = backend.moveToActive.bind(backend);
  backend.moveToActive = async (token, name) => {
    try {
      const fetched = await moveToActive(token, name);
      onFetch();
      return fetched;
    } catch (error) {
      await pause(RETRY_FETCH_MS, closing);
      throw error;
    }
  };
  Object.defineProperty(backend, 'maximumBlockTimeout', { value: MAX_BLOCK_SECONDS });
  return backend;
}

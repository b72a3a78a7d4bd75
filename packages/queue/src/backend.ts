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
import pg from 'pg';
import type { QueueConnection } from './connection.js';
import { redisDefaults } from './redis.js';
import { pause } from './timing.js';

type PostgresQueue = Extract<QueueConnection, { kind: 'postgres' }>;
type Factory = BackendFactory<IQueueBackend, QueueConnection>;

/** How often an idle worker asks for jobs, also without a wake-up call. */
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

/** BullMQ's `Worker` for either kind; `onFetch` is called each time the server answered a request for a job. */
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
  // A client that is checked out when the server goes away emits 'error'. Without a listener that would end the
  // process. Its query rejects as well, so nothing is hidden here.
  backend.connection.pool.on('connect', (client) => client.on('error', () => undefined));
  keepErrorListener(backend.connection);
  return backend;
}

/** An error that nobody heard. */
type Failure = { readonly error: unknown };

/** A client that never emits 'error' without a listener, which would end our process. */
class GuardedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    let unheard: Failure | undefined;
    this.on('error', (error) => {
      unheard ??= { error };
    });
    // BullMQ listens only after it has connected. It must still hear of an error before that, or it would go on with a dead client.
    const tell = (event: string | symbol, listener: (error: unknown) => void): void => {
      const failure = unheard;
      if (event === 'error' && failure !== undefined) queueMicrotask(() => listener(failure.error));
    };
    EventEmitter.prototype.on.call(this, 'newListener', tell);
  }

  /** BullMQ calls this before it ends the client; if the server goes away in between, the client emits 'error'. */
  override removeAllListeners(event?: string | symbol): this {
    EventEmitter.prototype.removeAllListeners.call(this, event);
    return this.on('error', () => undefined);
  }
}

/**
 * Lets BullMQ make its LISTEN client of a class that keeps a listener for errors, from before it connects until after it has
 * ended.
 */
export function keepErrorListener(connection: PostgresConnection): void {
  // The property is not part of BullMQ's types; a test fails when it is gone.
  Reflect.set(connection, 'pgModule', { Client: GuardedClient });
}

/**
 * After an error that BullMQ's worker doesn't take for a connection error ("the database system is starting up"), it asks
 * again at once, hundreds of times a second. Here it waits first. And on Postgres, after an error has interrupted
 * its wait, it would sleep for up to an hour if the next wake-up call is lost. Here it wakes every few seconds.
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

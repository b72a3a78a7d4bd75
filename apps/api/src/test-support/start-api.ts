import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKey, createDatabase, type Database, type DatabaseOptions } from '@pledgeline/db';
import { cloneDatabase, type TestPostgresAddress } from '@pledgeline/db/testing';
import { createProducer, type Producer, type QueueConnection } from '@pledgeline/queue';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { buildApp } from '../app.js';
import type { AppConfig } from '../context.js';
import { createLogger } from '../logger.js';
import { checkAnswers, failOnStrangeAnswers } from './check-answers.js';

/** The real app on a real port, with its own database and the queue on the same Postgres. */
export interface TestApi {
  /** Without `inject`: an answer that is not sent through the socket would not be compared with the document. */
  readonly app: Omit<FastifyInstance, 'inject'>;
  readonly database: Database;
  readonly producer: Producer;
  readonly url: string;
  readonly port: number;
  /** The key of the merchant "Ada". */
  readonly key: string;
  readonly merchantId: string;
  /** The key of another merchant, "Bob". */
  readonly otherKey: string;
  /** `fetch` with Ada's key, or the given one. */
  send(path: string, init?: RequestInit, key?: string): Promise<Response>;
  /** Sends a CSV file to the campaign "Lamp", also one that is there already unless the query says something of `force`. */
  upload(csv: NonNullable<RequestInit['body']>, query?: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export const testConfig: AppConfig = {
  CHUNK_ROWS: 1_000,
  MAX_RECORDS_LENGTH: 6 * 1024 ** 2,
  MAX_UPLOAD_BYTES: 512 * 1024 ** 2,
  MAX_UNPACKED_BYTES: 1024 ** 3,
  MAX_COMPRESSION_RATIO: 200,
  MAX_ARCHIVE_FILES: 1_000,
  MAX_INSPECT_BYTES: 1024 ** 2,
  MIN_RECEIVE_RATE: 0,
  MAX_ROWS: 5_000_000,
  MAX_COLUMNS: 2_000,
  MAX_CELL_LENGTH: 1024 ** 2,
  MAX_ROW_LENGTH: 4 * 1024 ** 2,
  RECEIVE_TIMEOUT_MS: 60_000,
  SILENT_AFTER_MS: 120_000,
  RESUMABLE_DIR: join(tmpdir(), 'pledgeline-test-resumable'),
  MAX_MERCHANT_RESUMABLE_BYTES: 1024 ** 3,
  MAX_RESUMABLE_BYTES: 1024 ** 4,
  MAX_ANSWER_BYTES: 4 * 1024 ** 2,
  MAX_HEADER_LENGTH: 256 * 1024,
  MAX_UPLOADS_AT_ONCE: 16,
  MAX_MERCHANT_UPLOADS: 8,
  MAX_MERCHANT_REQUESTS: 30,
  TURN_TIMEOUT_MS: 30_000,
  MEMORY_BUDGET_BYTES: 64 * 1024 ** 2,
  WEBHOOK_PORTS: [80, 443],
  PUBLIC_URL: undefined,
  PAGE_DIR: join(tmpdir(), 'pledgeline-test-no-page'),
  CORS_ORIGINS: [],
  ALLOW_PRIVATE_WEBHOOKS: true,
};

/** A header and two rows as Kickstarter writes them, with a secret column. */
export const kickstarterCsv = [
  'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged Status,Survey URL,Notes',
  '1,1001,Grace,grace@example.com,$25.00,collected,https://example.com/secret,hello',
  '2,1002,Alan,alan@example.com,$30.00,collected,https://example.com/secret,',
  '',
].join('\n');

const takesFile = /^\/v1\/(?:uploads|inspect)\/?(?:\?|$)/;

interface Options {
  readonly config?: Partial<AppConfig>;
  readonly queue?: QueueConnection;
  readonly logger?: FastifyBaseLogger;
  /** The URL of a database to use instead of a fresh clone. */
  readonly databaseUrl?: string;
  /** How the API is connected: 5 connections and no timeouts by default. */
  readonly connection?: Partial<
    Pick<
      DatabaseOptions,
      'maxConnections' | 'statementTimeoutMs' | 'lockTimeoutMs' | 'idleTransactionTimeoutMs'
    >
  >;
}

/** Starts the API. `address` comes from vitest's `inject('testPostgres')`. */
export async function startApi(address: TestPostgresAddress, options: Options = {}): Promise<TestApi> {
  const clone = options.databaseUrl === undefined ? await cloneDatabase(address) : null;
  const databaseUrl = options.databaseUrl ?? clone?.url ?? '';
  const database = createDatabase({
    connectionString: databaseUrl,
    maxConnections: 5,
    ...options.connection,
  });
  const probes = createDatabase({ connectionString: databaseUrl, maxConnections: 1 });
  const logger = options.logger ?? createLogger('silent');
  const producer = createProducer(options.queue ?? { kind: 'postgres', connectionString: databaseUrl }, {
    logger,
  });
  const config = { ...testConfig, ...options.config };
  const app = await buildApp({ database, probes, producer, config, logger });
  await app.ready();
  checkAnswers(app);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const ada = await createApiKey(database, 'Ada', 'test');
  const bob = await createApiKey(database, 'Bob', 'test');
  const send: TestApi['send'] = (path, init, key = ada.key) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${key}`);
    if (typeof init?.body === 'string' && !headers.has('content-type')) {
      headers.set('content-type', takesFile.test(path) ? 'text/csv' : 'application/json');
    }
    return fetch(`${url}${path}`, { ...init, headers });
  };
  return {
    app,
    database,
    producer,
    url,
    port: Number(new URL(url).port),
    key: ada.key,
    merchantId: ada.merchantId,
    otherKey: bob.key,
    send,
    upload: (csv, query = 'campaign=Lamp', init = {}) =>
      send(`/v1/uploads?${query.includes('force=') ? query : `force=true&${query}`}`, {
        method: 'POST',
        body: csv,
        ...init,
      }),
    async close() {
      app.server.closeAllConnections();
      await app.close();
      await producer.close();
      await database.close();
      await probes.close();
      await clone?.drop();
      // Those that came after the last test.
      failOnStrangeAnswers();
    },
  };
}

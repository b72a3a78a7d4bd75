import { applyMigrations, createApiKey, createSignInLink, findKey } from '@pledgeline/db';
import { CliError } from '../cli-error.js';
import { childEnvironment } from '../env.js';
import { programs } from '../paths.js';
import { withDatabase } from '../with-database.js';
import { apiPort } from './api-port.js';
import { createCleanup } from './cleanup.js';
import { startStackPostgres } from './local-database.js';
import type { LogSink, ServiceName } from './log-sink.js';
import { startService } from './service.js';
import { prepareDatabase } from './stack-database.js';
import { waitUntilReady } from './wait-until-ready.js';

export interface StackOptions {
  /** The folder in which Postgres keeps its data. */
  readonly dataFolder: string;
  /** Name of the database. */
  readonly database: string;
  /** Whether the database is removed with the stack. */
  readonly isScratch: boolean;
  /** Whether to fail if the data folder is in use, instead of using a temporary one. */
  readonly mustKeep: boolean;
  readonly merchant: string;
  /** The port of the API; any free one by default. */
  readonly port?: number | undefined;
  /** Redis for the queue; without it the queue is on Postgres. */
  readonly redisUrl?: string | undefined;
  readonly logs: LogSink;
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
  /** Called with what is being done, in words for the user. */
  readonly onStep: (step: string) => void;
}

/** Postgres, the API and one worker, running. */
export interface Stack {
  /** The URL of the API, without a slash at the end. */
  readonly url: string;
  /** A fresh bearer key of the merchant. */
  readonly key: string;
  /**
   * An address of the page for people, which signs a browser in with that key: once, within ten minutes.
   *
   * @param place in the page, such as `/uploads/…`; blank for its first screen
   */
  signInUrl(place?: string): Promise<string>;
  readonly databaseUrl: string;
  /** False when another stack uses the data folder: the data is temporary and removed with the stack. */
  readonly isKept: boolean;
  readonly dataFolder: string;
  /** Aborted when the user wants to stop, or when a service ended by itself. The reason says which. */
  readonly signal: AbortSignal;
  /** Stops worker, API and Postgres, in this order. */
  stop(): Promise<void>;
}

/** Starts the whole stack. If any step fails, stops what was started. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { signal: userSignal, onStep } = options;
  const cleanup = createCleanup();
  const death = new AbortController();
  const signal = AbortSignal.any([userSignal, death.signal]);
  try {
    onStep('Starting Postgres');
    const { server, isKept } = await startStackPostgres(cleanup, options);
    signal.throwIfAborted();
    await prepareDatabase(server, options, cleanup);
    signal.throwIfAborted();

    onStep('Preparing the tables');
    const databaseUrl = server.url(options.database);
    await applyMigrations({ connectionString: databaseUrl, signal });
    const key = await freshKey(databaseUrl, options.merchant);
    signal.throwIfAborted();

    onStep('Starting API and worker');
    const port = await apiPort(options.port);
    const environment = childEnvironment({
      DATABASE_URL: databaseUrl,
      REDIS_URL: options.redisUrl,
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'info',
      // A developer's webhook endpoint listens on this machine.
      NODE_ENV: 'development',
      ALLOW_PRIVATE_WEBHOOKS: 'true',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      // Short, because somebody waits at the terminal.
      GRACE_MS: '5000',
    });
    const start = (name: ServiceName): void => {
      const onLine = (line: string): void => options.logs.write(name, line);
      const onDeath = (error: CliError): void => death.abort(error);
      const service = startService({ name, program: programs[name], environment, onLine, onDeath });
      cleanup.defer(() => service.stop());
    };
    start('api');
    start('worker');
    const url = `http://127.0.0.1:${port}`;
    await waitUntilReady(url, signal);
    return {
      url,
      key,
      signInUrl: async (place = '') => `${url}/app${place}#link=${await freshLink(databaseUrl, key)}`,
      databaseUrl,
      isKept,
      dataFolder: server.dataFolder,
      signal,
      stop: () => cleanup.run(),
    };
  } catch (error) {
    // Report the first error, not one of the cleanup.
    await cleanup.run().catch(() => undefined);
    throw error;
  }
}

function freshKey(connectionString: string, merchant: string): Promise<string> {
  return withDatabase(connectionString, async (db) => (await createApiKey(db, merchant, 'cli')).key);
}

/** The token of a link to sign in with a key. */
function freshLink(connectionString: string, key: string): Promise<string> {
  return withDatabase(connectionString, async (db) => {
    const found = await findKey(db, key);
    if (found?.state === 'valid') return (await createSignInLink(db, found.id)).token;
    throw new CliError('The key of this run was revoked, so no browser can sign in with it.', {
      hint: 'Start it again: each run makes a key of its own.',
    });
  });
}

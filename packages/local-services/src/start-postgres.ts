import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.js';
import { guardFolder, unguardFolder } from './guard-client.js';
import { LocalServiceError } from './local-service-error.js';
import { postgresBinaries } from './postgres-binaries.js';
import {
  clearStalePid,
  openCluster,
  persistentFolder,
  SERVER_ENVIRONMENT,
  SUPERUSER,
} from './postgres-cluster.js';
import { type ServerProcess, startServerProcess } from './server-process.js';
import { serverUser } from './server-user.js';
import { waitUntil } from './wait-until.js';

export interface PostgresOptions {
  /** Folder for the data, which is used again if it exists. Default: a temporary folder, which `stop` removes. */
  readonly dataFolder?: string;
  /** Default: a free port. */
  readonly port?: number;
  /** Whether `stop` keeps `dataFolder`. Default true if `dataFolder` is given. */
  readonly persistent?: boolean;
  /** Server settings, such as `{ fsync: 'off' }` for tests whose data may be lost. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A Postgres server on the loopback interface that ends with this process, however this process ends. */
export interface LocalPostgres {
  /** Connection string of a database, `postgres` by default. The user is a superuser. */
  url(database?: string): string;
  readonly port: number;
  /** Process id of the postmaster that was started last. */
  readonly pid: number;
  /** The folder where the data really is. It differs from the option if that is in root's home. */
  readonly dataFolder: string;
  createDatabase(name: string, options?: { readonly template?: string }): Promise<void>;
  /** Closes the connections to the database and removes it. Does nothing if there is no such database. */
  dropDatabase(name: string): Promise<void>;
  /** Shuts the server down and, unless it is persistent, removes its data. */
  stop(): Promise<void>;
  /** Sends SIGKILL to the postmaster, which is like a power cut for its clients. */
  kill(): Promise<void>;
  /** Starts the server again on the same port with the same data; after `kill`, or while it is running. */
  restart(): Promise<void>;
}

/** Default settings, which callers may override. There are enough connections for all programs on one machine. */
const DEFAULT_SETTINGS = {
  max_connections: '200',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
};
const START_PATIENCE_MS = 60_000;

/** Starts a real Postgres server from the binaries that npm installed. */
export async function startPostgres(options: PostgresOptions = {}): Promise<LocalPostgres> {
  const user = serverUser();
  const scratch = await mkdtemp(join(tmpdir(), 'pledgeline-postgres-'));
  guardFolder(scratch);
  // The user that runs the server must be able to enter. Private data is in the data folder, which has mode 0700.
  await chmod(scratch, 0o711);
  const isPersistent = options.dataFolder !== undefined && (options.persistent ?? true);
  try {
    const binaries = await postgresBinaries(user, scratch);
    const dataFolder =
      options.dataFolder === undefined
        ? join(scratch, 'data')
        : await persistentFolder(options.dataFolder, user);
    await mkdir(dirname(dataFolder), { recursive: true });
    if (!isPersistent) guardFolder(dataFolder);
    const { fsync } = options.settings ?? {};
    const cluster = await openCluster(binaries, user, dataFolder, { sync: fsync !== 'off' });
    const settings = Object.entries({ ...DEFAULT_SETTINGS, ...options.settings });
    const spawnOn = (port: number): Promise<ServerProcess> =>
      startServerProcess({
        program: binaries.postgres,
        args: [
          '-D',
          dataFolder,
          '-p',
          String(port),
          ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
        ],
        cwd: '/',
        user,
        environment: SERVER_ENVIRONMENT,
        logFile: join(scratch, 'server.log'),
        // An immediate shutdown for data that is removed, a fast one (with a checkpoint) for data that is kept.
        guardSignal: isPersistent ? 'SIGINT' : 'SIGQUIT',
      });
    const urlOn = (port: number, database: string): string =>
      `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;

    await clearStalePid(dataFolder);
    let { server, port } = await startOnFreePort(options.port, spawnOn, urlOn);
    const run = async (statement: string): Promise<void> => {
      const client = new pg.Client(urlOn(port, 'postgres'));
      await client.connect();
      try {
        await client.query(statement);
      } finally {
        await client.end();
      }
    };
    return {
      url: (database = 'postgres') => urlOn(port, database),
      get port() {
        return port;
      },
      get pid() {
        return server.pid;
      },
      dataFolder,
      async createDatabase(name, { template } = {}) {
        const suffix = template === undefined ? '' : ` TEMPLATE ${pg.escapeIdentifier(template)}`;
        await run(`CREATE DATABASE ${pg.escapeIdentifier(name)}${suffix}`);
      },
      dropDatabase: (name) => run(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
      async stop() {
        await server.end(isPersistent ? 'SIGINT' : 'SIGQUIT');
        await removeAll(isPersistent ? [scratch] : [dataFolder, scratch]);
      },
      kill: () => server.end('SIGKILL'),
      async restart() {
        await server.end('SIGINT');
        ({ server, port } = await startOnFreePort(port, spawnOn, urlOn));
      },
    };
  } catch (error) {
    await removeAll([scratch]);
    throw error;
  }
}

async function removeAll(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    // Child processes of a killed postmaster may still write for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    unguardFolder(folder);
  }
}

/**
 * Starts a server and waits until a client can connect. A server that ends at once is started again: the port that was
 * free may now be in use, or the child processes of a killed postmaster may still hold its shared memory.
 */
async function startOnFreePort(
  wanted: number | undefined,
  spawnOn: (port: number) => Promise<ServerProcess>,
  urlOn: (port: number, database: string) => string,
): Promise<{ server: ServerProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await freePort());
    const server = await spawnOn(port);
    const url = urlOn(port, 'postgres');
    const isSettled = await waitUntil(
      async () => server.hasExited() || (await answersQuery(url)),
      START_PATIENCE_MS,
    );
    if (isSettled && !server.hasExited()) return { server, port };
    const log = await server.logTail();
    await server.end('SIGQUIT');
    if (attempt === 10)
      throw new LocalServiceError('START_FAILED', `Postgres did not start. Its log ends:\n${log}`);
    await sleep(50 * attempt);
  }
}

/** Asks a client, not the log: only an answered query shows that recovery is over. */
async function answersQuery(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

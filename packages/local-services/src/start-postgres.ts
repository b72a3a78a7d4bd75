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
  /** Keeps the data there, and goes on with what is there. Without it: a temporary folder, removed by `stop`. */
  readonly dataFolder?: string;
  /** Without it: a free one. */
  readonly port?: number;
  /** False removes `dataFolder` on `stop` as well. True by default when `dataFolder` is given. */
  readonly persistent?: boolean;
  /** Server settings, such as `{ fsync: 'off' }` for tests whose data nobody will miss. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A Postgres server on the loopback interface that ends with this process, however this process ends. */
export interface LocalPostgres {
  /** Connection string of a database, `postgres` by default. The user is a superuser. */
  url(database?: string): string;
  readonly port: number;
  /** Of the postmaster that was started last. */
  readonly pid: number;
  /** Where the data really is: Postgres cannot follow root into root's home. */
  readonly dataFolder: string;
  createDatabase(name: string, options?: { readonly template?: string }): Promise<void>;
  /** Cuts the connections to the database and removes it; no error when there is none. */
  dropDatabase(name: string): Promise<void>;
  /** Ends the server in good order and, unless persistent, removes its data. */
  stop(): Promise<void>;
  /** SIGKILL to the postmaster: a power cut for everyone connected. */
  kill(): Promise<void>;
  /** Starts again on the same port and data, after `kill` or while it runs. */
  restart(): Promise<void>;
}

/** What a machine that runs everything can bear; callers may override each. */
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
  // The server's user has to pass through; what is private lies in the data folder, which is 0700.
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
        // Immediate for data that is thrown away, fast (with a checkpoint) for data that is kept.
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
    // Backends of a killed postmaster may write for a moment longer.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    unguardFolder(folder);
  }
}

/**
 * Starts and waits until a client can connect. A server that ends at once is tried again: someone may have
 * taken the port that was free a moment ago, or the backends of a killed postmaster still hold its memory.
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

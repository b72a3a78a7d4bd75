import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { guardFolder, guardProcess, unguardFolder, unguardProcess } from './guard-client.js';
import { isReachable } from './is-reachable.js';
import { LocalServiceError } from './local-service-error.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { processIdentity } from './process-identity.js';
import type { ServerUser } from './server-user.js';
import { waitUntil } from './wait-until.js';

export const SUPERUSER = 'pledgeline';

/** A data folder with which a server can be started. */
export interface PostgresCluster {
  readonly dataFolder: string;
  readonly password: string;
}

const PASSWORD_FILE = 'pledgeline.password';

/**
 * Opens the cluster in `dataFolder`, or creates one if there is none. A new cluster is created under another name and
 * then renamed, so that after a crash no incomplete folder looks complete.
 */
export async function openCluster(
  binaries: PostgresBinaries,
  user: ServerUser,
  dataFolder: string,
  options: { readonly sync: boolean },
): Promise<PostgresCluster> {
  if ((await readIfPresent(join(dataFolder, 'PG_VERSION'))) === null) {
    const draft = `${dataFolder}.draft-${randomBytes(4).toString('hex')}`;
    guardFolder(draft);
    try {
      await initialise(binaries, user, draft, options);
      await rename(draft, dataFolder);
    } finally {
      await rm(draft, { recursive: true, force: true });
      unguardFolder(draft);
    }
  }
  const password = await readIfPresent(join(dataFolder, PASSWORD_FILE));
  if (password === null) {
    throw new LocalServiceError(
      'DATA_FOLDER_FOREIGN',
      `${dataFolder} has a Postgres cluster that Pledgeline did not create. Use another folder.`,
    );
  }
  return { dataFolder, password };
}

/**
 * The folder of a persistent cluster: `wanted`, or a folder under /var/tmp with a name made from it if the user that
 * runs Postgres cannot enter `wanted` (as in root's home).
 */
export async function persistentFolder(wanted: string, user: ServerUser): Promise<string> {
  const folder = resolve(wanted);
  if (user.uid === undefined || (await isReachable(dirname(folder)))) return folder;
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return join('/var/tmp', `pledgeline-postgres-${digest}`);
}

/**
 * Removes a stale `postmaster.pid` after a crash. Postgres itself removes the file of a server that has ended, but not
 * if its process id now belongs to another process, as is usual after a container was restarted. A server that is
 * really running there gets 10 s to end, because its guard may be about to end it.
 */
export async function clearStalePid(dataFolder: string): Promise<void> {
  const pidFile = join(dataFolder, 'postmaster.pid');
  const pid = Number((await readIfPresent(pidFile))?.split('\n', 1)[0]);
  if (!Number.isInteger(pid) || pid <= 0 || processIdentity(pid) === null) return;
  if (!(await isPostgres(pid))) {
    await rm(pidFile, { force: true });
    return;
  }
  if (!(await waitUntil(() => processIdentity(pid) === null, 10_000))) {
    throw new LocalServiceError(
      'DATA_FOLDER_IN_USE',
      `A Postgres (process ${pid}) is already running on ${dataFolder}. Stop it, or the program that started it.`,
    );
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  const command = await readIfPresent(`/proc/${pid}/cmdline`);
  // Without /proc (macOS) assume that it is: removing the file of a running server would let two run on one folder.
  return command === null ? true : /(^|\/)postgres(\0|:)/.test(command);
}

async function initialise(
  binaries: PostgresBinaries,
  user: ServerUser,
  folder: string,
  options: { readonly sync: boolean },
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    await Promise.all([folder, passwordFile].map((path) => chown(path, user.uid ?? 0, user.gid ?? 0)));
  }
  try {
    await runInitdb(binaries, user, [
      `--pgdata=${folder}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The built-in C.UTF-8 has the same rules for order and case on every machine.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(options.sync ? [] : ['--no-sync']),
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(join(folder, PASSWORD_FILE), password, { mode: 0o600 });
}

function runInitdb(binaries: PostgresBinaries, user: ServerUser, args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(binaries.initdb, args, {
      ...user,
      cwd: '/',
      detached: true,
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const { pid } = child;
    if (pid !== undefined) guardProcess(pid);
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    child.on('error', fail);
    child.on('close', (code) => {
      if (pid !== undefined) unguardProcess(pid);
      if (code === 0) done();
      else fail(new LocalServiceError('INITDB_FAILED', `initdb failed: ${complaints.trim()}`));
    });
  });
}

/** The whole environment of the server. PGDATA, LC_ALL or TZ of the caller would change its behaviour. */
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

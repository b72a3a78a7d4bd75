import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { guardFolder, unguardFolder } from './guard-client.js';
import { LocalServiceError } from './local-service-error.js';
import { type ServerProcess, startServerProcess } from './server-process.js';
import { waitUntil } from './wait-until.js';

/** A Redis server on the loopback interface that ends with this process. It stores nothing on disk. */
export interface LocalRedis {
  readonly url: string;
  readonly port: number;
  /** Process id of the server that was started last. */
  readonly pid: number;
  stop(): Promise<void>;
  /** Ends the server with SIGKILL. All its data is lost. */
  kill(): Promise<void>;
  /** Starts the server again, empty, on the same port; after `kill`, or while it is running. */
  restart(): Promise<void>;
}

/** Starts the `redis-server` of the machine; null when it has none. */
export async function startRedis(): Promise<LocalRedis | null> {
  const folder = await mkdtemp(join(tmpdir(), 'pledgeline-redis-'));
  guardFolder(folder);
  const removeFolder = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    unguardFolder(folder);
  };
  try {
    let { server, port } = await startOn(undefined, folder);
    return {
      url: `redis://127.0.0.1:${port}`,
      port,
      get pid() {
        return server.pid;
      },
      async stop() {
        await server.end('SIGTERM');
        await removeFolder();
      },
      kill: () => server.end('SIGKILL'),
      async restart() {
        await server.end('SIGTERM');
        ({ server, port } = await startOn(port, folder));
      },
    };
  } catch (error) {
    await removeFolder();
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function startOn(
  wanted: number | undefined,
  folder: string,
): Promise<{ server: ServerProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await freePort());
    const server = await startServerProcess({
      program: 'redis-server',
      args: [
        ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
        ...['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
      ],
      cwd: folder,
      logFile: join(folder, 'server.log'),
      guardSignal: 'SIGTERM',
    });
    const isSettled = await waitUntil(async () => server.hasExited() || (await answersPing(port)), 20_000);
    if (isSettled && !server.hasExited()) return { server, port };
    const log = await server.logTail();
    await server.end('SIGKILL');
    if (attempt === 5)
      throw new LocalServiceError('START_FAILED', `Redis did not start. Its log ends:\n${log}`);
  }
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', (answer) => {
      resolve(answer.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A lock that this process holds until `release`, or until it ends in whatever way. */
export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Locks a folder, or returns null when another living process holds its lock. The lock is a listening socket, not a
 * file with a process id: the kernel closes a socket together with its owner, whereas process ids are used again.
 */
export async function lockFolder(folder: string): Promise<FolderLock | null> {
  // Not in the folder itself, because the path of a socket is limited to about a hundred bytes.
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const path = join(tmpdir(), `pledgeline-${name}.sock`);
  const server = (await listen(path)) ?? (await takeOver(path));
  if (server === null) return null;
  // A lock alone must not keep the process alive.
  server.unref();
  return {
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Takes over a socket file that a killed owner left behind: nobody answers on it. */
async function takeOver(path: string): Promise<Server | null> {
  if (await isAnswered(path)) return null;
  await rm(path, { force: true });
  return listen(path);
}

function listen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(path, () => resolve(server));
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

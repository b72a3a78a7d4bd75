/**
 * The guard: a small process that is started by the process that starts servers. When that process ends in any way,
 * also by SIGKILL, the kernel closes the standard input of the guard. Then the guard ends every registered process and
 * removes every registered folder. This file is a program and is not imported.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { GuardMessage } from './guard-message.js';
import { processIdentity } from './process-identity.js';
import { waitUntil } from './wait-until.js';

const PATIENCE_MS = 3_000;

interface Guarded {
  readonly signal: NodeJS.Signals;
  readonly identity: string;
}

const processes = new Map<number, Guarded>();
const folders = new Set<string>();

function handle(message: GuardMessage): void {
  switch (message.type) {
    case 'process': {
      const identity = processIdentity(message.pid);
      if (identity !== null) processes.set(message.pid, { signal: message.signal, identity });
      return;
    }
    case 'folder':
      folders.add(message.path);
      return;
    case 'forget-process':
      processes.delete(message.pid);
      return;
    case 'forget-folder':
      folders.delete(message.path);
      return;
  }
}

async function end(pid: number, { signal, identity }: Guarded): Promise<void> {
  const isGone = (): boolean => processIdentity(pid) !== identity;
  for (const each of [signal, 'SIGKILL'] as const) {
    if (isGone()) return;
    try {
      process.kill(pid, each);
    } catch {
      return;
    }
    if (await waitUntil(isGone, PATIENCE_MS)) return;
  }
}

// The guard ignores Ctrl-C and a closed terminal, because the parent may still need its servers for a moment.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const message: GuardMessage = JSON.parse(line);
  handle(message);
});
lines.on('close', () => {
  void (async () => {
    await Promise.all([...processes].map(([pid, guarded]) => end(pid, guarded)));
    // The child processes of a killed Postgres may still write for a moment, so removing is tried again.
    const removal = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 } as const;
    await Promise.allSettled([...folders].map((path) => rm(path, removal)));
    process.exit(0);
  })();
});

/**
 * The guard: a tiny process beside the one that starts servers. It waits for its standard input to end,
 * which the kernel brings about however the parent dies, SIGKILL included; then it ends every process it
 * was told of and removes every folder. Nothing imports this file: it is a program.
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

function obey(message: GuardMessage): void {
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

// Ctrl-C and a closed terminal reach the whole session; the parent may want its servers a little longer.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const message: GuardMessage = JSON.parse(line);
  obey(message);
});
lines.on('close', () => {
  void (async () => {
    await Promise.all([...processes].map(([pid, guarded]) => end(pid, guarded)));
    // The children of a killed Postgres may write for a moment longer: retry.
    const removal = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 } as const;
    await Promise.allSettled([...folders].map((path) => rm(path, removal)));
    process.exit(0);
  })();
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { isRunning } from './process-identity.js';
import { waitUntil } from './wait-until.js';

// The built package, as programs import it.
const built = JSON.stringify(new URL('../dist/index.js', import.meta.url).href);

const SCRIPTS = {
  postgres: `
    import { startPostgres } from ${built};
    const server = await startPostgres({ settings: { fsync: 'off' } });
    console.log(JSON.stringify({ pids: [server.pid], folder: server.dataFolder }));
    setInterval(() => {}, 1000);`,
  // The first child ignores SIGTERM and has to be killed.
  stubbornChild: `
    import { spawn } from 'node:child_process';
    import { once } from 'node:events';
    import { guardProcess, unguardProcess } from ${built};
    const node = async (code) => {
      const child = spawn(process.execPath, ['-e', code + "; console.log('up'); setInterval(() => {}, 1000)"],
        { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
      await once(child.stdout, 'data');
      return child.pid;
    };
    const stubborn = await node("process.on('SIGTERM', () => {})");
    const free = await node('');
    guardProcess(stubborn);
    guardProcess(free);
    unguardProcess(free);
    console.log(JSON.stringify({ pids: [stubborn, free], folder: '' }));
    setInterval(() => {}, 1000);`,
  // Ends without stopping its server: neither the guard nor the server may keep it alive.
  forgetful: `
    import { startPostgres } from ${built};
    const server = await startPostgres({ settings: { fsync: 'off' } });
    console.log(JSON.stringify({ pids: [server.pid], folder: server.dataFolder }));`,
};

interface Started {
  readonly pids: readonly number[];
  readonly folder: string;
}

const parents: ChildProcess[] = [];
const strays: number[] = [];

async function start(script: string): Promise<{ parent: ChildProcess; started: Started }> {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  parents.push(parent);
  const [line]: readonly unknown[] = await once(createInterface({ input: parent.stdout }), 'line');
  const started: Started = JSON.parse(String(line));
  return { parent, started };
}

afterEach(() => {
  for (const parent of parents.splice(0)) parent.kill('SIGKILL');
  for (const pid of strays.splice(0)) process.kill(pid, 'SIGKILL');
});

describe('the guard', () => {
  it('ends Postgres and removes its folder when the process that started them is killed', async () => {
    const { parent, started } = await start(SCRIPTS.postgres);
    expect(started.pids.every(isRunning)).toBe(true);
    parent.kill('SIGKILL');
    expect(await waitUntil(() => !started.pids.some(isRunning), 10_000)).toBe(true);
    expect(await waitUntil(() => !existsSync(started.folder), 10_000)).toBe(true);
  });

  it('kills a process that ignores SIGTERM, and leaves one alone that is no longer registered', async () => {
    const { parent, started } = await start(SCRIPTS.stubbornChild);
    const [stubborn = 0, free = 0] = started.pids;
    strays.push(free);
    parent.kill('SIGKILL');
    expect(await waitUntil(() => !isRunning(stubborn), 10_000)).toBe(true);
    expect(isRunning(free)).toBe(true);
  });

  it('ends a server when the process that started it ends without stopping it', async () => {
    const { parent, started } = await start(SCRIPTS.forgetful);
    if (parent.exitCode === null) await once(parent, 'exit');
    expect(await waitUntil(() => !started.pids.some(isRunning), 10_000)).toBe(true);
    expect(await waitUntil(() => !existsSync(started.folder), 10_000)).toBe(true);
  });
});

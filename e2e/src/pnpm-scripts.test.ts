import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { cloneDatabase } from '@pledgeline/db/testing';
import { guardProcess, unguardProcess } from '@pledgeline/local-services';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** pnpm's own path, which it sets for scripts. Other ways to start the tests set another program, or none. */
const pnpm = process.env['npm_execpath'] ?? '';
const hasPnpm = /pnpm(?:\.c?js)?$/.test(pnpm);
if (!hasPnpm)
  console.warn('SKIPPED: the scripts of package.json, since these tests were not started by pnpm.');

let environment: Record<string, string>;
let drop: () => Promise<void>;

beforeEach(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  drop = clone.drop;
  environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    // As in production, where a start must not depend on a registry.
    npm_config_verify_deps_before_run: 'false',
    DATABASE_URL: clone.url,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
  };
});

afterEach(() => drop());

/** Runs `pnpm run` as leader of a process group, as a terminal does. */
function runScript(script: string) {
  const child: ChildProcess = spawn(process.execPath, [pnpm, 'run', script], {
    cwd: root,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { pid, stdout } = child;
  if (pid === undefined || !stdout) throw new Error(`${script} could not be started`);
  guardProcess(pid);
  const lines: string[] = [];
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: stdout }).on('line', (line) => {
      lines.push(line);
      if (/"listening"|"The worker is ready"/.test(line)) resolve();
    });
  });
  // The pipe closes only when the program has ended as well, because it holds the other end.
  const ended = once(child, 'close').then(([code]: readonly unknown[]) => {
    unguardProcess(pid);
    return code;
  });
  return { pid, ready, ended, closings: () => lines.filter((line) => line.includes('"event":"clos')).length };
}

describe.skipIf(!hasPnpm).each(['api', 'worker'])('The script pnpm run %s', (script) => {
  it('passes SIGTERM on to the program, which stops in order', async () => {
    const { pid, ready, ended, closings } = runScript(script);
    await ready;
    process.kill(pid, 'SIGTERM');
    expect(await ended).toBe(0);
    expect(closings()).toBe(2);
  });

  it('stops in order on Ctrl-C, which reaches the program twice', async () => {
    const { pid, ready, ended, closings } = runScript(script);
    await ready;
    process.kill(-pid, 'SIGINT');
    expect(await ended).toBe(0);
    expect(closings()).toBe(2);
  });
});

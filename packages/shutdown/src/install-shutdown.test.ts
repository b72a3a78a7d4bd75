import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { beforeAll, describe, expect, it } from 'vitest';

const outDir = fileURLToPath(new URL('../node_modules/.closing-program', import.meta.url));

beforeAll(async () => {
  const entry = [fileURLToPath(new URL('testing/closing-program.ts', import.meta.url))];
  await build({ entry, outDir, format: 'esm', target: 'node20', config: false, silent: true });
});

/** Runs the program and sends it signals, each as soon as it has printed the given line. */
async function run(
  fault: string,
  signals: readonly (readonly [line: string, signal: NodeJS.Signals])[] = [],
) {
  const child: ChildProcess = spawn(process.execPath, [`${outDir}/closing-program.js`, fault], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('no output');
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const [after, signal] of signals) if (line === after) child.kill(signal);
  });
  const [code]: readonly unknown[] = await once(child, 'close');
  return { code, lines };
}

const closed = ['started', 'It is closing', 'close is called', 'It is closed'];

describe('a program with a shutdown', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('closes at %s and ends with 0', async (signal) => {
    expect(await run('', [['started', signal]])).toEqual({ code: 0, lines: closed });
  });

  it.each([
    ['SIGTERM', 'SIGINT'],
    ['SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGTERM'],
  ] as const)('closes once at %s and then %s', async (first, second) => {
    const signals = [
      ['started', first],
      ['close is called', second],
    ] as const;
    expect(await run('', signals)).toEqual({ code: 0, lines: closed });
  });

  it('closes once when the same signal comes twice at the same time, as under pnpm', async () => {
    const signals = [
      ['started', 'SIGINT'],
      ['started', 'SIGINT'],
    ] as const;
    expect(await run('', signals)).toEqual({ code: 0, lines: closed });
  });

  it.each([
    ['throws', 'an uncaught exception'],
    ['rejects', 'an unhandled rejection'],
  ])('closes and ends with 1 when something %s: %s', async (fault, message) => {
    expect(await run(fault)).toEqual({
      code: 1,
      lines: [
        'started',
        `It met an unexpected error and is closing: ${message}`,
        'close is called',
        'It is closed',
      ],
    });
  });

  it('closes and ends with 1 when it reports that it cannot go on', async () => {
    expect(await run('fails')).toEqual({
      code: 1,
      lines: ['started', 'It cannot start: no database', 'close is called', 'It is closed'],
    });
  });

  it('ends with 1 after an unexpected error while it closes', async () => {
    const { code, lines } = await run('throws-while-closing', [['started', 'SIGTERM']]);
    expect(code).toBe(1);
    expect(lines.filter((line) => line === 'close is called')).toHaveLength(1);
    expect(lines.at(-1)).toBe('It is closed');
  });

  it('ends with 1 when it cannot close, or does not close in time', async () => {
    expect(await run('cannot-close', [['started', 'SIGTERM']])).toEqual({
      code: 1,
      lines: ['started', 'It is closing', 'close is called', 'It could not close in good order'],
    });
    expect(await run('never-closes', [['started', 'SIGTERM']])).toEqual({
      code: 1,
      lines: ['started', 'It is closing', 'close is called', 'It did not close in time and is ended'],
    });
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CliError } from '../cli-error.js';
import { childEnvironment } from '../env.js';
import { startService } from './service.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pledgeline-service-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(code: string) {
  const program = join(folder, `${Math.random()}.cjs`);
  await writeFile(program, code);
  const lines: string[] = [];
  let sayDeath: (error: CliError) => void = () => undefined;
  const death = new Promise<CliError>((resolve) => {
    sayDeath = resolve;
  });
  const service = startService({
    name: 'api',
    program,
    environment: childEnvironment({}),
    onLine: (line) => lines.push(line),
    onDeath: sayDeath,
  });
  return { service, lines, death };
}

describe('A service of the stack', () => {
  it('is reported with the end of its log when it crashes at its start', async () => {
    const { death } = await start(
      `console.log('{"level":60,"time":0,"msg":"no database"}'); process.exit(3)`,
    );
    const error = await death;
    expect(error.message).toBe('The api ended by itself (exit code 3).');
    expect(error.hint).toContain('ERROR no database');
  });

  it('is not reported as dead when it was asked to stop', async () => {
    const { service, death, lines } = await start(
      `process.on('SIGTERM', () => { console.log('bye'); process.exit(0) }); setInterval(() => {}, 1000); console.log('up')`,
    );
    await expect.poll(() => lines, { timeout: 60_000 }).toContain('up');
    await service.stop();
    expect(lines).toEqual(['up', 'bye']);
    const pending = new Promise((resolve) => setImmediate(() => resolve('alive')));
    expect(await Promise.race([death, pending])).toBe('alive');
  });

  it('cannot be started before it is built, and the error says what to do', () => {
    const options = { name: 'api', program: join(folder, 'none.js'), environment: {} };
    expect(() => startService({ ...options, onLine: () => undefined, onDeath: () => undefined })).toThrow(
      'The api is not built.',
    );
  });
});

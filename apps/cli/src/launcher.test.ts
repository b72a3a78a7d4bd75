import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childEnvironment } from './env.js';
import { repositoryRoot } from './paths.js';

const launcher = join(repositoryRoot, 'apps/cli/launcher');
const check = join(launcher, 'check-node.cjs');
const program = join(repositoryRoot, 'apps/cli/dist/main.js');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pledgeline-launcher-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a program in a Node that says that it is of another version. */
async function runWith(version: string, ...args: readonly string[]) {
  const pretend = join(folder, `${version}.cjs`);
  await writeFile(pretend, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
  return spawnSync(process.execPath, ['--require', pretend, ...args], { encoding: 'utf8' });
}

describe('The check of Node', () => {
  it.each(['6.17.1', '16.20.2', '18.20.8', '20.18.3', '21.7.3', '22.11.0', '23.11.1'])(
    'refuses %s with one sentence',
    async (version) => {
      const { status, stdout, stderr } = await runWith(version, check);
      expect([status, stdout, stderr]).toEqual([
        2,
        '',
        `Pledgeline needs Node ^20.19 || ^22.12 || >=24, and this is Node ${version}: install a newer one from https://nodejs.org.\n`,
      ]);
    },
  );

  it.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0', '26.1.0'])('lets %s pass', async (version) => {
    const { status, stdout, stderr } = await runWith(version, check);
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });

  it('is the one of package.json', async () => {
    const manifest: unknown = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8'));
    const ranges = /const ranges = '(.*)'/.exec(await readFile(check, 'utf8'))?.[1];
    expect(manifest).toMatchObject({ engines: { node: ranges } });
  });

  it('comes before anything else of the program and of what pnpm starts, the build included', async () => {
    for (const main of [program, join(launcher, 'pledgeline.cjs')]) {
      const { status, stdout, stderr } = await runWith('18.20.8', main, 'campaigns');
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr.split('\n')).toEqual([expect.stringMatching(/^Pledgeline needs Node/), '']);
    }
    // What an old Node has to read must import nothing before the check.
    expect(await readFile(program, 'utf8')).not.toMatch(/^import\b/m);
  });
});

describe('`pnpm cli`', () => {
  /** Without the build, which would write files that other tests read at the moment. */
  const pnpm = (...args: readonly string[]) =>
    spawnSync(findPnpm(), args, {
      cwd: folder,
      encoding: 'utf8',
      // As `npx pnpm` sets it. From pnpm alone a command does not learn where the user was before `--dir`.
      env: childEnvironment({ PLEDGELINE_NO_BUILD: 'true', INIT_CWD: folder }),
    });

  it('writes nothing to stdout but the result, and no key anywhere, and passes the exit code on', () => {
    const version = pnpm(`--dir=${repositoryRoot}`, 'cli', '--version');
    expect([version.status, version.stdout, version.stderr]).toEqual([0, '0.1.0\n', '']);
    const connection = ['--key', 'pl_secret', '--url', 'http://127.0.0.1:10'];
    const away = pnpm(`--dir=${repositoryRoot}`, 'cli', 'campaigns', ...connection);
    expect([away.status, away.stdout]).toEqual([4, '']);
    expect(away.stderr).toContain('did not answer');
    expect(away.stderr).not.toContain('pl_secret');
  });

  it('finds files where the user is', () => {
    const missing = pnpm(`--dir=${repositoryRoot}`, 'cli', 'inspect', 'none.csv', '--key', 'pl_x');
    expect([missing.status, missing.stderr]).toEqual([2, `There is no readable file ${folder}/none.csv.\n`]);
  });
});

function findPnpm(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((path) => join(path, 'pnpm')).find((path) => existsSync(path));
  if (found === undefined) throw new Error('This test needs pnpm on the path.');
  return found;
}

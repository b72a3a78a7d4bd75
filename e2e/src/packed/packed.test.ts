import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { consumer, consumerOutput } from './consumer.js';

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);
const typescript = resolve('typescript/bin/tsc');
const typesOfNode = join(resolve('@types/node/package.json'), '../..');
const names = ['csv-core', 'client'] as const;
const folderOf = (name: string) => fileURLToPath(new URL(`../../../packages/${name}`, import.meta.url));
/** pnpm's own path, which it sets for scripts. */
const pnpm = process.env['npm_execpath'] ?? '';
if (!/pnpm(?:\.c?js)?$/.test(pnpm)) throw new Error('Start these tests by pnpm test:packed.');
/** Not the settings of the pnpm that runs these tests. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_(?!config_(registry|userconfig))/.test(name)),
);

let temporary: string;
const tarballs = new Map<string, string>();

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'pledgeline-packed-'));
  for (const name of names) {
    await run(process.execPath, [pnpm, 'pack', '--pack-destination', temporary], {
      cwd: folderOf(name),
      env,
    });
    tarballs.set(name, join(temporary, `pledgeline-${name}-0.1.0.tgz`));
  }
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

const packed = (name: string): Promise<Buffer> => readFile(tarballs.get(name) ?? '');

describe.each(names)('The package %s', (name) => {
  it('is what package managers and bundlers expect', async () => {
    const tarball = new Uint8Array(await packed(name)).buffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('gives types to every kind of import', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(await packed(name))));
    const problems = 'problems' in analysis ? analysis.problems : [{ kind: 'no types' }];
    // An ESM package that CommonJS requires: from Node 20.19 on, and from TypeScript 5.8 on, they can.
    expect(problems.filter(({ kind }) => kind !== 'CJSResolvesToESM')).toEqual([]);
  });

  it('brings its licence, its README and no tests', async () => {
    const { stdout } = await run('tar', ['tzf', tarballs.get(name) ?? '']);
    const files = stdout
      .trim()
      .split('\n')
      .map((path) => path.replace(/^package\//, ''));
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js']));
    expect(
      files.filter(
        (path) => !/^(LICENSE|README\.md|package\.json|dist\/[\w-]+(\.d\.ts|\.js|\.js\.map))$/.test(path),
      ),
    ).toEqual([]);
  });

  it('is not packed by npm, which would make what nobody can install', async () => {
    const packing = run('npm', ['pack', '--pack-destination', temporary], { cwd: folderOf(name), env });
    await expect(packing).rejects.toMatchObject({
      stderr: expect.stringContaining('Pack with pnpm: "pnpm pack".'),
    });
  });
});

/** How each package manager adds packages to an empty project. */
const managers = [
  { manager: 'npm', command: 'npm', args: ['install', '--no-audit', '--no-fund', '--prefer-offline'] },
  {
    manager: 'pnpm',
    command: process.execPath,
    args: [pnpm, 'add', '--ignore-workspace', '--prefer-offline'],
  },
  {
    manager: 'yarn',
    command: 'npx',
    args: ['-y', 'yarn@1.22.22', 'add', '--no-lockfile', '--non-interactive'],
  },
];

describe.concurrent.each(managers)('An empty project of $manager', ({ manager, command, args }) => {
  it('installs the packages, and uses them by import and by require', async ({ expect }) => {
    const project = join(temporary, manager);
    await mkdir(project);
    await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'empty', version: '1.0.0' }));
    await run(command, [...args, ...tarballs.values()], { cwd: project, env });
    for (const [program, module] of programs) {
      const { outputText } = transpileModule(consumer, {
        compilerOptions: { module, target: ScriptTarget.ES2022 },
      });
      await writeFile(join(project, program), outputText);
      const { stdout } = await run(process.execPath, [program], { cwd: project });
      expect(stdout).toBe(consumerOutput);
    }
    // They are the same for every manager.
    if (manager === 'npm') expect(await typeErrors(project)).toBe('');
  });
});

const programs = [
  ['imports.mjs', ModuleKind.ESNext],
  ['requires.cjs', ModuleKind.CommonJS],
] as const;

/** What the compiler says of both kinds of module. */
async function typeErrors(project: string): Promise<string> {
  const compilerOptions = {
    module: 'nodenext',
    strict: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [typesOfNode],
  };
  const files = ['imports.mts', 'requires.cts'];
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  for (const file of files) await writeFile(join(project, file), consumer);
  const compiling = run(process.execPath, [typescript, '-p', project], { cwd: project });
  const { stdout } = await compiling.catch((error: unknown) => z.object({ stdout: z.string() }).parse(error));
  return stdout;
}

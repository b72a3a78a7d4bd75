import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../../../', import.meta.url));

/** Runs the script as a developer does, in a copy of the files that it reads and writes. */
describe('pnpm new:platform', { timeout: 300_000 }, () => {
  let root: string;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'new-platform-'));
    const folder = 'packages/csv-core';
    await mkdir(join(root, folder), { recursive: true });
    const copied = [
      'README.md',
      'biome.json',
      '.gitignore',
      'property-seed.ts',
      ...['src', 'scripts', 'package.json', 'vitest.config.ts', 'tsup.scripts.config.ts'].map(
        (name) => `${folder}/${name}`,
      ),
    ];
    for (const path of copied) await cp(join(repository, path), join(root, path), { recursive: true });
    for (const path of ['node_modules', `${folder}/node_modules`]) {
      await symlink(join(repository, path), join(root, path));
    }
    await run(
      join(root, folder, 'node_modules/.bin/tsup'),
      ['--silent', '--config', 'tsup.scripts.config.ts'],
      {
        cwd: join(root, folder),
      },
    );
  }, 120_000);

  afterAll(() => rm(root, { recursive: true }));

  const write = (args: readonly string[]) =>
    run(process.execPath, [join(root, 'packages/csv-core/dist/scripts/new-platform.js'), ...args], {
      cwd: root,
    });
  const read = (path: string) => readFile(join(root, path), 'utf8');

  it('writes a platform that passes the tests of all platforms', async () => {
    await writeFile(
      join(root, 'export.csv'),
      [
        'Lantern Order Ref;Purchaser E-Mail;Purchaser Name;Gross Sum (EUR);State of Payment;Paid On;Lantern Zone',
        '7001;zaphod@heartofgold.org;Zaphod Beeblebrox;1.225,00;paid;27/04/2026;north',
        '7002;arthur@cottington.co.uk;Arthur Dent;40,00;verloren;28/04/2026;south',
      ].join('\r\n'),
    );
    const { stdout } = await write([
      'lantern-shop',
      'export.csv',
      '--as',
      'Gross Sum (EUR)=amount',
      '--status',
      'verloren=DROPPED',
    ]);
    expect(stdout).toMatch(/Left to decide.*\n {2}nothing\n/);
    expect(stdout).toMatch(/Tests of all platforms: \d+ pass, 0 fail/);

    const folder = 'packages/csv-core/src/platforms';
    const fixture = await read(`${folder}/fixtures/lantern-shop/orders.csv`);
    expect(fixture).toContain('ada@example.com');
    expect(fixture).not.toMatch(/zaphod|dent|7001|1\.225/i);
    const expected: unknown = JSON.parse(await read(`${folder}/fixtures/lantern-shop/orders.expected.json`));
    expect(expected).toMatchObject({
      records: [
        { pledge: { platform: 'lantern-shop', status: 'COLLECTED', currency: 'EUR' } },
        { pledge: { status: 'DROPPED', statusRaw: 'verloren' } },
      ],
    });
    expect(await read(`${folder}/lantern-shop.ts`)).toContain('export const lanternShop = definePlatform({');
    expect(await read(`${folder}/index.ts`)).toContain('  lanternShop,\n  generic,\n');
    expect(await read('README.md')).toMatch(/and\s+Lantern\s+Shop\s+are\s+told\s+by\s+their\s+columns/);
  });

  it('refuses the name of an existing platform', async () => {
    await expect(write(['kickstarter', 'export.csv'])).rejects.toMatchObject({
      code: 1,
      stderr: 'There is already a platform named "kickstarter". Choose another name.\n',
    });
  });
});

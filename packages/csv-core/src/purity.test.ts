import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapKeys } from './map-keys.js';

/** The package runs in the API, in the worker and in a browser, so it must not need anything of Node. */
describe('csv-core in a browser', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'csv-core-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** Bundles the package and its dependencies into one script. Fails on an import that browsers do not have. */
  async function bundle(entry: string, name: string): Promise<string> {
    await build({
      entry: { [name]: entry },
      outDir: folder,
      config: false,
      silent: true,
      format: 'iife',
      globalName: 'csvCore',
      platform: 'browser',
      noExternal: [/./],
      esbuildOptions: (options) => {
        options.logLevel = 'silent';
      },
    });
    const code = await readFile(join(folder, `${name}.global.js`), 'utf8');
    // Modules of Node, which are not bundled, are left as calls with their name.
    const [left] = /\b(?:__require|require|import)\(\s*["'][^)]*\)/.exec(code) ?? [];
    if (left !== undefined) throw new Error(`The bundle needs a module that browsers do not have: ${left}`);
    return code;
  }

  /** All entries as they are built, with what a bundler for pages puts in. */
  async function bundlePackage(): Promise<string> {
    const entry = join(folder, 'page.ts');
    const built = fileURLToPath(new URL('../dist/', import.meta.url));
    const doors = ['index', 'import', 'map'];
    await writeFile(
      entry,
      doors.map((door) => `export * from ${JSON.stringify(join(built, `${door}.js`))};`).join('\n'),
    );
    return bundle(entry, 'pure');
  }

  /** Runs a script after the bundle, in a context that has only the language: no process, Buffer, require or setTimeout. */
  async function runInPage(script: string, given: Record<string, unknown> = {}): Promise<unknown> {
    const code = `${await bundlePackage()}\nJSON.stringify((() => {${script}})());`;
    return JSON.parse(String(runInNewContext(code, { TextDecoder, TextEncoder, ...given })));
  }

  const headers = ['Order ID', 'Email', 'Country', 'Total', 'Notes'];
  const rows = [
    ['1', 'ada@example.com', 'Germany', '$5.00 USD', ''],
    ['2', 'grace@example', 'Atlantis', '5.00', ''],
    ['3', 'joan@example.com', 'Japan', '5.00', 'x'.repeat(100_001)],
    ['4', 'mary@example.com', 'Japan', '99999999999999999.00', ''],
  ];

  it('bundles without a Node import and maps rows without a Node global, as on a server', async () => {
    const mapped = await runInPage('return csvCore.mapKeys(headers, rows);', { headers, rows });
    const onServer = mapKeys(headers, rows);
    expect(onServer.records.map(({ row }) => row)).toEqual([1]);
    expect(mapped).toEqual(JSON.parse(JSON.stringify(onServer)));
  });

  it('reads a file of no known platform without a Node global', async () => {
    const report = await runInPage(
      `const table = csvCore.openTextImport({ packer: csvCore.keepCells, onChunk: () => {} });
       table.push(new TextEncoder().encode('Bestellnr.;E-Mail;Betrag\\n1;ada@example.com;5,00 €\\n'));
       return table.end();`,
    );
    expect(report).toMatchObject({
      rowCount: 1,
      columns: [{ as: 'externalId' }, { as: 'email' }, { as: 'amount' }],
    });
  });

  it.each(['node:fs', 'fs', 'node:crypto', 'stream'])(
    'would fail this test with an import of %s',
    async (name) => {
      const entry = join(folder, 'impure.ts');
      await writeFile(entry, `import * as part from '${name}'; export const parts = { ...part };`);
      await expect(bundle(entry, 'impure')).rejects.toThrow();
    },
  );
});

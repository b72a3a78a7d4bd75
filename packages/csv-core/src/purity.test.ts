import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The package runs in the API, the worker and the merchant's page alike: it must need nothing of Node. */
describe('the package in a browser', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'csv-core-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** Bundles everything, dependencies too, into one script; fails on an import that browsers do not have. */
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
    // What the bundler leaves to Node is a call with a name.
    const [left] = /\b(?:__require|require|import)\(\s*["'][^)]*\)/.exec(code) ?? [];
    if (left !== undefined) throw new Error(`not for browsers: ${left}`);
    return code;
  }

  it('bundles without a Node import and maps rows without a Node global', async () => {
    const code = await bundle(fileURLToPath(new URL('./index.ts', import.meta.url)), 'pure');
    const run = `${code}
      const headers = ['Order ID', 'Email', 'Country', 'Total'];
      const row = ['1', 'ada@example.com', 'Germany', '$5.00 USD'];
      JSON.stringify(csvCore.mapKeys(headers, [row]).records[0].pledge);`;
    // A new context has the language and nothing else: no process, Buffer, require or setTimeout.
    const pledge: unknown = JSON.parse(String(runInNewContext(run, { TextDecoder, TextEncoder })));
    expect(pledge).toMatchObject({ amount: '5.00', currency: 'USD', shippingCountry: 'DE' });
  });

  it.each(['node:fs', 'fs', 'node:crypto', 'stream'])(
    'would not pass this test if it imported %s',
    async (name) => {
      const entry = join(folder, 'impure.ts');
      await writeFile(entry, `import * as part from '${name}'; export const parts = { ...part };`);
      await expect(bundle(entry, 'impure')).rejects.toThrow();
    },
  );
});

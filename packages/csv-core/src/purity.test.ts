import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

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

  it('bundles without a Node import and maps rows without a Node global', async () => {
    const code = await bundle(fileURLToPath(new URL('./index.ts', import.meta.url)), 'pure');
    const run = `${code}
      const headers = ['Order ID', 'Email', 'Country', 'Total'];
      const row = ['1', 'ada@example.com', 'Germany', '$5.00 USD'];
      JSON.stringify(csvCore.mapKeys(headers, [row]).records[0].pledge);`;
    // A new context has only the language: no process, Buffer, require or setTimeout.
    const pledge: unknown = JSON.parse(String(runInNewContext(run, { TextDecoder, TextEncoder })));
    expect(pledge).toMatchObject({ amount: '5.00', currency: 'USD', shippingCountry: 'DE' });
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

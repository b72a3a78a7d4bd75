import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile, type Platform } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';

const built = fileURLToPath(new URL('../dist/', import.meta.url));

/** A page that imports all of the package's main entry, and the other entries when they are needed. */
const page = `
  export * from './index.js';
  export const loadMap = () => import('./map.js');
  export const loadImport = () => import('./import.js');`;

/** The files that a bundler makes of the page: what is in each, and its size minified and gzipped, in bytes. */
async function bundlePage(platform: Platform) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: page, resolveDir: built, sourcefile: 'page.js' },
    outdir: '/',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform,
    metafile: true,
    write: false,
  });
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [nameOf(path), gzipSync(contents, { level: 9 }).length]),
  );
  const files = new Map(Object.entries(metafile.outputs).map(([path, file]) => [nameOf(path), file]));
  return { sizes, files };
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

type OutputFiles = ReadonlyMap<string, Metafile['outputs'][string]>;

/** The names of the files that are loaded with the bundle of an entry. */
function loadedWith(entry: string, files: OutputFiles): ReadonlySet<string> {
  const first = [...files].find(([, { entryPoint }]) => entryPoint?.endsWith(entry))?.[0];
  if (first === undefined) throw new Error(`There is no bundle of ${entry}.`);
  const names = new Set([first]);
  for (const name of names) {
    for (const { kind, path } of files.get(name)?.imports ?? []) {
      if (kind === 'import-statement') names.add(nameOf(path));
    }
  }
  return names;
}

/** Whether Zod's compiler is in one of the files. */
const hasCompiler = (files: OutputFiles) =>
  [...files.values()].some(({ inputs }) => Object.keys(inputs).some((path) => path.endsWith('/compile.js')));

describe('The package in a page', () => {
  let bundled: Awaited<ReturnType<typeof bundlePage>>;
  beforeAll(async () => {
    bundled = await bundlePage('browser');
  });

  /** Bytes that are loaded with the entry, without those of the entries that are loaded already. */
  function added(entry: string, ...loaded: readonly string[]): number {
    const had = new Set(loaded.flatMap((other) => [...loadedWith(other, bundled.files)]));
    let bytes = 0;
    for (const name of loadedWith(entry, bundled.files)) {
      if (!had.has(name)) bytes += bundled.sizes.get(name) ?? 0;
    }
    console.info(`${entry}${loaded.length > 0 ? ` after ${loaded.join(' and ')}` : ''}: ${bytes} B`);
    return bytes;
  }

  it('takes less than 60 kB at first, whatever of the main entry is imported', () => {
    expect(added('page.js')).toBeLessThan(60_000);
  });

  it('takes less than 60 kB more to map rows', () => {
    expect(added('dist/map.js', 'page.js')).toBeLessThan(60_000);
  });

  it('takes less than 40 kB more to read whole files and unknown columns', () => {
    expect(added('dist/import.js', 'page.js', 'dist/map.js')).toBeLessThan(40_000);
  });

  it('leaves the compiler of schemas to servers', async () => {
    expect(hasCompiler(bundled.files)).toBe(false);
    expect(hasCompiler((await bundlePage('node')).files)).toBe(true);
  });
});

import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Bytes that a page loads for an entry of the built package, minified and gzipped. */
async function gzippedSize(entry: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../dist/${entry}`, import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  return outputFiles.reduce((sum, file) => sum + gzipSync(file.contents, { level: 9 }).length, 0);
}

describe('The package in a browser', () => {
  it('takes less than 60 kB for a first look at a file', async () => {
    expect(await gzippedSize('first-look.js')).toBeLessThan(60_000);
  });

  it('takes less than 150 kB as a whole', async () => {
    expect(await gzippedSize('index.js')).toBeLessThan(150_000);
  });
});

import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** What the page of an application loads of the client. */
const MAX_BYTES = 8_000;

describe('The client in a browser', () => {
  it(`is smaller than ${MAX_BYTES} bytes, compressed, and needs nothing of Node`, async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: ['src/index.ts'],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      splitting: true,
      outdir: 'out',
      write: false,
      metafile: true,
      logLevel: 'error',
    });
    const [main] = outputFiles.filter(({ path }) => path.endsWith('/index.js'));
    const bytes = gzipSync(main?.contents ?? '').byteLength;
    console.log(`@pledgeline/client: ${bytes} bytes, minified and compressed`);
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(MAX_BYTES);
    expect(Object.keys(metafile.inputs).filter((path) => path.includes('node/'))).toEqual([]);
  });
});

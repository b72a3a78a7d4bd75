import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { findWasm } from './load-chardetng.js';

export interface BundleSize {
  readonly name: string;
  readonly kilobytes: number;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));
const OURS = "export * from '../../../packages/csv-core/src/encoding/guess-encoding.ts'";

/** The size that each detector adds to a program, minified and compressed with gzip. */
export async function measureBundles(): Promise<readonly BundleSize[]> {
  return [
    { name: 'csv-core, guessing alone', kilobytes: await bundled(OURS, ['@exodus/bytes/*']) },
    { name: 'csv-core, with the decoders, which reading needs anyway', kilobytes: await bundled(OURS) },
    { name: 'chardetng', kilobytes: gzipped(readFileSync(findWasm())) },
    { name: 'jschardet', kilobytes: await bundled("export * from 'jschardet'") },
    { name: 'chardet', kilobytes: await bundled("export { default } from 'chardet'") },
  ];
}

async function bundled(contents: string, external: string[] = []): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: HERE },
    external,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return outputFiles.reduce((sum, { contents }) => sum + gzipped(contents), 0);
}

function gzipped(bytes: Uint8Array): number {
  return gzipSync(bytes).length / 1_000;
}

import { defineConfig } from 'tsup';

/** Builds the scripts for developers, which are not part of the package. */
export default defineConfig({
  entry: { 'new-platform': 'scripts/new-platform/main.ts' },
  outDir: 'dist/scripts',
  format: 'esm',
  target: 'node20',
  external: [/^vitest/],
});

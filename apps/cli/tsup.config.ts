import { defineConfig, type Options } from 'tsup';

const shared = { format: 'esm', target: 'node20', dts: false, sourcemap: true } as const satisfies Options;

export default defineConfig([
  { ...shared, entry: ['src/run.ts'] },
  // In a file of its own that imports nothing at first: an old Node must be able to read it.
  { ...shared, entry: ['src/main.ts'], external: [/\/run\.js$/], target: 'es2015', splitting: false },
]);

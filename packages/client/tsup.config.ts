import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/node.ts'],
  format: 'esm',
  // Also for browsers: nothing that needs a polyfill in one of the last two years.
  target: 'es2022',
  dts: true,
  sourcemap: true,
  clean: true,
});

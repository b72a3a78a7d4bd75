import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/server.ts'],
  format: 'esm',
  target: 'node20',
  dts: false,
  sourcemap: true,
  // Node keeps a script with one other letter as text of two bytes a letter.
  esbuildOptions: (options) => {
    options.charset = 'ascii';
  },
  clean: true,
});

import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/server.ts', 'src/app.ts'],
  format: 'esm',
  target: 'node20',
  dts: false,
  sourcemap: true,
  clean: true,
});

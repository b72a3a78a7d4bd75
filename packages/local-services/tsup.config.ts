import { defineConfig } from 'tsup';

export default defineConfig({
  // The guard is a program of its own, because it must outlive the process that started it.
  entry: ['src/index.ts', 'src/guard.ts'],
  format: 'esm',
  target: 'node20',
  dts: { entry: 'src/index.ts' },
  sourcemap: true,
  clean: true,
});

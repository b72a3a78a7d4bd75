import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/import.ts', 'src/map.ts', 'src/parse.ts', 'src/receive.ts', 'src/undo.ts'],
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  clean: true,
});

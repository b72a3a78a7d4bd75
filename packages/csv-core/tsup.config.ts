import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    import: 'src/import.ts',
    map: 'src/map.ts',
    'compiled-parser': 'src/schemas/compiled-parser.ts',
    'plain-parser': 'src/schemas/plain-parser.ts',
  },
  splitting: true,
  format: 'esm',
  target: 'node20',
  dts: { entry: ['src/index.ts', 'src/import.ts', 'src/map.ts'] },
  sourcemap: true,
  clean: true,
  esbuildPlugins: [
    {
      name: 'which parser is left to who runs or bundles the package',
      setup({ onResolve }) {
        onResolve({ filter: /\/compiled-parser\.js$/ }, () => ({ path: '#schema-parser', external: true }));
      },
    },
  ],
});

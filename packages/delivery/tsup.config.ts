import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', testing: 'src/testing/index.ts' },
  format: 'esm',
  target: 'node20',
  dts: true,
  sourcemap: true,
  clean: true,
  // Development dependencies, so tsup would copy them in: only tests start servers.
  external: ['mailparser', 'selfsigned', 'smtp-server'],
});

import { cp } from 'node:fs/promises';
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    testing: 'src/test-support/index.ts',
    'testing/global-setup': 'src/test-support/global-setup.ts',
    // For scripts/new-migration.mjs.
    'diff-schema': 'src/schema-engine/diff-schema.ts',
  },
  format: 'esm',
  target: 'node20',
  dts: true,
  sourcemap: true,
  // Node keeps a script with one other letter as text of two bytes a letter.
  esbuildOptions: (options) => {
    options.charset = 'ascii';
  },
  clean: true,
  // Development dependencies, which tsup would otherwise bundle: only tests start servers, only tools need Prisma's engine.
  external: [
    '@pledgeline/local-services',
    '@prisma/driver-adapter-utils',
    '@prisma/schema-engine-wasm',
    'vitest',
  ],
  // The migrations travel with the package: a pruned deployment has no repository around it.
  onSuccess: () => cp('../../prisma/migrations', 'dist/prisma/migrations', { recursive: true }),
});

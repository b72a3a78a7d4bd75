import { cp } from 'node:fs/promises';
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    testing: 'src/test-support/index.ts',
    'testing/global-setup': 'src/test-support/global-setup.ts',
  },
  format: 'esm',
  target: 'node20',
  dts: true,
  sourcemap: true,
  clean: true,
  // A development dependency, so tsup would copy it in: only tests start servers.
  external: ['@pledgeline/local-services', 'vitest'],
  // The migrations travel with the package: a pruned deployment has no repository around it.
  onSuccess: () => cp('../../prisma/migrations', 'dist/prisma/migrations', { recursive: true }),
});

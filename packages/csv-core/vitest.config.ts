import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: '../../property-seed.ts',
    // Property tests are fast, but share the processor with the tests of other packages.
    testTimeout: 60_000,
  },
});

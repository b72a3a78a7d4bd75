import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    exclude: ['src/faults/**', 'src/abuse/**', 'src/packed/**'],
    globalSetup: '@pledgeline/db/testing/global-setup',
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // Each file starts several processes: too many for two cores to run test files in parallel.
    fileParallelism: false,
  },
});

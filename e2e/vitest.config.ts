import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    exclude: ['src/faults/**'],
    globalSetup: '@pledgeline/db/testing/global-setup',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each file starts processes; two cores do not bear several such files at once.
    fileParallelism: false,
  },
});

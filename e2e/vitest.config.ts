import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    exclude: ['src/faults/**', 'src/abuse/**', 'src/packed/**'],
    globalSetup: '@pledgeline/db/testing/global-setup',
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // A browser, several programs and Postgres share two cores. What fails twice is broken; a test that needed its second try is marked.
    retry: process.env['CI'] === undefined ? 0 : 1,
    // Each file starts several processes: too many for two cores to run test files in parallel.
    fileParallelism: false,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    setupFiles: ['../../property-seed.ts', 'src/test-support/check-each-test.ts'],
    globalSetup: '@pledgeline/db/testing/global-setup',
    // Many tests wait: for a timeout, for a heartbeat. So there is a file for every processor at any time.
    maxWorkers: '100%',
    // Loading the app costs more than most files of tests.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});

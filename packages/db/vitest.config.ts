import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    setupFiles: '../../property-seed.ts',
    // Other packages write '@pledgeline/db/testing/global-setup'.
    globalSetup: './src/test-support/global-setup.ts',
    // Many tests wait for Postgres.
    maxWorkers: '100%',
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});

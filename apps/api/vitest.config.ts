import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    setupFiles: '../../property-seed.ts',
    globalSetup: '@pledgeline/db/testing/global-setup',
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: '../../property-seed.ts',
    // Property tests are quick, but share two cores with the tests of other packages.
    testTimeout: 60_000,
  },
});

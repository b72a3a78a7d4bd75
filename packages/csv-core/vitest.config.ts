import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: '../../property-seed.ts',
    maxWorkers: '100%',
    // Everything is pure, so no test sees another; loading the package for each file took a third of the time.
    isolate: false,
    // Property tests are fast, but share the processor with the tests of other packages.
    testTimeout: 60_000,
  },
});

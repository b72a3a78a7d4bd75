import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/abuse/**/*.test.ts'],
    globalSetup: './src/abuse/print-figures.ts',
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // Figures of memory and time mean something only while nothing else runs.
    fileParallelism: false,
  },
});

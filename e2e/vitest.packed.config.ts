import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/packed/**/*.test.ts'],
    // Package managers fetch what the packages depend on.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

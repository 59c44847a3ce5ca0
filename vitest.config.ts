import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    globalSetup: ['tests/browser/setup.ts'],
    restoreMocks: true,
    // Real hashes on a busy machine: long enough that only what hangs runs into it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

import { defineConfig } from 'vitest/config';

/** What goes through the database is tested on both. */
export const onBothEngines = [
  'apps/api/src/**/*.test.ts',
  'tests/browser/stay.test.ts',
  'tests/many-processes.test.ts',
];
const settings = {
  restoreMocks: true,
  // Real hashes on a busy machine: long enough that only what hangs runs into it.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // A page that waits for a hash may be slow to show it; what never shows it is told after this, in milliseconds.
  expect: { poll: { timeout: 20_000 } },
};

export default defineConfig({
  test: {
    globalSetup: ['tests/setup.ts'],
    projects: [
      {
        test: {
          ...settings,
          name: 'sqlite',
          include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
          exclude: ['**/postgres.test.ts'],
          provide: { engine: 'sqlite' },
        },
      },
      {
        test: {
          ...settings,
          name: 'postgres',
          include: onBothEngines,
          exclude: ['**/sqlite.test.ts'],
          provide: { engine: 'postgres' },
        },
      },
    ],
  },
});

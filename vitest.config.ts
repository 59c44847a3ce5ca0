import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/order.ts';

const settings = {
  restoreMocks: true,
  // Milliseconds. Several slow waits on a busy machine stay below this, and only a test that hangs reaches it.
  testTimeout: 240_000,
  hookTimeout: 120_000,
  // Milliseconds after which a poll fails. A page may be that slow on a busy machine.
  expect: { poll: { timeout: 60_000 } },
};

const source = '{apps,packages}/*/{src,test}/**/*.test.{ts,tsx}';
/** Tests of the server that open a database; they run on both engines. */
export const withDatabase = globSync('apps/api/src/**/*.test.ts').filter((file) =>
  /\/test\/(counter|database)\.ts'/.test(readFileSync(file, 'utf8')),
);
/**
 * Tests of the server that are the same below a path: those of the store and of passwords have no path, those of connections are about what comes before one is read, and those of base paths bring their own.
 */
const samePath = [
  'apps/api/src/{store,password}/**',
  'apps/api/src/http/{body-chunks,listen,pipelining,request-turns,shutdown}.test.ts',
  'apps/api/src/http/base-path.test.ts',
];
/** Tests of what browsers sign for a page, whose URL may have a path. store.test.ts has what the store decides about passkeys. */
const signed = 'apps/api/src/routes/hostile-passkeys.test.ts';
/**
 * Tests of the server that are the same on both engines: what they ask for is answered before a store is asked, or
 * without one.
 */
const sameEngine = [
  'apps/api/src/http/{base-path,body,body-chunks,listen,openapi,origins}.test.ts',
  'apps/api/src/routes/{docs,house,problems}.test.ts',
];
/**
 * Browser tests that follow links, send forms, load parts, leave the page and come back. Others are about what happens within a page,
 * build pages of their own, or have several servers whose addresses are what they are about.
 */
const withLinks = 'account,docs,door,everyone,forgotten,languages,mistakes,pages,second-click,stay'
  .split(',')
  .map((name) => `tests/browser/${name}.test.ts`);
/** Measurements of time that go through the database. */
const measured = ['**/*.timing.test.ts', 'apps/api/src/routes/crowd.test.ts'];
/** Tests of what a hash costs. */
const hashing = 'apps/api/src/password/decoys.test.ts';
/** All measurements of time, which need the machine to themselves. */
const alone = [...measured, 'tests/{hostile,stalls}.test.ts'];
/** Tests of the server that start processes, or a PostgreSQL of their own, and wait for them. */
const waiting = ['apps/api/src/store/engines/*.test.ts', 'apps/api/src/imports.test.ts'];

/**
 * Tests of the API that run against the package that npm installs, too, as far as they need HTTP alone. A hundred ways to
 * bend a passkey show nothing of a package that one good passkey does not.
 */
const overHttp = withDatabase.filter((file) => file.startsWith('apps/api/src/routes/') && file !== signed);

/** Tests of what is written, and of which file imports which. */
const written = ['tests/{documents,facts,rooms,security}.test.ts'];

/** The bench's own arithmetic; nothing that the bench installs is needed. */
const benchLibrary = 'bench/lib/*.test.ts';

/** Lanes of the first group share the machine; those of the second follow, a file at a time. */
const shared = { maxWorkers: availableParallelism() + 1, sequence: { groupOrder: 1 } };
/** Files that share the modules that one of them has loaded: they change nothing that outlives a test. */
const light = { ...shared, isolate: false };
/**
 * Hashes of passwords that cost next to nothing. With real ones, half of a lane's time goes into hashes that are the same
 * on each engine and below each path. `api-hashes`, `installed` and whatever starts a server have the real ones; in a long
 * run `api-sqlite` has them, too.
 */
const cheapHashes = { alias: { argon2: resolve(import.meta.dirname, 'apps/api/test/cheap-argon2.ts') } };
const serial = { maxWorkers: 1, sequence: { groupOrder: 2 } };

/** The lanes of the tests. @param isLong whether everything is tried, and races ten times as often */
export function lanes(isLong: boolean) {
  const lane = (
    name: string,
    engine: 'sqlite' | 'postgres',
    include: string[],
    exclude: string[],
    machine: typeof shared & { isolate?: boolean; alias?: Record<string, string> } = shared,
    basePath = '',
  ) => ({
    test: {
      ...settings,
      ...machine,
      name,
      include,
      exclude: ['**/node_modules/**', ...exclude],
      provide: { engine, basePath, isLong, rounds: isLong ? 10_000 : 1_000 },
    },
  });
  return [
    lane(
      'unit',
      'sqlite',
      [source, benchLibrary, ...written],
      [...withDatabase, ...waiting, ...alone],
      light,
    ),
    lane('api-sqlite', 'sqlite', withDatabase, [...waiting, ...alone, signed, hashing], {
      ...light,
      ...(isLong ? {} : cheapHashes),
    }),
    lane('api-hashes', 'sqlite', [hashing], [], light),
    lane('api-postgres', 'postgres', withDatabase, [...waiting, ...alone, ...sameEngine, signed], {
      ...light,
      ...cheapHashes,
    }),
    lane(
      'api-below',
      'sqlite',
      withDatabase,
      [...waiting, ...alone, ...samePath],
      { ...light, ...cheapHashes },
      '/auth',
    ),
    lane('system', 'sqlite', ['tests/*.test.ts', ...waiting], [...written, ...alone]),
    lane('system-postgres', 'postgres', ['tests/many-processes.test.ts'], []),
    {
      test: {
        ...lane('installed', 'sqlite', ['tests/installed/*.test.ts', ...overHttp], alone).test,
        globalSetup: ['tests/installed/setup.ts'],
        setupFiles: ['tests/installed/ready.ts'],
      },
    },
    lane('browser', 'sqlite', ['tests/browser/*.test.ts'], alone),
    lane('browser-below', 'sqlite', withLinks, alone, shared, '/auth'),
    lane('browser-postgres', 'postgres', ['tests/browser/stay.test.ts'], alone),
    lane('endurance', 'sqlite', alone, [], serial),
    lane('endurance-postgres', 'postgres', ['**/*.timing.test.ts'], [], serial),
  ];
}

export default defineConfig(({ mode }) => ({
  test: {
    globalSetup: ['tests/setup.ts'],
    sequence: { sequencer: LongestFirst },
    projects: lanes(mode === 'long'),
  },
}));

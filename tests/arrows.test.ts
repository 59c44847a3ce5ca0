import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const repository = resolve(import.meta.dirname, '..');

/** What the linter, with this repository's rules, says of a file at this place that imports that. */
function judge(file: string, imported: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'coatcheck-arrows-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['biome.json', '.gitignore']) copyFileSync(join(repository, name), join(folder, name));
  mkdirSync(join(folder, dirname(file)), { recursive: true });
  writeFileSync(join(folder, file), `import { thing } from '${imported}';\n\nthing();\n`);
  const biome = join(repository, 'node_modules/.bin/biome');
  const { stdout, stderr } = spawnSync(biome, ['lint', '--only=style/noRestrictedImports'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const said = stdout + stderr;
  expect(said).toContain('Checked 2 files');
  return said;
}

const refused = 'noRestrictedImports';

describe('the linter', () => {
  it.each([
    ['apps/api/src/limits.ts', './routes/login.ts'],
    ['apps/api/src/limits.ts', './app.ts'],
    ['apps/api/src/limits.ts', './server.ts'],
    ['apps/api/src/limits.ts', './store/open.ts'],
    ['apps/api/src/app.ts', './store/sqlite.ts'],
    ['apps/api/src/app.ts', '@coatcheck/web'],
    ['apps/api/src/server.ts', './routes/login.ts'],
    ['apps/api/src/server.ts', './store/sqlite.ts'],
    ['apps/api/src/server.ts', '../../web/src/next.ts'],
    ['apps/api/src/cli.ts', './app.ts'],
    ['apps/api/src/commands/copy.ts', '../app.ts'],
    ['apps/api/src/commands/copy.ts', '../store/postgres.ts'],
    ['apps/api/src/limits.ts', 'better-sqlite3'],
    ['apps/api/src/limits.ts', './ticketing.ts'],
    ['apps/api/src/problems.ts', './limits.ts'],
    ['apps/api/src/config.ts', './limits.ts'],
    ['apps/api/src/routes/login.ts', 'pg'],
    ['apps/api/src/store/store.ts', './sql-store.ts'],
    ['apps/api/src/store/sql-store.ts', './sqlite.ts'],
    ['apps/api/src/store/sql-store.ts', 'better-sqlite3'],
    ['apps/api/src/store/sqlite.ts', 'pg'],
    ['apps/api/src/routes/login.ts', '../app.ts'],
    ['apps/api/src/routes/login.ts', './register.ts'],
    ['apps/api/src/routes/login.ts', '../store/open.ts'],
    ['apps/api/src/routes/login.ts', '@coatcheck/web'],
    ['apps/api/src/store/sql-store.ts', 'fastify'],
    ['apps/api/src/store/sql-store.ts', '@fastify/session'],
    ['apps/api/src/store/sql-store.ts', '../problems.ts'],
    ['apps/api/src/store/sql-store.ts', '@coatcheck/api-types/schemas'],
    ['apps/web/src/App.tsx', '@coatcheck/api'],
    ['apps/web/src/session/session.ts', 'typebox'],
    ['apps/web/src/words/en.ts', '../screens/Home.tsx'],
    ['apps/web/src/App.tsx', '@coatcheck/api-types/schemas'],
    ['apps/web/src/screens/Home.tsx', '../../../api/src/problems.ts'],
    ['packages/api-types/src/schemas.ts', 'fastify'],
    ['packages/api-types/src/client.ts', 'typebox'],
    ['packages/api-types/src/client.ts', './schemas.ts'],
  ])('refuses that %s imports %s', (file, imported) => {
    expect(judge(file, imported)).toContain(refused);
  });

  it.each([
    ['apps/api/src/limits.ts', './store/store.ts'],
    ['apps/api/src/limits.ts', 'fastify'],
    ['apps/api/src/app.ts', './routes/login.ts'],
    ['apps/api/src/server.ts', './store/open.ts'],
    ['apps/api/src/server.ts', './app.ts'],
    ['apps/api/src/commands/copy.ts', '../store/copy.ts'],
    ['apps/api/src/limits.ts', './problems.ts'],
    ['apps/api/src/routes/login.ts', '../passwords.ts'],
    ['apps/api/src/routes/login.ts', '../store/store.ts'],
    ['apps/api/src/routes/login.ts', '@coatcheck/api-types/schemas'],
    ['apps/api/src/store/sql-store.ts', './store.ts'],
    ['apps/api/src/store/sql-store.ts', '@coatcheck/api-types'],
    ['apps/api/src/store/sqlite.ts', 'better-sqlite3'],
    ['apps/api/src/config.ts', './store/address.ts'],
    ['apps/web/src/App.tsx', '@coatcheck/api-types'],
    ['apps/web/src/App.tsx', './screens/Home.tsx'],
    ['packages/api-types/src/schemas.ts', 'typebox'],
    ['packages/api-types/src/client.ts', './problems.ts'],
  ])('lets %s import %s', (file, imported) => {
    expect(judge(file, imported)).not.toContain(refused);
  });
});

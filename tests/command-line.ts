import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient } from '@coatcheck/api-types';
import { expect, inject, onTestFinished } from 'vitest';
import { databasesAt } from '../apps/api/test/postgres.ts';
import { password } from './browser/person.ts';
import { bareEnv, startServer } from './server.ts';

// What the tests of commands have in common.

const cli = resolve(import.meta.dirname, '../apps/api/src/cli.ts');

/** @returns the URL of a SQLite database that is not there yet. */
export function newFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'coatcheck-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return `sqlite:${join(dir, 'new', 'coatcheck.db')}`;
}

/** @returns the URL of an empty PostgreSQL database, with a password in it. */
export async function newPostgres(): Promise<string> {
  const databases = databasesAt(inject('postgresPort'));
  const name = await databases.create();
  onTestFinished(async () => void (await databases.drop(name)));
  // The server of the tests asks for no password, and so takes any.
  return databases.url(name).replace('coatcheck@', 'coatcheck:open-sesame@');
}

/** Runs a command of the command line over a database. No password, hash or password of a database may be printed. */
export const run = (
  url: string,
  args: string[],
  input = `${password}\n`,
  settings: Record<string, string> = { PUBLIC_URL: 'https://example.com/auth' },
) => {
  const env = { ...bareEnv, DATABASE_URL: url, ...settings };
  const done = spawnSync(process.execPath, [cli, ...args], { env, input, encoding: 'utf8' });
  expect(done.stdout + done.stderr).not.toMatch(/umbrella|argon2|open-sesame/);
  return done;
};

/** Starts a server over a database; it stops when the test is over. */
export async function serverOver(url: string, env = {}) {
  const server = await startServer({ env: { DATABASE_URL: url, ...env } });
  onTestFinished(() => server.stop());
  return { home: server.url, client: createClient({ baseUrl: server.url }) };
}

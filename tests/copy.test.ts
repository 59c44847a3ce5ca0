import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { makePasskey } from '../apps/api/test/authenticator.ts';
import { databasesAt } from '../apps/api/test/postgres.ts';
import type { PasskeyCreationOptions } from '../packages/api-types/src/index.ts';
import { password } from './browser/person.ts';
import { bareEnv, startServer } from './server.ts';

const program = resolve(import.meta.dirname, '../apps/api/src/cli.ts');

function copy(from: string, to: string) {
  const args = [program, 'copy', '--from', from, '--to', to];
  return spawnSync(process.execPath, args, { encoding: 'utf8', env: bareEnv });
}

/** As people copy who keep passwords off the command line, where others could read them. */
function copyByEnvironment(from: string, to: string) {
  const env = { ...bareEnv, COPY_FROM: from, COPY_TO: to };
  return spawnSync(process.execPath, [program, 'copy'], { encoding: 'utf8', env });
}

function newSqlite(): string {
  const dir = mkdtempSync(join(tmpdir(), 'coatcheck-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return `sqlite:${join(dir, 'coatcheck.db')}`;
}

async function newPostgres(): Promise<string> {
  const databases = databasesAt(inject('postgresPort'));
  const name = await databases.create();
  onTestFinished(async () => void (await databases.drop(name)));
  return databases.url(name);
}

/** A database file in which ada has registered and logged out. */
let filled: string;
beforeAll(async () => {
  filled = join(mkdtempSync(join(tmpdir(), 'coatcheck-')), 'coatcheck.db');
  await fill(`sqlite:${filled}`, ['ada']);
});
afterAll(() => rmSync(dirname(filled), { recursive: true }));

/** A database with an account, where it does not matter whose. */
function filledSqlite(): string {
  const url = newSqlite();
  copyFileSync(filled, url.slice('sqlite:'.length));
  return url;
}

const register = (url: string, username: string) =>
  fetch(`${url}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';

/**
 * Registers people at a server over this database, the first of whom logs out, and one more whose account is deleted.
 * @returns the cookies of the people.
 */
async function fill(url: string, names: string[]): Promise<string[]> {
  const server = await startServer({ env: { DATABASE_URL: url } });
  const cookies = [];
  for (const username of names) {
    cookies.push(cookieOf(await register(server.url, username)));
  }
  const headers = { cookie: cookies[0] ?? '' };
  const options = await fetch(`${server.url}/me/passkeys/options`, { method: 'POST', headers });
  const { response } = makePasskey((await options.json()) as PasskeyCreationOptions, server.url);
  const added = await fetch(`${server.url}/me/passkeys`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Phone', response }),
  });
  expect(added.status).toBe(201);
  await fetch(`${server.url}/logout`, { method: 'POST', headers });
  const left = await register(server.url, 'dora');
  await fetch(`${server.url}/me`, {
    method: 'DELETE',
    headers: { cookie: cookieOf(left), 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  });
  await server.stop();
  return cookies;
}

/** What is said to somebody who wants the name of the account that was deleted. */
async function whoMayBeDora(url: string): Promise<number> {
  const server = await startServer({ env: { DATABASE_URL: url } });
  const { status } = await register(server.url, 'dora');
  await server.stop();
  return status;
}

async function whoAre(url: string, cookies: string[]): Promise<string[]> {
  const server = await startServer({ env: { DATABASE_URL: url } });
  const answers = await Promise.all(
    cookies.map((cookie) => fetch(`${server.url}/me`, { headers: { cookie } }).then((me) => me.json())),
  );
  await server.stop();
  return answers.map((me) => me.username ?? me.reason);
}

describe('pnpm coatcheck copy', () => {
  it('moves house, there and back, and nobody is logged out', async () => {
    const [old, there, back] = [newSqlite(), await newPostgres(), newSqlite()];
    const cookies = await fill(old, ['ada', 'bea', 'cleo']);
    // The tests' PostgreSQL asks for none, and takes any.
    const withPassword = Object.assign(new URL(there), { password: 'hunter2' }).href;
    const out = copyByEnvironment(old, withPassword);
    expect(out.status, out.stderr).toBe(0);
    expect(out.stderr).toContain(`From ${old}\nto   ${there}\n`);
    expect(out.stdout + out.stderr).not.toContain('hunter2');
    expect(out.stderr).not.toContain('Warning');
    expect(out.stderr).toContain('Copying  accounts           3 of 3');
    expect(out.stdout).toMatch(/\npasskeys +1 {2}[0-9a-f]{16}\n/);
    const home = copyByEnvironment(there, back);
    expect(home.status, home.stderr).toBe(0);
    expect(out.stdout).toMatch(/^Table +Rows {2}Digest\naccounts +3 {2}[0-9a-f]{16}\n/);
    // The same numbers of rows, and the same digests.
    expect(home.stdout).toBe(out.stdout);
    const everybody = ['logged-out', 'bea', 'cleo'];
    expect(await Promise.all([whoAre(there, cookies), whoAre(back, cookies)])).toEqual([
      everybody,
      everybody,
    ]);
    expect([await whoMayBeDora(there), await whoMayBeDora(back)]).toEqual([409, 409]);
  });

  it('goes on where it was broken off; until then no server starts there', async () => {
    const [old, there] = [await newPostgres(), newSqlite()];
    const [, cookie = ''] = await fill(old, ['ada', 'bea']);
    await databasesAt(inject('postgresPort')).query(
      old.slice(old.lastIndexOf('/') + 1),
      `INSERT INTO tombstones SELECT 'hash ' || i, 'revoked', ${Date.now()} FROM generate_series(1, 20000) AS i`,
    );

    const broken = spawn(process.execPath, [program, 'copy', '--from', old, '--to', there], {
      env: bareEnv,
    });
    for await (const said of broken.stderr) if (String(said).includes('Copying  sessions')) break;
    broken.kill('SIGKILL');
    await once(broken, 'exit');
    await expect(startServer({ env: { DATABASE_URL: there } })).rejects.toThrow(/unfinished copy/);
    expect(copy(filledSqlite(), there).stderr).toMatch(/unfinished copy of another database/);

    const again = copy(old, there);
    expect(again.status, again.stderr).toBe(0);
    expect(again.stdout).toMatch(/tombstones +20002/);
    expect(await whoAre(there, [cookie])).toEqual(['bea']);
  });

  it('warns that a password on the command line can be read by others, and does not repeat it', async () => {
    const { stderr } = copy(newSqlite(), 'postgres://ada:hunter2@localhost/house');
    expect(stderr).toMatch(/^Warning: --to holds a password.* COPY_TO .* PGPASSWORD or ~\/\.pgpass\.$/m);
    expect(stderr).not.toContain('hunter2');
    expect(copy(newSqlite(), 'postgres://ada@localhost/house').stderr).not.toContain('Warning');
  });

  it('refuses what is in use, on either side', async () => {
    const [old, there] = [filledSqlite(), await newPostgres()];
    for (const url of [old, there]) {
      const server = await startServer({ env: { DATABASE_URL: url } });
      const refused = copy(old, there);
      expect(refused.status).toBe(1);
      expect(refused.stderr).toMatch(/in use: stop the servers/);
      await server.stop();
    }
    expect(copy(old, there).status).toBe(0);
  });

  it('refuses a target that holds anything, and a source that holds nothing', async () => {
    const [old, there, nothing] = [filledSqlite(), await newPostgres(), newSqlite()];
    await fill(there, ['bea']);
    expect(copy(old, there).stderr).toMatch(/^The target is not empty: its table "accounts" has 1 row\.$/m);
    expect(copy(nothing, there).stderr).toMatch(/^There is no database at/m);
    expect(copy('coats', there).stderr).toMatch(/^--from is not the URL of a database\./m);
    expect(copyByEnvironment('coats', there).stderr).toMatch(/^COPY_FROM is not the URL of a database\./m);
    expect(copyByEnvironment(old, '').stderr).toMatch(/^--to is missing\. Give it, or set COPY_TO/m);
    expect(copy(await newPostgres(), newSqlite()).stderr).toMatch(/^The database to copy from is empty/m);
  });
});

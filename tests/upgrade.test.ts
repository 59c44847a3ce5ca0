import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { ticketHash } from '../apps/api/src/session/ticket.ts';
import { readDatabaseUrl } from '../apps/api/src/store/database-url.ts';
import { openStore } from '../apps/api/src/store/open.ts';
import { makePasskey, showPasskey } from '../apps/api/test/authenticator.ts';
import { databasesAt } from '../apps/api/test/postgres.ts';
import { startServer } from './server.ts';

/** The last commit of the version before: its schema is what people have who upgrade. */
const before = 'd1c49c1009e8579ff2a314975a1b2b0663050086';

const repository = resolve(import.meta.dirname, '..');
const isKnown = spawnSync('git', ['cat-file', '-e', `${before}^{commit}`], { cwd: repository }).status === 0;
// A shallow clone has no history. CI has it, and misses nothing.
const isSkipped = !isKnown && !process.env.CI;
const why = isSkipped ? ` (the history of this clone does not reach back to ${before.slice(0, 7)})` : '';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coatcheck-before-'));
  if (!isSkipped) checkOut(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Puts the server of the version before into a folder, with the dependencies that are installed here. */
function checkOut(folder: string) {
  const paths = ['apps/api', 'packages/api-types', 'package.json'];
  const archive = execFileSync('git', ['archive', before, ...paths], {
    cwd: repository,
    maxBuffer: 2 ** 28,
  });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  for (const modules of ['node_modules', 'packages/api-types/node_modules']) {
    symlinkSync(join(repository, modules), join(folder, modules));
  }
  // Its contract is its own.
  const modules = join(folder, 'apps/api/node_modules');
  mkdirSync(join(modules, '@coatcheck'), { recursive: true });
  symlinkSync(join(folder, 'packages/api-types'), join(modules, '@coatcheck/api-types'));
  const installed = join(repository, 'apps/api/node_modules');
  for (const name of readdirSync(installed)) {
    if (name === '@coatcheck' || name.startsWith('.')) continue;
    symlinkSync(join(installed, name), join(modules, name));
  }
}

const password = 'umbrella left by the door';
const people = Array.from({ length: 20 }, (_, at) => `person-${at}`);
const loginsOfEach = 5;

/** Sends one call. @param ticket sent as the session cookie */
async function call(url: string, method: string, path: string, ticket?: string, body?: object) {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(ticket && { cookie: `coatcheck=${ticket}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const [, given] = /coatcheck=([\w-]{43})/.exec(response.headers.get('set-cookie') ?? '') ?? [];
  const text = await response.text();
  return { status: response.status, ticket: given, body: text ? JSON.parse(text) : undefined };
}

const enter = async (url: string, path: '/register' | '/login', username: string) => {
  const { status, ticket = '' } = await call(url, 'POST', path, undefined, { username, password });
  expect(status, `${path} of ${username}`).toBe(path === '/register' ? 201 : 200);
  return ticket;
};

/** Whose session a ticket is. */
const nameOf = async (url: string, ticket: string) => (await call(url, 'GET', '/me', ticket)).body.username;

async function databaseOf(engine: string) {
  if (engine === 'postgres') {
    const databases = databasesAt(inject('postgresPort'));
    return databases.url(await databases.create());
  }
  const folder = mkdtempSync(join(tmpdir(), 'coatcheck-upgrade-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return `sqlite:${join(folder, 'coatcheck.db')}`;
}

/** Registers at the newer server, and adds a passkey. */
async function registerWithPasskey(url: string, username: string) {
  const ticket = await enter(url, '/register', username);
  const options = (await call(url, 'POST', '/me/passkeys/options', ticket)).body;
  const { passkey, response } = makePasskey(options, url);
  const added = await call(url, 'POST', '/me/passkeys', ticket, { name: 'Phone', response });
  expect(added.status).toBe(201);
  return { ticket, passkey };
}

/** Fails unless passkeys of the newer server bear an older one beside it, and keep what they are for. */
async function passkeysSurvive(old: string, now: string, databaseUrl: string) {
  // The older server knows no passkeys, and takes an account away that has some.
  const leaving = await registerWithPasskey(now, 'leaving');
  expect((await call(old, 'DELETE', '/me', leaving.ticket, { password })).status).toBe(204);

  const { ticket, passkey } = await registerWithPasskey(now, 'guarded');
  const store = await openStore(readDatabaseUrl(databaseUrl, '/'));
  const account = await store.findAccount('guarded');
  expect(await store.findPasskey(leaving.passkey.credentialId.toString('base64url'))).toBeUndefined();
  const by = { address: null, browser: null, system: null, sessionId: null };
  const member = { accountId: account?.id ?? '', ticketHash: ticketHash(ticket), by };
  expect(await store.replaceRecoveryCodes(['$argon2id$some code'], member, Date.now())).toBe('replaced');
  await store.close();

  const changed = await call(now, 'PATCH', '/me/login-methods', ticket, { passwordAlone: false });
  expect(changed.status).toBe(200);
  // The older server finds no password there.
  for (const url of [old, now]) {
    const refused = await call(url, 'POST', '/login', undefined, { username: 'guarded', password });
    expect(refused.status).toBe(401);
    expect(refused.ticket).toBeUndefined();
  }
  const options = (await call(now, 'POST', '/login/passkey/options')).body;
  const response = showPasskey(options, passkey);
  const entered = await call(now, 'POST', '/login/passkey', undefined, { response });
  expect(entered.status).toBe(200);
  for (const each of [ticket, entered.ticket ?? '']) expect(await nameOf(old, each)).toBe('guarded');
}

describe.skipIf(isSkipped)(`the server of the version before${why}`, () => {
  it.each(['sqlite', 'postgres'])('goes on beside this one, and nobody is logged out: %s', async (engine) => {
    const env = { DATABASE_URL: await databaseOf(engine) };
    const old = await startServer({ env, program: join(folder, 'apps/api/server.js') });
    const live = await Promise.all(
      people.map(async (username) => {
        const tickets = [await enter(old.url, '/register', username)];
        while (tickets.length < loginsOfEach) tickets.push(await enter(old.url, '/login', username));
        return { username, tickets };
      }),
    );
    const guest = (await call(old.url, 'PATCH', '/session', undefined, { likes: 'cats' })).ticket;

    const now = await startServer({ env });
    /** Asks both servers for every session. */
    const seen = (urls: string[]) =>
      Promise.all(
        urls.flatMap((url) =>
          live.map(async ({ username, tickets }) => {
            const names = await Promise.all(tickets.map((ticket) => nameOf(url, ticket)));
            return names.every((name) => name === username)
              ? names.length
              : `${username} at ${url}: ${names}`;
          }),
        ),
      );
    const all = people.map(() => loginsOfEach);
    expect(await seen([old.url, now.url])).toEqual([...all, ...all]);
    for (const url of [old.url, now.url]) {
      expect((await call(url, 'GET', '/session', guest)).body.remembered).toEqual({ likes: 'cats' });
    }

    for (const [here, there, username] of [
      [old, now, 'older'],
      [now, old, 'newer'],
    ] as const) {
      const ticket = await enter(here.url, '/register', username);
      expect(await nameOf(there.url, ticket)).toBe(username);
      const other = await enter(there.url, '/login', username);
      expect((await call(here.url, 'POST', '/logout', other)).status).toBe(204);
      expect((await call(there.url, 'GET', '/me', other)).body.reason).toBe('logged-out');
      const taken = await call(there.url, 'POST', '/register', undefined, { username, password });
      expect(taken.body.type).toBe('/problems/username-taken');
      expect((await call(here.url, 'DELETE', '/me', ticket, { password })).status).toBe(204);
      expect((await call(there.url, 'GET', '/me', ticket)).status).toBe(401);
      expect((await call(there.url, 'POST', '/login', undefined, { username, password })).status).toBe(401);
    }

    await passkeysSurvive(old.url, now.url, env.DATABASE_URL);

    // Whoever is logged in stays so when the older server goes.
    await old.stop();
    expect(await seen([now.url])).toEqual(all);
    await now.stop();
  });
});

import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { makeDatabase } from '../../test/database.ts';
import { readDatabaseUrl } from './database-url.ts';
import { copiedTables } from './engines/schema.ts';
import { openStore } from './open.ts';
import { storeContract } from './store.spec.ts';

it('that is copied is all there is', async () => {
  const database = await makeDatabase();
  await (await openStore(readDatabaseUrl(database.url, '/'))).close();
  const found = Object.keys(await database.dump());
  await database.empty();
  // Challenges are good for minutes, and a copy is made while no server runs.
  const ownAffairs = ['duties', 'unfinished_copy', 'assets', 'challenges'];
  expect(found.sort()).toEqual([...copiedTables.map(({ name }) => name), ...ownAffairs].sort());
});

it('goes on while a newer version adds to its tables', async () => {
  const database = await makeDatabase();
  const store = await openStore(readDatabaseUrl(database.url, '/'));
  const failureKey = { nameHash: 'name', network: '192.0.2.1', familiar: false };
  const session = (ticketHash: string) => ({
    ...{
      ticketHash,
      id: ticketHash,
      accountId: 'ada',
      createdAt: 1,
      lastSeenAt: 1,
      idleExpiresAt: 2,
      expiresAt: 3,
    },
    ...{ remember: false, address: '', network: '', browser: null, system: null },
  });
  const account = {
    id: 'ada',
    username: 'ada',
    passwordHash: 'old',
    displayName: null,
    email: null,
    createdAt: 1,
  };
  const everything = async (at: number) => {
    expect(await store.findAccount('ada')).toEqual(account);
    const proof = { verifiedHash: 'old', failureKey };
    expect(await store.logIn(session(`login ${at}`), proof, `login ${at - 1}`)).toBe('logged-in');
    expect(await store.findSession(`login ${at}`, 1)).toMatchObject({ live: true, account });
    expect(await store.logOut(`login ${at - 1}`, nobody, 1)).toBe('not-live');
    await store.sweep(1, 10);
  };
  await store.register(account, session('login 0'));
  await everything(1);
  await database.query('ALTER TABLE accounts ADD COLUMN hat TEXT');
  await database.query('ALTER TABLE sessions ADD COLUMN hat TEXT');
  await everything(2);
  await store.close();
  await database.empty();
});

it('forgets windows that have ended', async () => {
  const database = await makeDatabase();
  const store = await openStore(readDatabaseUrl(database.url, '/'));
  await store.windowLimiter('tries', 60).take('somebody');
  await store.sweep(Date.now(), 10);
  expect((await database.dump()).windows).toHaveLength(1);
  await store.sweep(Date.now() + 61_000, 10);
  expect((await database.dump()).windows).toEqual([]);
  await store.close();
  await database.empty();
});

const nobody = { address: null, browser: null, system: null, sessionId: null };

describe(`The store over ${inject('engine')}`, () => {
  storeContract(async (options) => {
    const database = await makeDatabase();
    const store = await openStore(readDatabaseUrl(database.url, '/'), options);
    onTestFinished(async () => {
      await store.close();
      await database.empty();
    });
    return store;
  });
});

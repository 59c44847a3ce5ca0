import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { makeDatabase } from '../../test/database.ts';
import { readDatabaseUrl } from './address.ts';
import { openStore } from './open.ts';
import { tables } from './schema.ts';
import { storeContract } from './store.spec.ts';

it('that is copied is all there is', async () => {
  const database = await makeDatabase();
  await (await openStore(readDatabaseUrl(database.url, '/'))).close();
  const found = Object.keys(await database.dump());
  await database.empty();
  const ownAffairs = ['duties', 'unfinished_copy'];
  expect(found.sort()).toEqual([...tables.map(({ name }) => name), ...ownAffairs].sort());
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

describe(`The store over ${inject('engine')}`, () => {
  storeContract(async () => {
    const database = await makeDatabase();
    const store = await openStore(readDatabaseUrl(database.url, '/'));
    onTestFinished(async () => {
      await store.close();
      await database.empty();
    });
    return store;
  });
});

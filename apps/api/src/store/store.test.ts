import { describe, inject, onTestFinished } from 'vitest';
import { makeDatabase } from '../../test/database.ts';
import { readDatabaseUrl } from './address.ts';
import { openStore } from './open.ts';
import { storeContract } from './store.spec.ts';

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

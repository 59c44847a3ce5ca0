import type { DatabaseAddress } from './address.ts';
import { openPostgres } from './postgres.ts';
import { createStore } from './sql-store.ts';
import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';

/**
 * Opens the database that an address names, with its schema up to date.
 * @throws {StoreUnusable} when it cannot be reached or is not ours; it is left as it was.
 */
export async function openStore(address: DatabaseAddress): Promise<Store> {
  return createStore('path' in address ? openSqlite(address.path) : await openPostgres(address));
}

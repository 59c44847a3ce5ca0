import { existsSync } from 'node:fs';
import type { DatabaseAddress } from './database-url.ts';
import type { Engine } from './engines/engine.ts';
import type { SqliteOptions } from './engines/sqlite.ts';
import { exposureOf } from './engines/sqlite-files.ts';
import { one } from './engines/work.ts';
import { StoreUnusable } from './errors.ts';
import { createStore, type StoreOptions } from './sql/sql-store.ts';
import type { Store } from './store.ts';

/**
 * Opens the database that an address names, and brings its schema up to date.
 * @param options `alarm` is called once, with a sentence for people, when the file of the database was deleted or
 * replaced: nothing is written any more.
 * @throws {StoreUnusable} when it cannot be reached, is not ours, or holds an unfinished copy of another database.
 */
export async function openStore(
  address: DatabaseAddress,
  { alarm, ...options }: StoreOptions & Pick<SqliteOptions, 'alarm'> = {},
): Promise<Store> {
  const engine = await openEngine(address, { ...(alarm && { alarm }) });
  if (await engine.read(one('SELECT source FROM unfinished_copy'))) {
    await engine.close();
    throw new StoreUnusable('The database holds an unfinished copy. Run the same coatcheck copy again.');
  }
  return createStore(engine, options);
}

/** For commands that must not make a new database. @throws {StoreUnusable} when the file of one is not there. */
export function requireDatabase(address: DatabaseAddress): void {
  if ('path' in address && !existsSync(address.path)) {
    throw new StoreUnusable(`There is no database at ${address.path}.`);
  }
}

/** @returns a sentence for the person who runs the server when other users of the machine can reach the database. */
export const exposureAt = (address: DatabaseAddress): string | undefined =>
  'path' in address ? exposureOf(address.path) : undefined;

/**
 * Opens the engine that an address names. The driver of the other database is not loaded.
 * @param options see `openSqlite` and `openPostgres`.
 * @throws {StoreUnusable} when the database cannot be reached or used.
 */
export async function openEngine(address: DatabaseAddress, options?: SqliteOptions): Promise<Engine> {
  if ('path' in address) {
    const { openSqlite } = await import('./engines/sqlite.ts');
    return openSqlite(address.path, options);
  }
  const { openPostgres } = await import('./engines/postgres.ts');
  return openPostgres(address, options);
}

import { existsSync } from 'node:fs';
import type { DatabaseAddress } from './database-url.ts';
import type { Engine } from './engines/engine.ts';
import { openPostgres } from './engines/postgres.ts';
import { openSqlite, type SqliteOptions } from './engines/sqlite.ts';
import { exposureOf } from './engines/sqlite-files.ts';
import { one } from './engines/work.ts';
import { StoreUnusable } from './errors.ts';
import { createStore } from './sql/sql-store.ts';
import type { Store } from './store.ts';

/**
 * Opens the database that an address names, with its schema up to date.
 * @param now the clock of the process.
 * @param alarm is told, once, when the database's file was deleted or replaced: nothing is written any more.
 * @throws {StoreUnusable} when it cannot be reached, is not ours, or holds half a copy of another.
 */
export async function openStore(
  address: DatabaseAddress,
  now?: () => number,
  alarm?: (message: string) => void,
): Promise<Store> {
  const engine = await openEngine(address, { ...(alarm && { alarm }) });
  if (await engine.read(one('SELECT source FROM unfinished_copy'))) {
    await engine.close();
    throw new StoreUnusable('The database holds an unfinished copy. Run the same pnpm coatcheck copy again.');
  }
  return createStore(engine, now && { clock: now });
}

/** For who would not make a new one. @throws {StoreUnusable} when there is none yet. */
export function requireDatabase(address: DatabaseAddress): void {
  if ('path' in address && !existsSync(address.path)) {
    throw new StoreUnusable(`There is no database at ${address.path}.`);
  }
}

/** What to tell whoever runs this where other users of the machine may come at the database; undefined: nothing. */
export const exposureAt = (address: DatabaseAddress): string | undefined =>
  'path' in address ? exposureOf(address.path) : undefined;

/** @param options `alone`: no other process may be using it. */
export async function openEngine(address: DatabaseAddress, options?: SqliteOptions): Promise<Engine> {
  return 'path' in address ? openSqlite(address.path, options) : openPostgres(address, options);
}

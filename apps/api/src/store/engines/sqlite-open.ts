import Database from 'better-sqlite3';
import { StoreUnusable } from '../errors.ts';
import { migrations } from './schema.ts';
import { isBusy } from './sqlite-errors.ts';
import { keepPrivate, makePrivate } from './sqlite-files.ts';
import { applicationId, lookAt } from './sqlite-mark.ts';

/** Milliseconds to wait for a lock while the file is opened. */
const lockWaitMs = 5_000;
/** Milliseconds to wait where no other connection is allowed: a lock then means that there is one. */
const aloneLockWaitMs = 500;
/** Bytes up to which the whole file is gone through, to check or to clean it; a larger one would keep people waiting. */
const maxWholeFileBytes = 32 * 1024 * 1024;
const dialect = { time: 'INTEGER', table: 'STRICT', byKey: 'STRICT, WITHOUT ROWID' };

/**
 * Opens the file, or makes it, and brings its schema up to date.
 * @param alone whether no other connection may have it open, now and until it is closed.
 * @throws {StoreUnusable} when it belongs to another program, is damaged, or is of a newer version;
 * the file is left as it was.
 */
export function openDatabase(path: string, alone: boolean): { db: Database.Database; isNew: boolean } {
  let db: Database.Database | undefined;
  try {
    requireOurs(path);
    const isNew = makePrivate(path);
    db = new Database(path, { timeout: alone ? aloneLockWaitMs : lockWaitMs });
    if (alone) requireAlone(db, path);
    requireSound(db, path);
    keepPrivate(path);
    db.pragma('journal_mode = WAL');
    // better-sqlite3's WAL default (NORMAL) can lose acknowledged commits when the power goes.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // `secure_delete` overwrites deleted rows with zeros, in freed pages as well.
    db.pragma('secure_delete = ON');
    migrate(db);
    if (db.pragma('synchronous', { simple: true }) !== 2)
      throw new StoreUnusable(`${path} does not keep synchronous = FULL.`);
    // SQLite waits for a lock by standing still, and all requests with it: from now on sqlite-queue.ts waits.
    db.pragma('busy_timeout = 0');
    return { db, isNew };
  } catch (error) {
    db?.close();
    if (error instanceof StoreUnusable) throw error;
    throw new StoreUnusable(`${path} cannot be opened as a database: ${(error as Error).message}.`);
  }
}

/** Locks the file for this connection, which works only while no other one is open. */
function requireAlone(db: Database.Database, path: string) {
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN IMMEDIATE; COMMIT');
  } catch (error) {
    if (isBusy(error)) throw new StoreUnusable(`${path} is in use: stop the servers on it first.`);
    throw error;
  }
}

/** Leaves a file that is not Coatcheck's without a trace, whatever another program is doing with it. */
function requireOurs(path: string) {
  const found = lookAt(path);
  if (found === 'none') throw new StoreUnusable(`${path} is not a database.`);
  if (found === 'foreign') {
    throw new StoreUnusable(
      `${path} is a database of another program: name a file of its own for Coatcheck.`,
    );
  }
}

function requireSound(db: Database.Database, path: string) {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) {
    throw new StoreUnusable(
      `${path} has schema ${version} and this version knows ${migrations.length}: start the newer version that wrote it.`,
    );
  }
  if (isSmall(db) && db.pragma('quick_check(1)', { simple: true }) !== 'ok') {
    throw new StoreUnusable(`${path} is damaged: restore it from a backup.`);
  }
}

/** @returns whether the file is small enough to be gone through as a whole. */
export function isSmall(db: Database.Database): boolean {
  const pages = db.pragma('page_count', { simple: true }) as number;
  const pageBytes = db.pragma('page_size', { simple: true }) as number;
  return pages * pageBytes <= maxWholeFileBytes;
}

/**
 * Migrates under the write lock, so that of several processes starting at once one migrates and the others find it
 * done.
 */
function migrate(db: Database.Database) {
  db.transaction(() => {
    const done = db.pragma('user_version', { simple: true }) as number;
    for (const sql of migrations.slice(done)) db.exec(sql(dialect));
    if (done < migrations.length) {
      db.pragma(`application_id = ${applicationId}`);
      db.pragma(`user_version = ${migrations.length}`);
    }
  }).immediate();
}

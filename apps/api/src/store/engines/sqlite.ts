import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { StoreUnavailable } from '../errors.ts';
import type { Engine } from './engine.ts';
import { isBusy, outages, rethrown, translated } from './sqlite-errors.ts';
import { watchFiles } from './sqlite-files.ts';
import { createLine } from './sqlite-line.ts';
import { isSmall, openDatabase } from './sqlite-open.ts';
import { type AccountRow, accounts, type SessionRow, sessions } from './tables.ts';
import { type Answer, one, type Statement, type Work } from './work.ts';

/** Pages of the log after which a write moves them into the file: SQLite's own default. */
const checkpointPages = 1_000;

const sessionByTicket = `SELECT ${sessions.columns} FROM sessions WHERE ticket_hash = ?`;
const accountById = `SELECT ${accounts.columns} FROM accounts WHERE id = ?`;

/**
 * SQLite, embedded in this process: one file, one connection, every statement prepared once.
 *
 * Writes are transactions that begin IMMEDIATE and hold no await inside: another request's statement could land in
 * them.
 * @param options `alone`: nobody else may have it open, now and until it is closed. `alarm` is told, once, when the
 * file was deleted or replaced.
 * @throws {StoreUnusable} when the file cannot be used; it is left as it was.
 */
export function openSqlite(path: string, { alone = false, alarm }: SqliteOptions = {}): Engine {
  const { db, isNew } = openDatabase(path, alone);
  const areSameFiles = watchFiles(path);
  let isLost = false;
  // A process before this one may have ended before it came to that.
  let toForget = !isNew;
  let scrubbing: Promise<void> | undefined;
  // Writes one after another would leave the scrubbing no moment to begin.
  const inLine = createLine(isBusy, () => scrubbing?.catch(() => undefined));
  const prepared = new Map<string, Database.Statement>();

  function answer({ sql, values }: Statement): Answer {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      prepared.set(sql, statement);
    }
    if (!statement.reader) return { rows: [], changes: statement.run(values).changes };
    const rows = statement.all(values);
    return { rows, changes: rows.length };
  }

  function run<T>(work: Work<T>): T {
    let step = work.next();
    while (!step.done) step = work.next(answer(step.value));
    return step.value;
  }

  /** @throws {StoreUnavailable} when what is written goes into a file that nobody will find again. */
  function requireSameFiles() {
    const wasLost = isLost;
    isLost = !areSameFiles();
    if (!isLost) return;
    const message = `${path} was deleted or replaced while it was open. Stop the server, put the right file there, and start it.`;
    if (!wasLost) alarm?.(message);
    throw new StoreUnavailable(message);
  }

  /** Answers at once, so that a work which only reads sees one state of this process; gives way only to a lock. */
  async function read<T>(work: Work<T>): Promise<T> {
    let step = work.next();
    while (!step.done) {
      const statement = step.value;
      let given: Answer;
      try {
        given = answer(statement);
      } catch (error) {
        if (!isBusy(error)) throw translated(error);
        given = await inLine(() => answer(statement)).catch(rethrown);
      }
      step = work.next(given);
    }
    return step.value;
  }

  /** Cleans the file in a thread of its own. Others wait for it when they write, and not when they read. */
  async function scrub() {
    // The thread opens what lies at the path, and another file there is not ours to change.
    if (!areSameFiles()) return;
    // Otherwise the next write here would move all that VACUUM wrote from the log into the file.
    db.pragma('wal_autocheckpoint = 0');
    // What is to be forgotten while it runs is for the next one.
    toForget = false;
    let isClean = false;
    try {
      const outcome = await scrubbed(path, isSmall(db));
      isClean = outcome.isClean;
      const { code, message } = outcome;
      if (code !== undefined && !outages.test(code)) throw new Error(message);
    } finally {
      if (!isClean) toForget = true;
      db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
    }
  }

  return {
    read,

    write: (work) =>
      inLine(() => {
        requireSameFiles();
        const outcome = db.transaction(() => run(work())).immediate();
        // Nobody is told that something was done which is lost.
        requireSameFiles();
        return outcome;
      }).catch(rethrown),

    // Two look-ups by key take a third of the time of a join.
    *lookUp(ticketHash) {
      const session = yield* one<SessionRow>(sessionByTicket, ticketHash);
      if (!session) return undefined;
      if (session.account_id === null) return { session, account: null };
      const account = yield* one<AccountRow>(accountById, session.account_id);
      return { session, account: account ?? null };
    },

    // Nobody else writes while a transaction does.
    lockingRows: '',

    forget() {
      toForget = true;
    },

    async tidy() {
      if (!toForget) return;
      scrubbing ??= scrub().finally(() => {
        scrubbing = undefined;
      });
      await scrubbing;
    },

    // What was acknowledged is on the disk: a log that cannot be emptied now is emptied by whoever opens it next.
    async close() {
      await scrubbing?.catch(() => undefined);
      try {
        db.pragma('wal_checkpoint(TRUNCATE)');
      } catch (error) {
        if (!(translated(error) instanceof StoreUnavailable)) throw error;
      } finally {
        db.close();
      }
    },
  };
}

export interface SqliteOptions {
  alone?: boolean;
  alarm?: (message: string) => void;
}

/** Runs the worker of sqlite-scrub.ts. @param whole whether the file is to be written anew, or its log emptied only. */
async function scrubbed(path: string, whole: boolean) {
  const worker = new Worker(new URL('./sqlite-scrub.ts', import.meta.url), {
    workerData: { path, whole },
    execArgv: [],
  });
  return new Promise<{ isClean: boolean; code?: string; message?: string }>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => resolve({ isClean: false }));
  });
}

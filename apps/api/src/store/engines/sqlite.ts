import { extname } from 'node:path';
import { setImmediate as giveWay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { StoreUnavailable } from '../errors.ts';
import type { Engine } from './engine.ts';
import { createSessionCache } from './session-cache.ts';
import { isBusy, outages, rethrown, translated } from './sqlite-errors.ts';
import { watchFiles } from './sqlite-files.ts';
import { isSmall, openDatabase } from './sqlite-open.ts';
import { createLockQueue } from './sqlite-queue.ts';
import { type AccountRow, accounts, type SessionRow, sessions } from './tables.ts';
import { one, type Result, type Statement, type Work } from './work.ts';

/**
 * Pages that stand in the log only, from which on they are moved into the file (a checkpoint). That takes some 20
 * microseconds a page, in which nobody is answered: with SQLite's own 1,000 pages every request would meet a stall of 20 ms
 * now and then.
 */
const checkpointPages = 250;
/** Pages of the log from which on SQLite moves them within a write: for writers that leave no turn to anything else. */
const maxLogPages = 1_000;

const sessionByTicket = `SELECT ${sessions.columns} FROM sessions WHERE ticket_hash = ?`;
const accountById = `SELECT ${accounts.columns} FROM accounts WHERE id = ?`;

/**
 * SQLite, embedded in this process: one file, one connection, every statement prepared once.
 *
 * Writes are transactions that begin IMMEDIATE and hold no await inside: another request's statement could land in
 * them.
 * @param options `alone`: no other connection may have the file open, now and until it is closed. `alarm` is called
 * once, with a sentence for people, when the file was deleted or replaced. `maxCached`: how many sessions, and how many
 * accounts, are known without a look-up at most.
 * @throws {StoreUnusable} when the file cannot be used; it is left as it was.
 */
export function openSqlite(path: string, { alone = false, alarm, maxCached }: SqliteOptions = {}): Engine {
  const { db, isNew } = openDatabase(path, alone);
  const limitLog = () => db.pragma(`wal_autocheckpoint = ${maxLogPages}`);
  limitLog();
  const logState = db.prepare<[], LogState>('PRAGMA wal_checkpoint(NOOP)');
  const areSameFiles = watchFiles(path);
  let isLost = false;
  // The process before this one may have ended before it overwrote what it deleted.
  let toOverwrite = !isNew;
  let scrubbing: Promise<void> | undefined;
  let isMoveDue = false;
  /** The rest of the turn in which the log was moved. */
  let moving: Promise<void> | undefined;
  // Without this, writes that follow each other would leave the scrubbing no moment to begin.
  const inTurn = createLockQueue(isBusy, () => scrubbing?.catch(() => undefined) ?? moving);
  const prepared = new Map<string, Database.Statement>();
  const cache = createSessionCache(db, maxCached);

  function execute({ sql, values }: Statement): Result {
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
    while (!step.done) step = work.next(execute(step.value));
    return step.value;
  }

  /** @throws {StoreUnavailable} when writes would go into a file that nobody will find again. */
  function requireSameFiles() {
    const wasLost = isLost;
    isLost = !areSameFiles();
    if (!isLost) return;
    const message = `${path} was deleted or replaced while it was open. Stop the server, put the right file there, and start it.`;
    if (!wasLost) alarm?.(message);
    throw new StoreUnavailable(message);
  }

  /**
   * Moves a long log into the file, in a turn that has no write before or after. Within a write, its answer and everybody
   * else would wait for the move as well.
   */
  async function moveLogSoon() {
    if (isMoveDue) return;
    isMoveDue = true;
    // What setImmediate begins still runs in the turn of the write, before timers and requests that are due.
    await giveWay();
    await giveWay();
    isMoveDue = false;
    if (!db.open || scrubbing) return;
    try {
      const { log, checkpointed } = logState.get() as LogState;
      if (log - checkpointed < checkpointPages) return;
      moving = giveWay().then(() => {
        moving = undefined;
      });
      db.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // The log holds all that was written. The next write tries again, as SQLite does.
    }
  }

  /**
   * Runs work that only reads in one turn of the event loop, so that it sees one state of this process. Only a lock
   * makes it wait.
   */
  async function read<T>(work: Work<T>): Promise<T> {
    let step = work.next();
    while (!step.done) {
      const statement = step.value;
      let result: Result;
      try {
        result = execute(statement);
      } catch (error) {
        if (!isBusy(error)) throw translated(error);
        result = await inTurn(() => execute(statement)).catch(rethrown);
      }
      step = work.next(result);
    }
    return step.value;
  }

  /** Overwrites deleted rows in a thread of its own. Writes wait for it, and reads do not. */
  async function scrub() {
    // The thread opens the file at the path. Another file there is not ours to change.
    if (!areSameFiles()) return;
    // Otherwise the next write here would move all that VACUUM wrote from the log into the file.
    db.pragma('wal_autocheckpoint = 0');
    // Rows that are deleted while it runs are overwritten by the next call.
    toOverwrite = false;
    let isClean = false;
    try {
      const outcome = await scrubbed(path, isSmall(db));
      isClean = outcome.isClean;
      const { code, message } = outcome;
      if (code !== undefined && !outages.test(code)) throw new Error(message);
    } finally {
      if (!isClean) toOverwrite = true;
      limitLog();
    }
  }

  return {
    read,

    write: (work) =>
      inTurn(() => {
        requireSameFiles();
        const outcome = db.transaction(() => run(work())).immediate();
        // The file may have been replaced during the commit. Then the write is reported as failed.
        requireSameFiles();
        void moveLogSoon();
        return outcome;
      }).catch(rethrown),

    // Two look-ups by key take a third of the time of a join.
    *lookUp(ticketHash) {
      const keep = cache.beforeLookUp();
      const session = yield* one<SessionRow>(sessionByTicket, ticketHash);
      if (!session) return undefined;
      const account =
        session.account_id === null ? undefined : yield* one<AccountRow>(accountById, session.account_id);
      const found = {
        session: sessions.toRecord(session),
        account: account ? accounts.toRecord(account) : null,
      };
      keep(found);
      return found;
    },

    recall: cache.recall,

    // While a transaction writes, no other connection does.
    lockingRows: '',

    noteErasure() {
      toOverwrite = true;
    },

    async overwriteErased() {
      if (!toOverwrite) return;
      scrubbing ??= scrub().finally(() => {
        scrubbing = undefined;
      });
      await scrubbing;
    },

    // Every acknowledged write is on the disk. A log that cannot be emptied now is emptied at the next opening.
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

/** Pages of the log: how many it has, and how many of them are in the file. */
export interface LogState {
  log: number;
  checkpointed: number;
}

/** See {@link openSqlite}. */
export interface SqliteOptions {
  alone?: boolean;
  alarm?: (message: string) => void;
  maxCached?: number;
}

/** Runs the worker of sqlite-scrub.ts. @param whole whether the file is to be written anew, or its log emptied only. */
async function scrubbed(path: string, whole: boolean) {
  // The package has this code compiled to .js.
  const worker = new Worker(new URL(`./sqlite-scrub${extname(import.meta.filename)}`, import.meta.url), {
    workerData: { path, whole },
    execArgv: [],
  });
  return new Promise<{ isClean: boolean; code?: string; message?: string }>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => resolve({ isClean: false }));
  });
}

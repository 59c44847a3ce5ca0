import type Database from 'better-sqlite3';
import type { Account, LiveSession, StoredSession } from '../records.ts';

/** Sessions, and accounts, that are kept at most unless another number is given. One of each takes about a kilobyte. */
const defaultMaxKept = 50_000;

/** The sessions that a process has looked up in a SQLite file, as long as nothing can have changed them. */
export interface SessionCache {
  /** @returns what a look-up would find now; undefined: only a look-up can tell. */
  recall(ticketHash: string): LiveSession | undefined;
  /**
   * Call it before a look-up begins.
   * @returns a function that keeps what the look-up found, unless something was written in the meantime.
   */
  beforeLookUp(): (found: LiveSession) => void;
}

/**
 * Makes the cache of a connection. What it gives is never out of date:
 * - A write of this connection forgets every session and account that it changes. SQLite itself says which, by triggers
 *   that only this connection has.
 * - A write of any other connection, of this process or another, changes `PRAGMA data_version`, which each call asks
 *   for. Then everything is forgotten.
 * @param maxKept how many sessions, and how many accounts, are kept at most.
 */
export function createSessionCache(db: Database.Database, maxKept = defaultMaxKept): SessionCache {
  const sessions = new Kept<StoredSession>(maxKept);
  const accounts = new Kept<Account>(maxKept);
  const dataVersion = db.prepare('PRAGMA data_version').pluck();
  let seenVersion: unknown;
  let changes = 0;

  const forget = (kept: Kept<object>) => (key: unknown) => {
    changes += 1;
    kept.delete(key as string);
    return null;
  };
  db.function('forget_session', forget(sessions));
  db.function('forget_account', forget(accounts));
  for (const event of ['UPDATE', 'DELETE']) {
    db.exec(`
      CREATE TEMP TRIGGER forget_session_after_${event} AFTER ${event} ON main.sessions
        BEGIN SELECT forget_session(OLD.ticket_hash); END;
      CREATE TEMP TRIGGER forget_account_after_${event} AFTER ${event} ON main.accounts
        BEGIN SELECT forget_account(OLD.id); END;`);
  }

  /** Forgets everything if another connection has written. @returns whether the database could tell. */
  function isCurrent(): boolean {
    try {
      const version = dataVersion.get();
      if (version === seenVersion) return true;
      changes += 1;
      sessions.clear();
      accounts.clear();
      seenVersion = version;
      return true;
    } catch {
      // The look-up meets the same error, and throws it.
      return false;
    }
  }

  return {
    recall(ticketHash) {
      if (!sessions.get(ticketHash) || !isCurrent()) return undefined;
      const session = sessions.get(ticketHash);
      const account = session?.accountId === null ? null : accounts.get(session?.accountId ?? '');
      return session && account !== undefined ? { session, account } : undefined;
    },

    beforeLookUp() {
      const before = isCurrent() ? changes : undefined;
      return ({ session, account }) => {
        if (before !== changes) return;
        sessions.set(session.ticketHash, session);
        if (account) accounts.set(account.id, account);
      };
    },
  };
}

/**
 * Records by key, at least the latest half of `max`. When as many new ones have come, all older ones go at once: to find
 * the oldest of thousands would take longer than a look-up.
 */
class Kept<Stored extends object> {
  readonly #max: number;
  #recent = new Map<string, Stored>();
  #older = new Map<string, Stored>();

  constructor(max: number) {
    this.#max = max;
  }

  get(key: string): Stored | undefined {
    return this.#recent.get(key) ?? this.#older.get(key);
  }

  /** Keeps a record, which nobody can change from now on. */
  set(key: string, record: Stored): void {
    if (this.#recent.size >= this.#max / 2) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, Object.freeze(record));
  }

  delete(key: string): void {
    this.#recent.delete(key);
    this.#older.delete(key);
  }

  clear(): void {
    this.#recent.clear();
    this.#older.clear();
  }
}

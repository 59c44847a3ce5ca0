import type { EndReason } from '@coatcheck/api-types';
import { RateLimiterSQLite } from 'rate-limiter-flexible';
import { migrations } from './migrations.ts';
import { type AccountRow, accountOf, accountRow, type SessionRow, sessionOf, sessionRow } from './rows.ts';
import { openDatabase, patiently, translated } from './sqlite.ts';
import {
  type FoundSession,
  keep,
  type LoginFailures,
  maxSessionsPerAccount,
  type NewSession,
  type Store,
} from './store.ts';

/**
 * The store in one SQLite file, embedded in this process.
 *
 * Every statement is prepared once. Writes are transactions that begin IMMEDIATE and hold no await inside: another
 * request's statement could land in them.
 * @throws {StoreUnusable} when the file cannot be used.
 */
export function openSqliteStore(path: string): Store {
  const db = openDatabase(path);
  const sql = {
    accountByName: db.prepare<[string], AccountRow>('SELECT * FROM accounts WHERE username = ?'),
    accountById: db.prepare<[string], AccountRow>('SELECT * FROM accounts WHERE id = ?'),
    insertAccount: db.prepare<AccountRow>(
      `INSERT INTO accounts (id, username, password_hash, display_name, email, created_at)
       VALUES (@id, @username, @password_hash, @display_name, @email, @created_at)
       ON CONFLICT (username) DO NOTHING`,
    ),
    setPasswordHash: db.prepare<[string, string]>('UPDATE accounts SET password_hash = ? WHERE id = ?'),

    session: db.prepare<[string], SessionRow>('SELECT * FROM sessions WHERE ticket_hash = ?'),
    insertSession: db.prepare<SessionRow>(
      `INSERT INTO sessions (ticket_hash, id, account_id, created_at, last_seen_at, idle_expires_at, expires_at,
         remember, address, browser, system, remembered)
       VALUES (@ticket_hash, @id, @account_id, @created_at, @last_seen_at, @idle_expires_at, @expires_at,
         @remember, @address, @browser, @system, @remembered)`,
    ),
    renewSession: db.prepare(
      `UPDATE sessions SET last_seen_at = max(last_seen_at, ?), idle_expires_at = min(max(idle_expires_at, ?), expires_at),
         address = ?
       WHERE ticket_hash = ?`,
    ),
    deleteSession: db.prepare<[string]>('DELETE FROM sessions WHERE ticket_hash = ?'),
    otherSessionsOf: db
      .prepare<[string, string], string>(
        'SELECT ticket_hash FROM sessions WHERE account_id = ? AND ticket_hash <> ? ORDER BY last_seen_at DESC',
      )
      .pluck(),
    expiredSessions: db.prepare<[number, number], SessionRow>(
      'SELECT * FROM sessions WHERE idle_expires_at <= ? ORDER BY idle_expires_at LIMIT ?',
    ),

    tombstone: db.prepare<[string], EndReason>('SELECT reason FROM tombstones WHERE ticket_hash = ?').pluck(),
    insertTombstone: db.prepare<[string, EndReason, number]>(
      'INSERT INTO tombstones (ticket_hash, reason, ended_at) VALUES (?, ?, ?)',
    ),

    failures: db.prepare<[string, string], LoginFailures>(
      'SELECT failures AS count, last_at AS lastAt FROM login_failures WHERE name_hash = ? AND network = ?',
    ),
    countFailure: db.prepare<[string, string, number, number], LoginFailures>(
      `INSERT INTO login_failures (name_hash, network, failures, last_at) VALUES (?, ?, 1, ?)
       ON CONFLICT (name_hash, network) DO UPDATE SET
         failures = CASE WHEN last_at <= ? THEN 1 ELSE failures + 1 END, last_at = max(last_at, excluded.last_at)
       RETURNING failures AS count, last_at AS lastAt`,
    ),
    clearFailures: db.prepare<[string, string]>(
      'DELETE FROM login_failures WHERE name_hash = ? AND network = ?',
    ),
    clearAllFailures: db.prepare<[string]>('DELETE FROM login_failures WHERE name_hash = ?'),
    familiar: db.prepare<[string, string, number], number>(
      'SELECT 1 FROM familiar_networks WHERE account_id = ? AND network = ? AND last_login_at > ?',
    ),
    makeFamiliar: db.prepare<[string, string, number]>(
      `INSERT INTO familiar_networks (account_id, network, last_login_at) VALUES (?, ?, ?)
       ON CONFLICT (account_id, network) DO UPDATE SET last_login_at = excluded.last_login_at`,
    ),

    sweeps: [
      ['tombstones', 'ended_at', keep.tombstones],
      ['login_failures', 'last_at', keep.loginFailures],
      ['familiar_networks', 'last_login_at', keep.familiarNetworks],
      ['windows', 'expire', 0],
    ].map(([table, column, kept]) => ({
      kept: Number(kept),
      // The rows' own keys, since tables WITHOUT ROWID have no other handle and DELETE no LIMIT.
      delete: db.prepare<[number, number]>(
        `DELETE FROM ${table} WHERE ${column} <= (
           SELECT max(${column}) FROM (SELECT ${column} FROM ${table} WHERE ${column} <= ? ORDER BY ${column} LIMIT ?))`,
      ),
    })),
  };

  const write = <T>(work: () => T): Promise<T> => patiently(() => db.transaction(work).immediate());
  const read = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw translated(error);
    }
  };

  function end(ticketHash: string, reason: EndReason, now: number): boolean {
    const ended = sql.deleteSession.run(ticketHash).changes === 1;
    if (ended) sql.insertTombstone.run(ticketHash, reason, now);
    return ended;
  }

  /** Starts a session in place of the one whose ticket was shown. */
  function start(session: NewSession, shownTicketHash: string | undefined) {
    const shown = shownTicketHash === undefined ? undefined : sql.session.get(shownTicketHash);
    const own = shown !== undefined && (shown.account_id === null || shown.account_id === session.accountId);
    sql.insertSession.run(sessionRow({ ...session, remembered: own ? JSON.parse(shown.remembered) : {} }));
    if (shown) end(shown.ticket_hash, 'replaced', session.createdAt);
    if (session.accountId !== null) {
      sql.makeFamiliar.run(session.accountId, session.network, session.createdAt);
    }
  }

  return {
    async findAccount(username) {
      const row = read(() => sql.accountByName.get(username));
      return row && accountOf(row);
    },

    register: (account, session, shownTicketHash) =>
      write(() => {
        if (sql.insertAccount.run(accountRow(account)).changes === 0) return 'username-taken';
        start(session, shownTicketHash);
        return 'registered';
      }),

    logIn: (session, { verifiedHash, newHash, failureKey }, shownTicketHash) =>
      write(() => {
        if (sql.accountById.get(session.accountId)?.password_hash !== verifiedHash)
          return 'credentials-changed';
        if (newHash !== undefined) sql.setPasswordHash.run(newHash, session.accountId);
        start(session, shownTicketHash);
        for (const surplus of sql.otherSessionsOf
          .all(session.accountId, session.ticketHash)
          .slice(maxSessionsPerAccount - 1)) {
          end(surplus, 'revoked', session.createdAt);
        }
        sql.clearFailures.run(failureKey.nameHash, failureKey.network);
        return 'logged-in';
      }),

    findSession(ticketHash, now): FoundSession | Promise<FoundSession> {
      return read(() => {
        const row = sql.session.get(ticketHash);
        if (row === undefined) return { live: false, reason: sql.tombstone.get(ticketHash) ?? 'unknown' };
        if (row.idle_expires_at <= now) {
          return write(() => {
            // Between the look and the lock another process may have renewed it; the first refusal stands.
            const reason = endOfTime(row);
            if (end(ticketHash, reason, now)) return { live: false, reason };
            return { live: false, reason: sql.tombstone.get(ticketHash) ?? 'unknown' };
          });
        }
        const account = row.account_id === null ? undefined : sql.accountById.get(row.account_id);
        return { live: true, session: sessionOf(row), account: account ? accountOf(account) : null };
      });
    },

    renewSession: (ticketHash, { lastSeenAt, idleExpiresAt, address }) =>
      write(() => void sql.renewSession.run(lastSeenAt, idleExpiresAt, address, ticketHash)),

    endSession: (ticketHash, reason, now) =>
      write(() => (end(ticketHash, reason, now) ? 'ended' : 'not-live')),

    setPassword: (username, { passwordHash, nameHash }, now) =>
      write(() => {
        const account = sql.accountByName.get(username);
        if (account === undefined) return 'no-such-account';
        sql.setPasswordHash.run(passwordHash, account.id);
        for (const ticketHash of sql.otherSessionsOf.all(account.id, '')) end(ticketHash, 'revoked', now);
        sql.clearAllFailures.run(nameHash);
        return 'set';
      }),

    async loginFailures({ nameHash, network }) {
      return read(() => sql.failures.get(nameHash, network)) ?? { count: 0, lastAt: 0 };
    },
    countLoginFailure: ({ nameHash, network }, now, forgetAfter) =>
      write(() => sql.countFailure.get(nameHash, network, now, now - forgetAfter) as LoginFailures),
    async isFamiliarNetwork(accountId, network, since) {
      return read(() => sql.familiar.get(accountId, network, since)) !== undefined;
    },

    windowLimiter(name, points, seconds) {
      const limiter = new RateLimiterSQLite({
        storeClient: db,
        storeType: 'better-sqlite3',
        tableName: 'windows',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        points,
        duration: seconds,
      });
      const standing = (result: { consumedPoints: number; msBeforeNext: number } | null) => ({
        taken: result?.consumedPoints ?? 0,
        endsIn: Math.max(result?.msBeforeNext ?? 0, 0),
      });
      return {
        get: async (key) => standing(await patiently(() => limiter.get(key))),
        take: async (key) => standing(await patiently(() => limiter.penalty(key, 1))),
        giveBack: async (key) => void (await patiently(() => limiter.reward(key, 1))),
      };
    },

    sweep: (now, batch) =>
      write(() => {
        const expired = sql.expiredSessions.all(now, batch);
        for (const row of expired) end(row.ticket_hash, endOfTime(row), now);
        const swept = sql.sweeps.map(({ kept, delete: remove }) => remove.run(now - kept, batch).changes);
        return Math.max(expired.length, ...swept);
      }),

    // Only a commit that reaches the disk shows that the disk takes one.
    ready: () => write(() => void db.pragma(`user_version = ${migrations.length}`)),
    close: () => {
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.close();
    },
  };
}

/** Which of its limits a session reached: the idle limit lies before the absolute one or on it. */
const endOfTime = (row: SessionRow): EndReason =>
  row.idle_expires_at < row.expires_at ? 'expired-idle' : 'expired-absolute';

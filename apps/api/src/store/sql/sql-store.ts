import type { EndReason } from '@coatcheck/api-types';
import type { Engine } from '../engines/engine.ts';
import {
  type AccountRow,
  accounts,
  columnOf,
  type EventRow,
  events,
  type SessionRow,
  sessions,
} from '../engines/tables.ts';
import { all, change, insert, one, type Work } from '../engines/work.ts';
import { StoreUnavailable } from '../errors.ts';
import type {
  AccountProfile,
  Actor,
  Dossier,
  FailureKey,
  FoundSession,
  NetworkFailures,
  NewSession,
} from '../records.ts';
import { emptyProfile } from '../records.ts';
import { maxSessionsPerAccount, retentionMs } from '../retention.ts';
import type { Store } from '../store.ts';
import { windowsOfAccounts } from '../windows.ts';
import { idOfHour, isNewDevice, record } from './activity.ts';
import { assetsIn } from './assets.ts';
import { watchWrites } from './readiness.ts';
import { isAhead, limitReached, presentSession, tombstone } from './session-times.ts';
import { erase, sweeping } from './sweep.ts';
import { windowLimiter } from './windows.ts';

const accountById = `SELECT ${accounts.columns} FROM accounts WHERE id = ? AND password_hash <> 'leaving'`;

/**
 * The store over either engine: what is asked of it is said here, once, in SQL that both understand.
 * @param clock for its windows, to which callers do not pass the time.
 */
export function createStore(unwatched: Engine, clock: () => number = Date.now): Store {
  const { watched: engine, ready } = watchWrites(unwatched);
  const { read, write, lookUp } = engine;
  // Whoever writes sessions of an account holds its row first, so that logins and a new password come one by one.
  const heldAccount = `${accountById} ${engine.lockingRows}`;

  /** Ends one live session. */
  function* end(ticketHash: string, reason: EndReason, now: number): Work<SessionRow | undefined> {
    const row = yield* one<SessionRow>(
      `DELETE FROM sessions WHERE ticket_hash = ? RETURNING ${sessions.columns}`,
      ticketHash,
    );
    if (row) yield* insert('tombstones', [tombstone(ticketHash, reason, now)]);
    return row;
  }

  /** Starts a session in place of the one whose ticket was shown. */
  function* start(session: NewSession, shownTicketHash: string | undefined): Work<void> {
    const shown =
      shownTicketHash === undefined ? undefined : yield* end(shownTicketHash, 'replaced', session.createdAt);
    const own = shown !== undefined && (shown.account_id === null || shown.account_id === session.accountId);
    const remembered = own ? JSON.parse(shown.remembered) : {};
    yield* insert('sessions', [sessions.toRow({ ...session, remembered })]);
    if (session.accountId === null) return;
    yield* change(
      `INSERT INTO familiar_networks (account_id, network, last_login_at) VALUES (?, ?, ?)
       ON CONFLICT (account_id, network) DO UPDATE SET last_login_at = excluded.last_login_at`,
      ...[session.accountId, session.network, session.createdAt],
    );
  }

  /** Ends all sessions of an account but the one with this ticket. */
  function* endOthers(accountId: string, keptHash: string, now: number): Work<{ id: string }[]> {
    const ended = yield* all<{ ticket_hash: string; id: string }>(
      'DELETE FROM sessions WHERE account_id = ? AND ticket_hash <> ? RETURNING ticket_hash, id',
      ...[accountId, keptHash],
    );
    yield* insert(
      'tombstones',
      ended.map((row) => tombstone(row.ticket_hash, 'revoked', now)),
    );
    return ended;
  }

  function* whyNot(ticketHash: string): Work<FoundSession> {
    const sql = 'SELECT reason FROM tombstones WHERE ticket_hash = ?';
    const grave = yield* one<{ reason: EndReason }>(sql, ticketHash);
    return { live: false, reason: grave?.reason ?? 'unknown' };
  }

  function* find(ticketHash: string, now: number): Work<FoundSession> {
    const found = yield* lookUp(ticketHash);
    if (!found) return yield* whyNot(ticketHash);
    const { session, account } = found;
    const presently = presentSession(session, now);
    // Refused, and not ended: when this clock was behind, it goes on once that is right.
    if (isAhead(session, now) && now >= presently.idleExpiresAt) {
      return { live: false, reason: limitReached(presently) };
    }
    return { live: true, session: presently, account: account && accounts.toRecord(account) };
  }

  const failuresOf = (nameHash: string) =>
    all<NetworkFailures>(
      'SELECT network, failures AS count, last_at AS "lastAt" FROM login_failures WHERE name_hash = ?',
      nameHash,
    );

  function* dossier(accountId: string, nameHash: string): Work<Dossier | undefined> {
    const own = (columns: string, table: string) => `SELECT ${columns} FROM ${table} WHERE account_id = ?`;
    const account = yield* one<AccountRow>(accountById, accountId);
    if (!account) return undefined;
    const rows = yield* all<SessionRow>(own(sessions.columns, 'sessions'), accountId);
    return {
      account: accounts.toRecord(account),
      sessions: rows.map(sessions.toRecord),
      familiarNetworks: yield* all(
        own('network, last_login_at AS "lastLoginAt"', 'familiar_networks'),
        accountId,
      ),
      loginFailures: yield* failuresOf(nameHash),
    };
  }

  return {
    async findAccount(username) {
      const row = await read(
        one<AccountRow>(`SELECT ${accounts.columns} FROM accounts WHERE username = ?`, username),
      );
      return row && accounts.toRecord(row);
    },

    register: (account, session, shownTicketHash) =>
      write(function* () {
        const made = yield* insert(
          'accounts',
          [accounts.toRow(account)],
          'ON CONFLICT (username) DO NOTHING',
        );
        if (made === 0) return 'username-taken';
        yield* start(session, shownTicketHash);
        yield* record(account.id, 'registered', actorOf(session), session.createdAt);
        return 'registered';
      }),

    logIn: (session, { verifiedHash, newHash, failureKey }, shownTicketHash) =>
      write(function* () {
        const { accountId, createdAt } = session;
        const account = yield* one<AccountRow>(heldAccount, accountId);
        if (account?.password_hash !== verifiedHash) return 'credentials-changed';
        if (newHash !== undefined) {
          yield* change('UPDATE accounts SET password_hash = ? WHERE id = ?', newHash, accountId);
        }
        yield* start(session, shownTicketHash);
        const by = actorOf(session);
        const newDevice = yield* isNewDevice(accountId, by);
        yield* record(accountId, 'logged-in', by, createdAt, { newDevice });
        const others = yield* all<{ ticket_hash: string }>(
          'SELECT ticket_hash FROM sessions WHERE account_id = ? AND ticket_hash <> ? ORDER BY last_seen_at DESC',
          ...[accountId, session.ticketHash],
        );
        for (const surplus of others.slice(maxSessionsPerAccount - 1)) {
          yield* end(surplus.ticket_hash, 'revoked', createdAt);
        }
        for (const network of countedUnder(failureKey)) {
          const sql = 'DELETE FROM login_failures WHERE name_hash = ? AND network = ?';
          yield* change(sql, failureKey.nameHash, network);
        }
        return 'logged-in';
      }),

    async findSession(ticketHash, now) {
      const found = await read(find(ticketHash, now));
      if (!found.live || now < found.session.idleExpiresAt) return found;
      // Between the look and the write another process may have renewed or ended it: the first refusal stands.
      return write(function* () {
        const row = yield* end(ticketHash, limitReached(found.session), now);
        return row ? { live: false, reason: limitReached(found.session) } : yield* whyNot(ticketHash);
      });
    },

    renewSession: (ticketHash, { lastSeenAt, idleExpiresAt, address }) =>
      write(function* () {
        yield* change(
          `UPDATE sessions SET
             last_seen_at = CASE WHEN last_seen_at < ? THEN ? ELSE last_seen_at END,
             idle_expires_at = CASE WHEN expires_at < ? THEN expires_at
                                    WHEN idle_expires_at < ? THEN ?
                                    ELSE idle_expires_at END,
             address = ?,
             ahead_since = CASE WHEN last_seen_at < ? THEN NULL ELSE ahead_since END
           WHERE ticket_hash = ?`,
          ...[
            lastSeenAt,
            lastSeenAt,
            idleExpiresAt,
            idleExpiresAt,
            idleExpiresAt,
            address,
            lastSeenAt,
            ticketHash,
          ],
        );
      }),

    startGuest: (session, remembered) =>
      write(function* () {
        yield* insert('sessions', [sessions.toRow({ ...session, remembered })]);
      }),

    remember: (ticketHash, decide) =>
      write(function* () {
        const row = yield* one<{ remembered: string }>(
          `SELECT remembered FROM sessions WHERE ticket_hash = ? ${engine.lockingRows}`,
          ticketHash,
        );
        if (!row) return undefined;
        const remembered = decide(JSON.parse(row.remembered));
        yield* change(
          'UPDATE sessions SET remembered = ? WHERE ticket_hash = ?',
          ...[JSON.stringify(remembered), ticketHash],
        );
        return remembered;
      }),

    logOut: (ticketHash, by, now) =>
      write(function* () {
        const ended = yield* end(ticketHash, 'logged-out', now);
        if (!ended) return 'not-live';
        if (ended.account_id !== null) yield* record(ended.account_id, 'logged-out', by, now);
        return 'ended';
      }),

    async sessionsOf(accountId, now) {
      const rows = await read(
        all<SessionRow>(
          `SELECT ${sessions.columns} FROM sessions WHERE account_id = ? AND idle_expires_at > ?
           ORDER BY last_seen_at DESC, id`,
          ...[accountId, now],
        ),
      );
      return rows
        .map((row) => presentSession(row, now))
        .filter(({ idleExpiresAt }) => idleExpiresAt > now)
        .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt);
    },

    endSessionOf: (accountId, id, by, now) =>
      write(function* () {
        const ended = yield* one<{ ticket_hash: string }>(
          'DELETE FROM sessions WHERE id = ? AND account_id = ? AND idle_expires_at > ? RETURNING ticket_hash',
          ...[id, accountId, now],
        );
        if (!ended) return 'not-found';
        yield* insert('tombstones', [tombstone(ended.ticket_hash, 'revoked', now)]);
        yield* record(accountId, 'session-ended', by, now);
        return 'ended';
      }),

    endOtherSessions: (accountId, keptHash, by, now) =>
      write(function* () {
        // A login that is under way comes before or after, never in between.
        yield* one(heldAccount, accountId);
        const ended = yield* endOthers(accountId, keptHash, now);
        if (ended.length > 0) {
          yield* record(accountId, 'session-ended', by, now, { count: ended.length });
        }
        return ended.map(({ id }) => id);
      }),

    changeProfile: (accountId, change, by, now) =>
      write(function* () {
        const row = yield* one<AccountRow>(heldAccount, accountId);
        if (!row) return undefined;
        const profile = { ...accounts.toRecord(row), ...change };
        const changed = yield* one<AccountRow>(
          `UPDATE accounts SET ${settingProfile('?')} WHERE id = ? RETURNING ${accounts.columns}`,
          ...[...profileFields.map((field) => profile[field]), accountId],
        );
        const id = idOfHour(accountId, 'profile-changed', by.sessionId ?? '', now);
        yield* record(accountId, 'profile-changed', by, now, { id });
        return changed && accounts.toRecord(changed);
      }),

    changePassword: (accountId, { passwordHash, verifiedHash, nameHash }, { shownHash, newHash }, by, now) =>
      write(function* () {
        const account = yield* one<AccountRow>(heldAccount, accountId);
        const shown = yield* one(
          'SELECT id FROM sessions WHERE ticket_hash = ? AND account_id = ?',
          ...[shownHash, accountId],
        );
        if (!shown) return 'not-live';
        if (account?.password_hash !== verifiedHash) return 'credentials-changed';
        const renamed = 'UPDATE sessions SET ticket_hash = ? WHERE ticket_hash = ?';
        // Logged out since the look, where others may write meanwhile.
        if ((yield* change(renamed, newHash, shownHash)) === 0) return 'not-live';
        yield* insert('tombstones', [tombstone(shownHash, 'replaced', now)]);
        yield* endOthers(accountId, newHash, now);
        yield* change('UPDATE accounts SET password_hash = ? WHERE id = ?', passwordHash, accountId);
        yield* change('DELETE FROM login_failures WHERE name_hash = ?', nameHash);
        yield* record(accountId, 'password-changed', by, now);
        return 'changed';
      }),

    setPassword: (username, { passwordHash, nameHash }, now) =>
      write(function* () {
        const account = yield* one<{ id: string }>(
          'UPDATE accounts SET password_hash = ? WHERE username = ? RETURNING id',
          ...[passwordHash, username],
        );
        if (!account) return 'no-such-account';
        yield* endOthers(account.id, '', now);
        yield* change('DELETE FROM login_failures WHERE name_hash = ?', nameHash);
        yield* record(account.id, 'password-reset', whoRunsTheServer, now);
        return 'set';
      }),

    async deleteAccount(accountId, { verifiedHash, nameHash }, now) {
      const outcome = await write(function* () {
        const account = yield* one<AccountRow>(heldAccount, accountId);
        if (account?.password_hash !== verifiedHash) return 'credentials-changed';
        yield* endOthers(accountId, '', now);
        yield* change('DELETE FROM familiar_networks WHERE account_id = ?', accountId);
        yield* change('DELETE FROM login_failures WHERE name_hash = ?', nameHash);
        for (const name of Object.values(windowsOfAccounts)) {
          yield* change('DELETE FROM windows WHERE key = ?', `${name}:${accountId}`);
        }
        // Its events are many, perhaps: what is left from here on belongs to nobody, and goes in pieces.
        yield* change(
          `UPDATE accounts SET username = ?, password_hash = 'leaving', ${settingProfile('NULL')} WHERE id = ?`,
          ...[`~${accountId}`, accountId],
        );
        return 'deleted';
      });
      if (outcome === 'deleted') await erase(engine, accountId).catch(leaveToTheSweep);
      engine.forget();
      return outcome;
    },

    loginFailures: (nameHash) => read(failuresOf(nameHash)),

    countLoginFailure: (key, meant, now) =>
      write(function* () {
        // What was last is what was counted last: a time that a wrong clock wrote does not stay.
        yield* insert(
          'login_failures',
          countedUnder(key).map((network) => ({
            name_hash: key.nameHash,
            network,
            failures: 1,
            last_at: now,
          })),
          `ON CONFLICT (name_hash, network) DO UPDATE SET
             failures = CASE WHEN login_failures.last_at <= excluded.last_at - ${retentionMs.loginFailures} THEN 1
                             ELSE login_failures.failures + 1 END,
             last_at = excluded.last_at`,
        );
        // The same questions whether there is such an account or not, so that nobody learns it from the time they take.
        const accountId = meant.accountId ?? '';
        yield* one(heldAccount, accountId);
        // Strangers must not fill the list: one event for each of their networks and hours.
        const id = idOfHour(accountId, meant.type, key.network, now);
        yield* record(accountId, meant.type, meant.by, now, { id });
      }),

    async isFamiliarNetwork(accountId, network, since) {
      const sql = `SELECT last_login_at FROM familiar_networks
                   WHERE account_id = ? AND network = ? AND last_login_at > ?`;
      return (await read(one(sql, accountId, network, since))) !== undefined;
    },

    async eventsOf(accountId, limit, before) {
      const behind = before ? 'AND (at, id) < (?, ?)' : '';
      const rows = await read(
        all<EventRow>(
          `SELECT ${events.columns} FROM events WHERE account_id = ? ${behind} ORDER BY at DESC, id DESC LIMIT ?`,
          ...[accountId, ...(before ? [before.at, before.id] : []), limit],
        ),
      );
      return rows.map(events.toRecord);
    },

    everythingAbout: (accountId, nameHash) => read(dossier(accountId, nameHash)),

    windowLimiter: (name, seconds) => windowLimiter(engine, clock, name, seconds),

    ...assetsIn(engine),

    sweep: sweeping(engine),

    ready,
    close: engine.close,
  };
}

const profileFields = Object.keys(emptyProfile) as (keyof AccountProfile)[];
const settingProfile = (value: string) =>
  profileFields.map((field) => `${columnOf(field)} = ${value}`).join(', ');

/** The counts under which a try falls, in an order in which two transactions never wait for each other. */
const countedUnder = ({ network, familiar }: FailureKey) => (familiar ? [network] : ['', network]);

/** Who starts a session, for the activity. */
const actorOf = ({ address, browser, system, id }: NewSession): Actor => ({
  address,
  browser,
  system,
  sessionId: id,
});
const whoRunsTheServer: Actor = { address: null, browser: null, system: null, sessionId: null };

/** The person is gone whatever happens; of what is left the next sweep takes care. */
function leaveToTheSweep(error: unknown): void {
  if (!(error instanceof StoreUnavailable)) throw error;
}

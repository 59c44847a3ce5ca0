import type { Engine } from '../engines/engine.ts';
import { type SessionRow, sessions } from '../engines/tables.ts';
import { all, change, insert, one, type Work } from '../engines/work.ts';
import type { FoundSession } from '../records.ts';
import { recordOf } from '../session-record.ts';
import type { SessionStore } from '../sessions.ts';
import { holdAccountRow } from './account-rows.ts';
import { recordEvent } from './activity.ts';
import { takeLinksBack } from './link-rows.ts';
import { endOf, endSession, endSessionsBut, writeTombstones } from './session-rows.ts';
import { isAhead, limitReached, presentSession } from './session-times.ts';

/** Sessions that one statement asks for: it takes a millisecond or two. */
const maxIdsAtOnce = 250;

/** @returns the part of the store that keeps sessions after their start. */
export function createSessionStore(engine: Engine): SessionStore {
  const { read, write, lookUp, recall } = engine;

  function* find(ticketHash: string, now: number): Work<FoundSession> {
    const found = yield* lookUp(ticketHash);
    if (!found) return yield* endOf(ticketHash);
    const session = presentSession(found.session, now);
    // Refused, and not ended: when this clock was behind, the session goes on once the clock is right.
    if (isAhead(found.session, now) && now >= session.idleExpiresAt) {
      return { live: false, reason: limitReached(session) };
    }
    return { live: true, session, account: found.account };
  }

  return {
    recallSession(ticketHash, now) {
      const found = recall(ticketHash);
      return found && now < found.session.idleExpiresAt && !isAhead(found.session, now) ? found : undefined;
    },

    async findSession(ticketHash, now) {
      const found = await read(find(ticketHash, now));
      if (!found.live || now < found.session.idleExpiresAt) return found;
      // Between the look and the write another process may have renewed or ended it: the first refusal stands.
      return write(function* () {
        const reason = limitReached(found.session);
        return (yield* endSession(ticketHash, reason, now))
          ? { live: false, reason }
          : yield* endOf(ticketHash);
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
             address = COALESCE(?, address),
             ahead_since = CASE WHEN last_seen_at < ? THEN NULL ELSE ahead_since END
           WHERE ticket_hash = ?`,
          ...[lastSeenAt, lastSeenAt],
          ...[idleExpiresAt, idleExpiresAt, idleExpiresAt],
          ...[address, lastSeenAt, ticketHash],
        );
      }),

    startGuest: (session, remembered) =>
      write(function* () {
        yield* insert('sessions', [sessions.toRow(recordOf(session, remembered))]);
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
        const ended = yield* endSession(ticketHash, 'logged-out', now);
        if (!ended) return 'not-live';
        if (ended.account_id !== null) yield* recordEvent(ended.account_id, 'logged-out', by, now);
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
        .map((row) => presentSession(sessions.toRecord(row), now))
        .filter(({ idleExpiresAt }) => idleExpiresAt > now)
        .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt);
    },

    async liveAmong(ids, now) {
      const live = new Set<string>();
      for (let at = 0; at < ids.length; at += maxIdsAtOnce) {
        const some = ids.slice(at, at + maxIdsAtOnce);
        const places = some.map(() => '?').join(', ');
        const rows = await read(
          all<SessionRow>(`SELECT ${sessions.columns} FROM sessions WHERE id IN (${places})`, ...some),
        );
        for (const row of rows) {
          const { id, idleExpiresAt } = presentSession(sessions.toRecord(row), now);
          if (now < idleExpiresAt) live.add(id);
        }
      }
      return live;
    },

    endSessionOf: (accountId, id, by, now) =>
      write(function* () {
        // As where a link is used: the account's row first, then the others.
        yield* holdAccountRow(engine, accountId);
        const ended = yield* one<{ ticket_hash: string }>(
          'DELETE FROM sessions WHERE id = ? AND account_id = ? AND idle_expires_at > ? RETURNING ticket_hash',
          ...[id, accountId, now],
        );
        if (!ended) return 'not-found';
        yield* writeTombstones([{ ticketHash: ended.ticket_hash, reason: 'revoked' }], now);
        // Whoever had that session may have made a link with which to come back.
        yield* takeLinksBack(accountId, ['device'], now);
        yield* recordEvent(accountId, 'session-ended', by, now);
        return 'ended';
      }),

    endOtherSessions: (accountId, keptHash, by, now) =>
      write(function* () {
        // A login that is under way comes before or after, never in between.
        yield* holdAccountRow(engine, accountId);
        const ended = yield* endSessionsBut(accountId, keptHash, now);
        if (ended.length > 0) {
          yield* recordEvent(accountId, 'session-ended', by, now, { count: ended.length });
        }
        return ended;
      }),
  };
}

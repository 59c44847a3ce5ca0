import { randomUUID } from 'node:crypto';
import { setImmediate as giveWay } from 'node:timers/promises';
import type { EventType } from '@coatcheck/api-types';
import type { Engine } from '../engines/engine.ts';
import { type SessionRow, sessions } from '../engines/tables.ts';
import { all, change, insert, one, type Work } from '../engines/work.ts';
import { retentionMs } from '../retention.ts';
import { trim } from './activity.ts';
import { limitReached, maxClockSkewMs, tombstone } from './session-times.ts';

const minute = 60_000;
/** Milliseconds a process keeps a duty after it was last seen at it. */
const dutyLasts = 90_000;
/** Milliseconds that no limiter's window is longer than. */
const longestWindow = 24 * 60 * minute;
/** Milliseconds until whoever began to write an event has written it. */
const settled = minute;
/** Events of an account that leaves which are removed at a time. */
const erasedAtOnce = 100;

/** Tables whose rows go some time after what a column says. */
const swept = [
  ['tombstones', 'ended_at', retentionMs.tombstones],
  ['login_failures', 'last_at', retentionMs.loginFailures],
  ['familiar_networks', 'last_login_at', retentionMs.familiarNetworks],
  ['events', 'at', retentionMs.events],
  ['assets', 'put_at', retentionMs.assets],
  ['windows', 'expire', 0],
] as const;
type SweptTable = (typeof swept)[number];

/** How the store sweeps: see `Store.sweep`. */
export function sweeping(engine: Engine) {
  const me = randomUUID();

  /** Whether this process is the one that sweeps now. A duty that is held for longer than it lasts is free. */
  function* takeDuty(now: number): Work<boolean> {
    const held = now + dutyLasts;
    const sql = `UPDATE duties SET held_by = ?, held_until = ?
                 WHERE name = 'sweep' AND (held_by = ? OR held_until <= ? OR held_until > ?)`;
    return (yield* change(sql, me, held, me, now, held)) > 0;
  }

  return async (now: number, batch: number): Promise<number> => {
    await eraseThoseWhoLeft(engine);
    await engine.tidy();
    if (!(await engine.write(() => takeDuty(now)))) return 0;
    const steps = [
      () => endSessions(now, batch),
      () => noteSessionsAhead(now, batch),
      ...swept.map((table) => () => forget(table, now, batch)),
      () => forgetWindowsAhead(now, batch),
      () => thin(now, batch),
    ];
    let most = 0;
    for (const step of steps) {
      most = Math.max(most, await engine.write(step));
      // Each in a turn of its own: all of them in one would hold everybody up.
      await giveWay();
    }
    return most;
  };
}

function* endSessions(now: number, batch: number): Work<number> {
  const ended = yield* all<SessionRow>(
    `DELETE FROM sessions WHERE idle_expires_at <= ? AND ticket_hash IN (
       SELECT ticket_hash FROM sessions WHERE idle_expires_at <= ? ORDER BY idle_expires_at LIMIT ?)
     RETURNING ${sessions.columns}`,
    ...[now, now, batch],
  );
  yield* insert(
    'tombstones',
    ended.map((row) => tombstone(row.ticket_hash, limitReached(sessions.toRecord(row)), now)),
  );
  return ended.length;
}

/**
 * Notes since when sessions are known to lie in the future, from which their time there is counted. Nothing else of
 * them is changed: whether a clock was ahead or this one is behind, no database can tell.
 */
function* noteSessionsAhead(now: number, batch: number): Work<number> {
  return yield* change(
    `UPDATE sessions SET ahead_since = ? WHERE ticket_hash IN (
       SELECT ticket_hash FROM sessions WHERE last_seen_at > ? AND (ahead_since IS NULL OR ahead_since > ?)
       LIMIT ?)`,
    ...[now, now + maxClockSkewMs, now, batch],
  );
}

/** No limiter counts them any more, and they would stay until the clock is there. */
function* forgetWindowsAhead(now: number, batch: number): Work<number> {
  return yield* change(
    'DELETE FROM windows WHERE key IN (SELECT key FROM windows WHERE expire > ? LIMIT ?)',
    ...[now + longestWindow, batch],
  );
}

function* forget([table, column, kept]: SweptTable, now: number, batch: number): Work<number> {
  return yield* change(
    // Up to the time of the last of a batch: tables kept by key have no other handle, and DELETE knows no LIMIT.
    `DELETE FROM ${table} WHERE ${column} <= (SELECT max(${column}) FROM
       (SELECT ${column} FROM ${table} WHERE ${column} <= ? ORDER BY ${column} LIMIT ?) AS oldest)`,
    ...[now - kept, batch],
  );
}

/**
 * Thins the activity of accounts that have too much. The events since the last time say which those may be, and the
 * database keeps up to where that was, so that neither a restart nor another process leaves one out.
 */
function* thin(now: number, batch: number): Work<number> {
  const sql = `SELECT held_until AS at, held_by AS id FROM duties WHERE name = 'thin'`;
  const done = yield* one<{ at: number; id: string }>(sql);
  const events = yield* all<{ id: string; account_id: string; type: EventType; at: number }>(
    'SELECT id, account_id, type, at FROM events WHERE (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?',
    ...[Math.min(done?.at ?? 0, now - settled), done?.id ?? '', now - settled, batch],
  );
  const last = events.at(-1);
  if (!last) return 0;
  const written = new Map(events.map((event) => [`${event.account_id} ${event.type}`, event]));
  for (const { account_id, type } of written.values()) {
    // More of this account is to go: the next step begins with the same events.
    if ((yield* trim(account_id, type, batch)) === batch) return batch;
  }
  yield* change(`UPDATE duties SET held_until = ?, held_by = ? WHERE name = 'thin'`, last.at, last.id);
  return events.length === batch ? batch : 0;
}

/** Removes what is left of accounts that were deleted while the server was stopped or its database failed. */
async function eraseThoseWhoLeft(engine: Engine): Promise<void> {
  const sql = `SELECT id FROM accounts WHERE password_hash = 'leaving' LIMIT 1`;
  for (;;) {
    const account = await engine.read(one<{ id: string }>(sql));
    if (!account) return;
    await erase(engine, account.id);
    engine.forget();
  }
}

/** Removes an account and its events, a piece at a time: ten thousand at once would keep everybody waiting. */
export async function erase(engine: Engine, accountId: string): Promise<void> {
  for (let isGone = false; !isGone; ) {
    isGone = await engine.write(function* () {
      const removed = yield* change(
        'DELETE FROM events WHERE id IN (SELECT id FROM events WHERE account_id = ? LIMIT ?)',
        ...[accountId, erasedAtOnce],
      );
      if (removed === erasedAtOnce) return false;
      yield* change(`DELETE FROM accounts WHERE id = ? AND password_hash = 'leaving'`, accountId);
      return true;
    });
    await giveWay();
  }
}

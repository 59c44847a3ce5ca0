import { randomUUID } from 'node:crypto';
import { setImmediate as giveWay } from 'node:timers/promises';
import type { Engine } from '../engines/engine.ts';
import { type SessionRow, sessions } from '../engines/tables.ts';
import { all, change, type Work } from '../engines/work.ts';
import { retentionMs, type StoreCaps } from '../retention.ts';
import type { Store } from '../store.ts';
import { eraseLeavingAccounts } from './erase.ts';
import { writeTombstones } from './session-rows.ts';
import { limitReached, maxClockSkewMs } from './session-times.ts';
import { thinActivity } from './thin.ts';

/** Milliseconds for which a process holds the sweep after its last step. */
const leaseMs = 90_000;
/** Milliseconds that no limiter's window exceeds. */
const maxWindowMs = 24 * 60 * 60_000;

/** Tables, the column that says from when a row is over, and milliseconds for which it is kept then. */
const sweptTables = [
  ['tombstones', 'ended_at', retentionMs.tombstones],
  ['login_failures', 'last_at', retentionMs.loginFailures],
  ['familiar_networks', 'last_login_at', retentionMs.familiarNetworks],
  ['events', 'at', retentionMs.events],
  ['assets', 'put_at', retentionMs.assets],
  ['windows', 'expire', 0],
  ['links', 'over_at', retentionMs.links],
  ['challenges', 'expires_at', 0],
] as const;
type SweptTable = (typeof sweptTables)[number];

/** @returns the sweep of a store: see `Store.sweep`. */
export function createSweep(engine: Engine, caps: StoreCaps): Store['sweep'] {
  const me = randomUUID();

  /** @returns whether this process is the one that sweeps now. A lease for longer than `leaseMs` is void. */
  function* takeLease(now: number): Work<boolean> {
    const until = now + leaseMs;
    const sql = `UPDATE duties SET held_by = ?, held_until = ?
                 WHERE name = 'sweep' AND (held_by = ? OR held_until <= ? OR held_until > ?)`;
    return (yield* change(sql, me, until, me, now, until)) > 0;
  }

  return async (now, batch) => {
    await eraseLeavingAccounts(engine);
    await engine.overwriteErased();
    // One write for both: on SQLite, everybody waits while a write reaches the disk.
    const ended = await engine.write(function* () {
      return (yield* takeLease(now)) ? yield* endSessions(now, batch) : undefined;
    });
    if (ended === undefined) return 0;
    const steps = [
      () => noteSessionsAhead(now, batch),
      ...sweptTables.map((table) => () => removeOld(table, now, batch)),
      () => removeWindowsAhead(now, batch),
      () => thinActivity(now, batch, caps),
    ];
    let maxRows = ended;
    for (const step of steps) {
      // Each step has a turn of its own: all steps in one turn would hold everybody up.
      await giveWay();
      maxRows = Math.max(maxRows, await engine.write(step));
    }
    return maxRows;
  };
}

function* endSessions(now: number, batch: number): Work<number> {
  const ended = yield* all<SessionRow>(
    `DELETE FROM sessions WHERE idle_expires_at <= ? AND ticket_hash IN (
       SELECT ticket_hash FROM sessions WHERE idle_expires_at <= ? ORDER BY idle_expires_at LIMIT ?)
     RETURNING ${sessions.columns}`,
    ...[now, now, batch],
  );
  const tickets = ended
    .map(sessions.toRecord)
    .map((session) => ({ ticketHash: session.ticketHash, reason: limitReached(session) }));
  yield* writeTombstones(tickets, now);
  return ended.length;
}

/**
 * Notes since when sessions are known to lie in the future: their time there is counted from then. Nothing else of them
 * is changed, since no database can tell whether their clock was ahead or this clock is behind.
 */
function* noteSessionsAhead(now: number, batch: number): Work<number> {
  return yield* change(
    `UPDATE sessions SET ahead_since = ? WHERE ticket_hash IN (
       SELECT ticket_hash FROM sessions WHERE last_seen_at > ? AND (ahead_since IS NULL OR ahead_since > ?)
       LIMIT ?)`,
    ...[now, now + maxClockSkewMs, now, batch],
  );
}

/** No limiter counts these windows any more, and they would stay until the clock is there. */
function* removeWindowsAhead(now: number, batch: number): Work<number> {
  return yield* change(
    'DELETE FROM windows WHERE key IN (SELECT key FROM windows WHERE expire > ? LIMIT ?)',
    ...[now + maxWindowMs, batch],
  );
}

function* removeOld([table, column, keptMs]: SweptTable, now: number, batch: number): Work<number> {
  return yield* change(
    // Up to the time of the last of a batch: tables kept by key have no other handle, and DELETE knows no LIMIT.
    `DELETE FROM ${table} WHERE ${column} <= (SELECT max(${column}) FROM
       (SELECT ${column} FROM ${table} WHERE ${column} <= ? ORDER BY ${column} LIMIT ?) AS oldest)`,
    ...[now - keptMs, batch],
  );
}

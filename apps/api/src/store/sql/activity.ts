import { hash, randomBytes } from 'node:crypto';
import type { EventType } from '@coatcheck/api-types';
import type { ActivityStore } from '../activity.ts';
import type { Engine } from '../engines/engine.ts';
import { type EventRow, events } from '../engines/tables.ts';
import { all, change, one, type Work } from '../engines/work.ts';
import type { Actor, NewSession } from '../records.ts';

const hourMs = 60 * 60_000;

/** @returns the part of the store that reads activity. */
export function createActivityStore({ read }: Engine): ActivityStore {
  return {
    async eventsOf(accountId, limit, before) {
      const older = before ? 'AND (at, id) < (?, ?)' : '';
      const rows = await read(
        all<EventRow>(
          `SELECT ${events.columns} FROM events WHERE account_id = ? ${older} ORDER BY at DESC, id DESC LIMIT ?`,
          ...[accountId, ...(before ? [before.at, before.id] : []), limit],
        ),
      );
      return rows.map(events.toRecord);
    },
  };
}

/**
 * Writes an event into an account's activity. For an account that is gone it runs the same statement and writes
 * nothing. Events above the cap are removed by the next sweep, since the time this takes must not tell how many there
 * are.
 * @param more events of one `id` are gathered into one, whose counts add up.
 */
export function* recordEvent(
  accountId: string,
  type: EventType,
  by: Actor,
  at: number,
  { id = nextEventId(), newDevice = false, count = 1 } = {},
): Work<void> {
  yield* change(
    `INSERT INTO events
         (id, account_id, type, at, address, browser, system, session_id, new_device, count)
       SELECT ?, id, ?, CAST(? AS BIGINT), ?, ?, ?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER)
       FROM accounts WHERE id = ?
     ON CONFLICT (id) DO UPDATE SET count = events.count + excluded.count, at = excluded.at,
       address = excluded.address, browser = excluded.browser, system = excluded.system,
       session_id = excluded.session_id`,
    ...[id, type, at, by.address, by.browser, by.system, by.sessionId, newDevice ? 1 : 0, count, accountId],
  );
}

/** The person who runs the server, at the command line. */
export const terminal: Actor = { address: null, browser: null, system: null, sessionId: null };

/** @returns the actor who starts a session. */
export const actorOf = ({ address, browser, system, id }: NewSession): Actor => ({
  address,
  browser,
  system,
  sessionId: id,
});

/** @returns the id under which all events of one type from one source in one hour are gathered. */
export function idOfHour(accountId: string, type: EventType, source: string, at: number): string {
  return hash('sha256', [accountId, type, source, Math.floor(at / hourMs)].join(' ')).slice(0, 32);
}

let eventIds = 0;
/** An id begins with a counter, so that events of one process in one millisecond keep their order. */
function nextEventId(): string {
  eventIds = (eventIds + 1) % 2 ** 32;
  return eventIds.toString(16).padStart(8, '0') + randomBytes(12).toString('hex');
}

/** @returns whether no login in the account's activity came from such a browser on such a system. */
export function* isNewDevice(accountId: string, { browser, system }: Actor): Work<boolean> {
  // PostgreSQL finds no row by IS NOT DISTINCT FROM in an index.
  const is = (column: string, value: string | null) =>
    value === null ? `${column} IS NULL` : `${column} = ?`;
  const earlier = yield* one(
    `SELECT id FROM events WHERE account_id = ? AND type IN ('registered', 'logged-in')
       AND ${is('browser', browser)} AND ${is('system', system)} LIMIT 1`,
    ...[accountId, browser, system].filter((value) => value !== null),
  );
  return earlier === undefined;
}

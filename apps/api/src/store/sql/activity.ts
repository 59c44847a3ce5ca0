import { hash, randomBytes } from 'node:crypto';
import type { EventType } from '@coatcheck/api-types';
import { change, one, type Work } from '../engines/work.ts';
import type { Actor } from '../records.ts';
import { eventsKept, maxFamiliarNetworks } from '../retention.ts';

const hour = 60 * 60_000;

/**
 * Writes into an account's activity. Several of one id are one event with their count. For an account that is not
 * there it asks the same and writes nothing. What is too much goes with the next sweep, since the time this takes
 * must not tell how much there is.
 */
export function* record(
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

/** The id of what is one event an hour: all of this type that come from the same source. */
export function idOfHour(accountId: string, type: EventType, source: string, at: number): string {
  return hash('sha256', [accountId, type, source, Math.floor(at / hour)].join(' ')).slice(0, 32);
}

let eventIds = 0;
/** Counts before it is random, so that what one process does in one millisecond is told in its order. */
function nextEventId(): string {
  eventIds = (eventIds + 1) % 2 ** 32;
  return eventIds.toString(16).padStart(8, '0') + randomBytes(12).toString('hex');
}

/** Whether no login of the account that is still in its activity came from such a browser on such a system. */
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

/**
 * Removes what an account has beyond the share of this type: the oldest, at most `batch` of them; after logins, also
 * the networks that are familiar beyond {@link maxFamiliarNetworks}.
 * @returns how many rows were removed.
 */
export function* trim(accountId: string, type: EventType, batch: number): Work<number> {
  const kept: number | undefined = eventsKept[type];
  // A newer version at work beside this one knows more types, and thins them itself.
  if (kept === undefined) return 0;
  const events = yield* change(
    `DELETE FROM events WHERE id IN (SELECT id FROM events WHERE account_id = ? AND type = ?
       ORDER BY at DESC, id DESC LIMIT ? OFFSET ?)`,
    ...[accountId, type, batch, kept],
  );
  if (type !== 'logged-in') return events;
  const networks = yield* change(
    `DELETE FROM familiar_networks WHERE account_id = ? AND network IN (
       SELECT network FROM familiar_networks WHERE account_id = ?
       ORDER BY last_login_at DESC, network LIMIT ? OFFSET ?)`,
    ...[accountId, accountId, batch, maxFamiliarNetworks],
  );
  return Math.max(events, networks);
}

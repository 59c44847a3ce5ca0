import type { EndReason } from '@coatcheck/api-types';
import { type SessionRow, sessions } from '../engines/tables.ts';
import { all, change, insert, one, type Work } from '../engines/work.ts';
import type { NewSession } from '../records.ts';
import { recordOf } from '../session-record.ts';
import { takeLinksBack } from './link-rows.ts';

// The start and the end of a session, as parts of transactions. An ended session is a tombstone and no row of
// `sessions` any more, so that no late write can bring it back.

/**
 * Starts a session in place of the session of the shown ticket, if that is live, and makes its network familiar. The
 * new session remembers what the replaced session remembered, unless that belonged to another account.
 */
export function* startSession(session: NewSession, shownTicketHash: string | undefined): Work<void> {
  const shown =
    shownTicketHash === undefined
      ? undefined
      : yield* endSession(shownTicketHash, 'replaced', session.createdAt);
  const own = shown !== undefined && (shown.account_id === null || shown.account_id === session.accountId);
  const remembered = own ? JSON.parse(shown.remembered) : {};
  yield* insert('sessions', [sessions.toRow(recordOf(session, remembered))]);
  if (session.accountId === null) return;
  yield* change(
    `INSERT INTO familiar_networks (account_id, network, last_login_at) VALUES (?, ?, ?)
     ON CONFLICT (account_id, network) DO UPDATE SET last_login_at = excluded.last_login_at`,
    ...[session.accountId, session.network, session.createdAt],
  );
}

/**
 * Ends the session of a ticket. The device links of its account are taken back: it may have made one.
 * @returns its row, or undefined when it was not live.
 */
export function* endSession(
  ticketHash: string,
  reason: EndReason,
  now: number,
): Work<SessionRow | undefined> {
  const row = yield* one<SessionRow>(
    `DELETE FROM sessions WHERE ticket_hash = ? RETURNING ${sessions.columns}`,
    ticketHash,
  );
  if (!row) return undefined;
  yield* writeTombstones([{ ticketHash, reason }], now);
  if (row.account_id !== null) yield* takeLinksBack(row.account_id, ['device'], now);
  return row;
}

/**
 * Ends the sessions of an account as `revoked`. Links that would log another device in are taken back: each is a session
 * to come.
 * @param keptHash the session of this ticket goes on; an empty string keeps none.
 * @returns the public ids of the sessions that ended.
 */
export function* endSessionsBut(accountId: string, keptHash: string, now: number): Work<string[]> {
  const ended = yield* all<{ ticket_hash: string; id: string }>(
    'DELETE FROM sessions WHERE account_id = ? AND ticket_hash <> ? RETURNING ticket_hash, id',
    ...[accountId, keptHash],
  );
  yield* writeTombstones(
    ended.map((row) => ({ ticketHash: row.ticket_hash, reason: 'revoked' })),
    now,
  );
  yield* takeLinksBack(accountId, ['device'], now);
  return ended.map(({ id }) => id);
}

/** Writes the tombstones of sessions whose rows are gone. */
export function* writeTombstones(
  tickets: { ticketHash: string; reason: EndReason }[],
  now: number,
): Work<number> {
  return yield* insert(
    'tombstones',
    tickets.map(({ ticketHash, reason }) => ({ ticket_hash: ticketHash, reason, ended_at: now })),
  );
}

/** @returns why a ticket has no live session; `unknown` when no tombstone says it. */
export function* endOf(ticketHash: string): Work<{ live: false; reason: EndReason }> {
  const sql = 'SELECT reason FROM tombstones WHERE ticket_hash = ?';
  const tombstone = yield* one<{ reason: EndReason }>(sql, ticketHash);
  return { live: false, reason: tombstone?.reason ?? 'unknown' };
}

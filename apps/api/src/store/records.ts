import type { EndReason, EventType } from '@coatcheck/api-types';
import type { Account, StoredEvent, StoredSession } from './store.ts';

// Rows as the tables have them, and the records they stand for.

export interface AccountRow {
  id: string;
  username: string;
  password_hash: string;
  display_name: string | null;
  email: string | null;
  created_at: number;
}

export interface SessionRow {
  ticket_hash: string;
  id: string;
  account_id: string | null;
  created_at: number;
  last_seen_at: number;
  idle_expires_at: number;
  expires_at: number;
  remember: number;
  address: string;
  browser: string | null;
  system: string | null;
  remembered: string;
  /** When it was first found used in the future. */
  ahead_since: number | null;
}

export interface EventRow {
  id: string;
  account_id: string;
  type: EventType;
  at: number;
  address: string | null;
  browser: string | null;
  system: string | null;
  session_id: string | null;
  new_device: number;
  count: number;
}

// Named one by one, never `*`: a newer version may add columns while this one is at work, and PostgreSQL refuses a
// prepared statement whose result would change its shape.
export const accountColumns = 'id, username, password_hash, display_name, email, created_at';
export const sessionColumns =
  'ticket_hash, id, account_id, created_at, last_seen_at, idle_expires_at, expires_at, remember, address, browser, system, remembered, ahead_since';
export const eventColumns =
  'id, account_id, type, at, address, browser, system, session_id, new_device, count';

export const accountOf = (row: AccountRow): Account => ({
  id: row.id,
  username: row.username,
  passwordHash: row.password_hash,
  displayName: row.display_name,
  email: row.email,
  createdAt: row.created_at,
});

export const accountRow = (account: Account): AccountRow => ({
  id: account.id,
  username: account.username,
  password_hash: account.passwordHash,
  display_name: account.displayName,
  email: account.email,
  created_at: account.createdAt,
});

export const sessionOf = (row: SessionRow): StoredSession => ({
  ticketHash: row.ticket_hash,
  id: row.id,
  accountId: row.account_id,
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
  idleExpiresAt: row.idle_expires_at,
  expiresAt: row.expires_at,
  remember: row.remember === 1,
  address: row.address,
  browser: row.browser,
  system: row.system,
  remembered: JSON.parse(row.remembered),
});

export const sessionRow = (session: StoredSession): Omit<SessionRow, 'ahead_since'> => ({
  ticket_hash: session.ticketHash,
  id: session.id,
  account_id: session.accountId,
  created_at: session.createdAt,
  last_seen_at: session.lastSeenAt,
  idle_expires_at: session.idleExpiresAt,
  expires_at: session.expiresAt,
  remember: session.remember ? 1 : 0,
  address: session.address,
  browser: session.browser,
  system: session.system,
  remembered: JSON.stringify(session.remembered),
});

export const eventOf = (row: EventRow): StoredEvent => ({
  id: row.id,
  type: row.type,
  at: row.at,
  address: row.address,
  browser: row.browser,
  system: row.system,
  sessionId: row.session_id,
  newDevice: row.new_device === 1,
  count: row.count,
});

/** Milliseconds by which the clocks of processes may differ: what lies further ahead was written by another time. */
export const clocksDiffer = 60_000;

/** Whether a session was used in the future: a clock was ahead then, or this one is behind now. */
export const isAhead = (row: SessionRow, now: number): boolean => row.last_seen_at > now + clocksDiffer;

/**
 * A session as it counts now. One of the future ends an idle limit after it was first found there, used or not; its
 * row stays as it is, so that a clock which was behind has changed nothing when it is right again.
 */
export function presentSession(row: SessionRow, now: number): StoredSession {
  const session = sessionOf(row);
  if (!isAhead(row, now)) return session;
  const since = Math.min(row.ahead_since ?? now, now);
  const createdAt = Math.min(row.created_at, now);
  const expiresAt = Math.min(row.expires_at, since + row.expires_at - row.created_at);
  const idleExpiresAt = Math.min(expiresAt, since + row.idle_expires_at - row.last_seen_at);
  return { ...session, createdAt, lastSeenAt: now, idleExpiresAt, expiresAt };
}

/** What stays of a session that has ended. */
export const tombstone = (ticketHash: string, reason: EndReason, now: number) => ({
  ticket_hash: ticketHash,
  reason,
  ended_at: now,
});

/** Which of its limits a session reached: the idle limit lies before the absolute one or on it. */
export const endOfTime = (session: { idleExpiresAt: number; expiresAt: number }): EndReason =>
  session.idleExpiresAt < session.expiresAt ? 'expired-idle' : 'expired-absolute';

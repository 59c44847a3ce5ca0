import type { Account, StoredEvent, StoredSession } from '../records.ts';

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
  type: StoredEvent['type'];
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

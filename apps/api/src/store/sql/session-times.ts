import type { EndReason } from '@coatcheck/api-types';
import { type SessionRow, sessions } from '../engines/tables.ts';
import type { StoredSession } from '../records.ts';

/** Milliseconds by which the clocks of processes may differ. A time further ahead was written by a wrong clock. */
export const maxClockSkewMs = 60_000;

/** @returns whether a session was last used in the future: a clock was ahead then, or this clock is behind now. */
export const isAhead = (row: SessionRow, now: number): boolean => row.last_seen_at > now + maxClockSkewMs;

/**
 * @returns a session as it counts now. A session of the future ends one idle limit after a sweep first found it there,
 * whether it is used or not. Its row stays as it is, so that a clock which was behind has changed nothing when it is
 * right again.
 */
export function presentSession(row: SessionRow, now: number): StoredSession {
  const session = sessions.toRecord(row);
  if (!isAhead(row, now)) return session;
  const since = Math.min(row.ahead_since ?? now, now);
  const createdAt = Math.min(row.created_at, now);
  const expiresAt = Math.min(row.expires_at, since + row.expires_at - row.created_at);
  const idleExpiresAt = Math.min(expiresAt, since + row.idle_expires_at - row.last_seen_at);
  return { ...session, createdAt, lastSeenAt: now, idleExpiresAt, expiresAt };
}

/** @returns which of its limits a session reached: the idle limit lies before the absolute one or on it. */
export const limitReached = (session: { idleExpiresAt: number; expiresAt: number }): EndReason =>
  session.idleExpiresAt < session.expiresAt ? 'expired-idle' : 'expired-absolute';

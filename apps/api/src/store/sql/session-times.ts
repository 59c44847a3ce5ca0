import type { EndReason } from '@coatcheck/api-types';
import type { StoredSession } from '../records.ts';

/** Milliseconds by which the clocks of processes may differ. A time further ahead was written by a wrong clock. */
export const maxClockSkewMs = 60_000;

/** @returns whether a session was last used in the future: a clock was ahead then, or this clock is behind now. */
export const isAhead = ({ lastSeenAt }: StoredSession, now: number): boolean =>
  lastSeenAt > now + maxClockSkewMs;

/**
 * @returns a session as it counts now. A session of the future ends one idle limit after a sweep first found it there,
 * whether it is used or not. Its row stays as it is, so that a clock which was behind has changed nothing when it is
 * right again.
 */
export function presentSession(session: StoredSession, now: number): StoredSession {
  if (!isAhead(session, now)) return session;
  const since = Math.min(session.aheadSince ?? now, now);
  const createdAt = Math.min(session.createdAt, now);
  const expiresAt = Math.min(session.expiresAt, since + session.expiresAt - session.createdAt);
  const idleExpiresAt = Math.min(expiresAt, since + session.idleExpiresAt - session.lastSeenAt);
  return { ...session, createdAt, lastSeenAt: now, idleExpiresAt, expiresAt };
}

/** @returns which of its limits a session reached: the idle limit lies before the absolute one or on it. */
export const limitReached = (session: { idleExpiresAt: number; expiresAt: number }): EndReason =>
  session.idleExpiresAt < session.expiresAt ? 'expired-idle' : 'expired-absolute';

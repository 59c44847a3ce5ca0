import { useEffect, useState } from 'react';
import { visitor } from '../session/current.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';

/** The end of a session, when it is near. */
interface Expiry {
  /** The moment of the end by this browser's clock, milliseconds since 1970. */
  at: number;
  /** Whether a use of the session puts the end off. */
  canBePutOff: boolean;
}

/**
 * The notice shows for this many milliseconds before the end, and at most for a quarter of the time that the session may stay
 * unused.
 */
const noticeMs = 2 * 60_000;
/** The page shows the end this many milliseconds late, so that it never shows an end that the server has not reached. */
const marginMs = 2_000;
/** `setTimeout` overflows above this, and would call at once. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * Tells when the session is about to end, counted by the server's clock, and ends it on this page when it has. The page
 * sends no call for that: a call would renew the session.
 * @returns undefined while the end is far away, and where there is no session
 */
export function useExpiry({
  conversation: { session },
  idleMs,
  clockAheadMs,
}: KnownVisitor): Expiry | undefined {
  const at = session ? Date.parse(session.idleExpiresAt) - clockAheadMs : undefined;
  const [nearEnd, setNearEnd] = useState<number>();

  useEffect(() => {
    // An end so far away needs no timer: by then a use of the session has moved it, or the page has been loaded anew.
    if (at === undefined || at - Date.now() > maxTimerMs) return;
    const noticeAt = at - Math.min(noticeMs, (idleMs ?? 0) / 4);
    const notice = setTimeout(() => setNearEnd(at), noticeAt - Date.now());
    const end = setTimeout(visitor.expire, at - Date.now() + marginMs);
    return () => {
      clearTimeout(notice);
      clearTimeout(end);
    };
  }, [at, idleMs]);

  if (!session || at === undefined || nearEnd !== at) return undefined;
  return { at, canBePutOff: session.idleExpiresAt < session.expiresAt };
}

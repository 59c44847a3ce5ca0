import { useEffect, useState } from 'react';
import { visitor } from './current.ts';
import type { KnownVisitor } from './visitor-state.ts';

/** The end of a session, when it is near. */
export interface Expiry {
  /** When, by this browser's clock, milliseconds since 1970. */
  at: number;
  /** Whether using it puts the end off. */
  canBePutOff: boolean;
}

/** The notice stands for this many milliseconds before the end; for less where a session may rest for a few minutes only. */
const noticeMs = 2 * 60_000;
/** An answer takes a moment to arrive: the page's reckoning never runs ahead of the server's. */
const marginMs = 2_000;
/** `setTimeout` overflows above this, and would call at once. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * Tells when the session is about to end, counted by the server's clock, and ends it on this page when it has. Nobody
 * asks the server meanwhile: that would renew it.
 */
export function useExpiry({ conversation: { session }, idle, ahead }: KnownVisitor): Expiry | undefined {
  const at = session ? Date.parse(session.idleExpiresAt) - ahead : undefined;
  const [near, setNear] = useState<number>();

  useEffect(() => {
    // A use of the session, long before, counts anew.
    if (at === undefined || at - Date.now() > maxTimerMs) return;
    const spokenOf = at - Math.min(noticeMs, (idle ?? 0) / 4);
    const speak = setTimeout(() => setNear(at), spokenOf - Date.now());
    const over = setTimeout(visitor.expire, at - Date.now() + marginMs);
    return () => {
      clearTimeout(speak);
      clearTimeout(over);
    };
  }, [at, idle]);

  if (!session || at === undefined || near !== at) return undefined;
  return { at, canBePutOff: session.idleExpiresAt < session.expiresAt };
}

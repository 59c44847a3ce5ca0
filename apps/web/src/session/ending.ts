import { useEffect, useState } from 'react';
import { session as page } from './current.ts';
import type { Known } from './session.ts';

/** The end of a session that is near. */
export interface Ending {
  /** When, by this browser's clock, milliseconds since 1970. */
  at: number;
  /** Whether using it puts the end off. */
  canBePutOff: boolean;
}

/** How long before the end it is spoken of, milliseconds; less where a session may rest for a few minutes only. */
const notice = 2 * 60_000;
/** An answer takes a moment to arrive: the page's reckoning never runs ahead of the server's. */
const margin = 2_000;
/** Longer ones overflow and would go off at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * Tells when the session is about to end, counted by the server's clock, and ends it on this page when it has. Nobody
 * asks the server meanwhile: that would renew it.
 */
export function useEnding({ conversation: { session }, idle, ahead }: Known): Ending | undefined {
  const at = session ? Date.parse(session.idleExpiresAt) - ahead : undefined;
  const [near, setNear] = useState<number>();

  useEffect(() => {
    // A use of the session, long before, counts anew.
    if (at === undefined || at - Date.now() > longestTimer) return;
    const spokenOf = at - Math.min(notice, (idle ?? 0) / 4);
    const speak = setTimeout(() => setNear(at), spokenOf - Date.now());
    const over = setTimeout(page.expire, at - Date.now() + margin);
    return () => {
      clearTimeout(speak);
      clearTimeout(over);
    };
  }, [at, idle]);

  if (!session || at === undefined || near !== at) return undefined;
  return { at, canBePutOff: session.idleExpiresAt < session.expiresAt };
}

import { useEffect, useState } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';

/** A message that one page leaves for the next. */
export type News = 'registered' | 'logged-out' | 'password-changed' | 'password-reset' | 'goodbye';

/** What one page leaves for the next. */
export interface Left {
  news?: News;
  /** The number of the ticket that the message is about. */
  ticket?: string;
  /** The number of sessions that ended. Undefined: the page does not know. */
  endedSessions?: number | undefined;
  /** The username that the person has typed. */
  username?: string;
}

/** What the page before left for this one. A reload, and a return to this page, find nothing. */
export function useLeft(): Left {
  const state = useHistoryState<Left | null>();
  const [left] = useState(state);
  useEffect(() => {
    if (left) history.replaceState(null, '');
  }, [left]);
  return left ?? {};
}

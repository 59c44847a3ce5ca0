import { useEffect, useState } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';

/** A message that one page leaves for the next. */
export type News = 'password-changed' | 'goodbye';

/** The message that the page before left for this one. A reload forgets the message. */
export function useNews(): News | undefined {
  const state = useHistoryState<{ news?: News } | null>();
  const [news] = useState(state?.news);
  useEffect(() => {
    if (news) history.replaceState(null, '');
  }, [news]);
  return news;
}

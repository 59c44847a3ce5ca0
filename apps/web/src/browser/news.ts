import { useEffect, useState } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';

/** What a page may be told when it is led to. */
export type News = 'password-changed' | 'goodbye';

/** What the page before left to be told here. A reload has forgotten it. */
export function useNews(): News | undefined {
  const state = useHistoryState<{ news?: News } | null>();
  const [news] = useState(state?.news);
  useEffect(() => {
    if (news) history.replaceState(null, '');
  }, [news]);
  return news;
}

import { useSyncExternalStore } from 'react';

/** Whether a media query about the window holds. @param query one of the queries at which the style turns, as a constant */
export function useMedia(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => query.matches,
  );
}

import { useEffect, useSyncExternalStore } from 'react';
import { visitor } from '../../session/current.ts';
import type { KnownVisitor } from '../../session/visitor-state.ts';

let areLost = false;
const listeners = new Set<() => void>();

function set(next: boolean) {
  areLost = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/**
 * Notes that new codes went from the page with the session, unless the person had kept them. Whoever logs out on this page has
 * been asked, and is told nothing.
 */
export function useLossNote(areKept: boolean): void {
  useEffect(() => {
    if (areKept) return;
    return () => {
      const state = visitor.now();
      if (state.is !== 'known' || state.conversation.user) return;
      if (state.conversation.reason !== 'logged-out') set(true);
    };
  }, [areKept]);
}

/** @returns whether new codes went with the session that ended here, until somebody logs in. */
export function useLostCodes({ conversation: { user } }: KnownVisitor): boolean {
  const isLoggedIn = user !== null;
  useEffect(() => {
    if (isLoggedIn) set(false);
  }, [isLoggedIn]);
  return useSyncExternalStore(subscribe, () => areLost) && !isLoggedIn;
}

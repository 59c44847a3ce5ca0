import { useEffect } from 'react';
import { guardHistory } from '../../browser/history-guard.ts';

/**
 * Asks the person before they leave the page. A link within the page, a form such as the one that logs out, and the browser's
 * Back and Forward ask in the words of the question; a reload and other sites in those of the browser.
 * @param question undefined: the person may leave
 */
export function useLeavingGuard(question: string | undefined): void {
  useEffect(() => {
    if (question === undefined) return;
    const controller = new AbortController();
    const { signal } = controller;
    const { href, pathname } = window.location;

    function leaves(): boolean {
      const isLeaving = window.confirm(question);
      if (isLeaving) controller.abort();
      return isLeaving;
    }
    function onLeaving(event: Event) {
      if (leaves()) return;
      event.preventDefault();
      event.stopPropagation();
    }

    window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal });
    window.addEventListener(
      'click',
      (event) => {
        const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a[href]');
        if (!link || link.origin !== window.location.origin || link.hash || link.target || link.download)
          return;
        onLeaving(event);
      },
      { capture: true, signal },
    );
    window.addEventListener('submit', onLeaving, { capture: true, signal });
    const endGuard = guardHistory(() => {
      if (window.location.pathname === pathname || leaves()) return true;
      // At once: on the way of `history.forward()` the page could render the place where the browser is.
      history.pushState(null, '', href);
      return false;
    });
    signal.addEventListener('abort', endGuard);
    return () => controller.abort();
  }, [question]);
}

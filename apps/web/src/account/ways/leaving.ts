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
    function stay(event: Event) {
      event.preventDefault();
      event.stopPropagation();
    }

    window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal });
    window.addEventListener(
      'click',
      (event) => {
        // With these keys a link opens elsewhere, and this page stays.
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a[href]');
        if (!link || link.origin !== window.location.origin || link.hash || link.target || link.download)
          return;
        if (!leaves()) stay(event);
      },
      { capture: true, signal },
    );
    // A form may fail. The page stays then, and asks again.
    window.addEventListener('submit', (event) => window.confirm(question) || stay(event), {
      capture: true,
      signal,
    });
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

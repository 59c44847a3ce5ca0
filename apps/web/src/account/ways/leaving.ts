import { useEffect } from 'react';

/**
 * Asks the person before they leave the page: by a reload or another site in the words of the browser, by a link within the
 * page in those of the question. The way back cannot ask.
 * @param question undefined: the person may leave
 */
export function useLeavingGuard(question: string | undefined): void {
  useEffect(() => {
    if (question === undefined) return;
    const controller = new AbortController();
    const { signal } = controller;
    window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal });
    window.addEventListener(
      'click',
      (event) => {
        const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a[href]');
        if (!link || link.origin !== window.location.origin || link.hash || link.target || link.download)
          return;
        if (window.confirm(question)) return controller.abort();
        event.preventDefault();
        event.stopPropagation();
      },
      { capture: true, signal },
    );
    return () => controller.abort();
  }, [question]);
}

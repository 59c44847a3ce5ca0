import { Link, useLocation } from 'wouter';
import type { News } from '../browser/news.ts';
import { isPage, type Next } from '../browser/next.ts';
import { useWords } from '../i18n/words.ts';

const home: Next = { href: '/' };

/** The link that goes on, and says to which host where that is another one. @param next undefined: the start page */
export function GoOn({ next = home }: { next: Next | undefined }) {
  const { goOn } = useWords();
  const text = next.host ? goOn.to(next.host) : goOn.action;
  return isPage(next) ? (
    <Link href={next.href} className="button">
      {text}
    </Link>
  ) : (
    <a href={next.href} className="button">
      {text}
    </a>
  );
}

/**
 * A function that goes on, to be called as soon as the visitor is logged in. A place that has to be loaded takes the place
 * of the form in the browser's history.
 * @param next undefined: the start page
 * @param news the message for a page that is shown at once
 */
export function useGoOn(next: Next = home, news?: News): () => void {
  const [, navigate] = useLocation();
  return () =>
    isPage(next) ? navigate(next.href, { state: news && { news } }) : window.location.replace(next.href);
}

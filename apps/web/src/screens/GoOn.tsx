import { Link, useLocation } from 'wouter';
import { basePath } from '../browser/base-path.ts';
import type { News } from '../browser/news.ts';
import { isPage, type Next, placeOf } from '../browser/next.ts';
import { useWords } from '../i18n/words.ts';

const home = placeOf('/');

/** The path of a page as links and `navigate` take it. */
const within = ({ href }: Next) => href.slice(basePath.length);

/** The link that goes on, and says to which host where that is another one. @param next undefined: the start page */
export function GoOn({ next = home }: { next: Next | undefined }) {
  const { goOn } = useWords();
  const text = next.host ? goOn.to(next.host) : goOn.action;
  return isPage(next) ? (
    <Link href={within(next)} className="button">
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
    isPage(next) ? navigate(within(next), { state: news && { news } }) : window.location.replace(next.href);
}

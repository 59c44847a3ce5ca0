import { Link, useLocation } from 'wouter';
import { basePath } from '../browser/base-path.ts';
import type { News } from '../browser/news.ts';
import { isPage, type Next, placeOf } from '../browser/next.ts';
import { useWords } from '../i18n/words.ts';
import { useApp, useHouse } from '../session/current.ts';

const home = placeOf('/');

/** The path of a page as links and `navigate` take it. */
const within = ({ href }: Next) => href.slice(basePath.length);

/**
 * The link that goes on, and says where to unless that is a page of this SPA.
 * @param next undefined: the app that this server stands in front of, else the start page
 */
export function GoOn({ next }: { next?: Next | undefined }) {
  const { goOn } = useWords();
  const app = useApp();
  const house = useHouse();
  const place = next ?? app ?? home;
  return isPage(place) ? (
    <Link href={within(place)} className="button">
      {goOn.action}
    </Link>
  ) : (
    <a href={place.href} className="button">
      {app || place.host ? goOn.to(place.host ?? house?.name) : goOn.action}
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

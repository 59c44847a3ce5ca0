import { useRouter } from 'wouter';
import { basePath, pageAt } from './base-path.ts';
import { enterPaths } from './pages.ts';

/** Pages that lead on to `next` themselves, or out. To go on to one of these pages would lead in circles. */
const doors = new Set<string>(['/login', ...enterPaths, '/goodbye']);

/** A place to go on to after a login or a registration. */
export interface Next {
  /** Path, query and hash on this origin, or the URL of a page of another origin. */
  href: string;
  /** The host of a page of another origin, `notes.example.com`. Undefined: a path of this origin. */
  host?: string;
}

/**
 * The place to go on to: the parameter `next` of the URL, if it is a path of this very origin, or the whole URL of a page
 * of this origin or of one that the server lets it lead to.
 * @param search the query of the page's URL, with its question mark
 * @param origin the origin of the page
 * @param leadsTo the other origins, from the server
 * @returns undefined for anything else
 */
export function nextPlace(search: string, origin: string, leadsTo: readonly string[]): Next | undefined {
  const next = new URLSearchParams(search).get('next');
  if (!next || !URL.canParse(next, origin)) return undefined;
  const url = new URL(next, origin);
  if (!next.startsWith('/')) {
    // A URL parser mends slashes, spaces and control characters. Only a URL that needs no mending shows where it leads.
    if (!/^https?:\/\/[^/\\?#@]+([/?#]|$)/i.test(next) || /[\s\\\p{Cc}]/u.test(next)) return undefined;
    if (url.origin !== origin) {
      return leadsTo.includes(url.origin) ? { href: url.href, host: url.host } : undefined;
    }
  }
  // `/.//evil.example` is of this origin, but its path alone would be a URL of another origin.
  if (url.origin !== origin || url.pathname.startsWith('//') || isDoor(url)) return undefined;
  return { href: url.pathname + url.search + url.hash };
}

/**
 * The place to go on to, by the URL of this page.
 * @param leadsTo the other origins, from the server
 */
export function useNext(leadsTo: readonly string[]): Next | undefined {
  // `useSearch` of wouter would decode the query once, and the query of `next` would be decoded twice then.
  const router = useRouter();
  return nextPlace(router.searchHook(router), window.location.origin, leadsTo);
}

const isDoor = ({ pathname }: URL) => doors.has(pageAt(pathname.replace(/\/+$/, '')) ?? '');

/** Whether a place is a page of this SPA. Every other place has to be loaded. */
export const isPage = ({ href }: Next): boolean => pageAt(href.replace(/[?#].*/, '')) !== undefined;

/** The place that is a page of this SPA. @param path the path of the page, without the path that everything lies below */
export const placeOf = (path: string): Next => ({ href: basePath + path });

/** The path and query of a page that goes on to `next` when it is done. */
export function leadingTo(page: string, next: string | undefined) {
  return next ? `${page}?${new URLSearchParams({ next })}` : page;
}

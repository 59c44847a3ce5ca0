/** Pages that lead on to `next` themselves. To go on to one of these pages would lead in circles. */
const doors = new Set(['/login', '/register']);

/**
 * The place to go on to after a login: the parameter `next` of the URL, if it is a path of this very origin.
 * @param search the query of the page's URL, with its question mark
 * @param origin the origin of the page
 * @returns path, query and hash, ready for `pushState`. Undefined for anything else, other sites above all.
 */
export function nextPath(search: string, origin: string): string | undefined {
  const next = new URLSearchParams(search).get('next');
  if (!next?.startsWith('/') || !URL.canParse(next, origin)) return undefined;
  const url = new URL(next, origin);
  // `/.//evil.example` is of this origin, but its path alone would be a URL of another origin.
  if (url.origin !== origin || url.pathname.startsWith('//') || doors.has(url.pathname)) return undefined;
  return url.pathname + url.search + url.hash;
}

/** The URL of a page that goes on to `next` when it is done. */
export function leadingTo(page: string, next: string | undefined) {
  return next ? `${page}?${new URLSearchParams({ next })}` : page;
}

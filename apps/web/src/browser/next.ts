/** Pages that lead on to `next` themselves: going on to one of them would go in circles. */
const doors = new Set(['/login', '/register']);

/**
 * Where to go on to after logging in: `next` of the address, if it is a path of this very origin.
 *
 * @returns path, query and hash, ready for pushState; undefined for anything else, other sites above all.
 */
export function nextPath(search: string, origin: string): string | undefined {
  const next = new URLSearchParams(search).get('next');
  if (!next?.startsWith('/') || !URL.canParse(next, origin)) return undefined;
  const url = new URL(next, origin);
  // `/.//evil.example` is this origin, and its path alone would be another one's address.
  if (url.origin !== origin || url.pathname.startsWith('//') || doors.has(url.pathname)) return undefined;
  return url.pathname + url.search + url.hash;
}

/** The address of a page that goes on to `next` when it is done. */
export function leadingTo(page: string, next: string | undefined) {
  return next ? `${page}?${new URLSearchParams({ next })}` : page;
}

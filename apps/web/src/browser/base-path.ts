import { paths } from './pages.ts';

/**
 * The path that everything of this server lies below, `/auth`; empty: everything lies at the root. The script finds it in
 * its own URL, PATH/assets/VERSION/NAME, so that one build serves any path.
 */
export const basePath: string = import.meta.env.DEV
  ? ''
  : new URL(/* @vite-ignore */ '../..', import.meta.url).pathname.replace(/\/$/, '');

/** @returns the path of a page of this SPA, by the path of a URL; undefined for a path of anything else. */
export function pageAt(pathname: string, base = basePath): string | undefined {
  if (!pathname.startsWith(base)) return undefined;
  const path = pathname.slice(base.length) || '/';
  return paths.includes(path) ? path : undefined;
}

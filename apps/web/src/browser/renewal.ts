import { basePath } from './base-path.ts';
import { keep, recall } from './storage.ts';

/** The outcome of {@link renew}. */
export type Renewal =
  /** The page is being loaded anew. */
  | 'reloading'
  /** The server may have another version of the page. The person decides whether to load it. */
  | 'outdated'
  /** No response came. The version may be the same, and a reload would lose the page. */
  | 'away';

const key = 'renewed';
const store = () => sessionStorage;
/** The version of this page: the URL of this script has it in its path. */
const version = import.meta.url;

/**
 * Tries to mend a page of which a part could not be fetched: loads the page anew, once for each version, if the server
 * responds and nothing would be lost that somebody has typed.
 */
export async function renew(): Promise<Renewal> {
  const isThere = await fetch(`${basePath}/`, { method: 'HEAD', credentials: 'omit' }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isThere) return 'away';
  if (hasTyped() || recall(store, key) === version) return 'outdated';
  keep(store, key, version);
  // Where the browser keeps nothing, this could not tell the second reload from the first, and would reload for ever.
  if (recall(store, key) !== version) return 'outdated';
  window.location.reload();
  return 'reloading';
}

/** The URL that loads this page anew, without a hash: with one a link would only scroll. */
export const thisPage = (): string => window.location.pathname + window.location.search;

/** Whether a form on this page holds something that was typed and not sent. */
export const hasTyped = (): boolean =>
  [...document.querySelectorAll('input')].some(
    ({ type, value, defaultValue }) => type !== 'checkbox' && value !== defaultValue,
  );

import { keep, recall } from './storage.ts';

/** What came of it when a part of this page could not be fetched. */
export type Renewal =
  /** The page is being loaded anew. */
  | 'reloading'
  /** The server has another version of the page, and loading it is the person's to say. */
  | 'outdated'
  /** No answer: the version may be the same, and the page would be lost. */
  | 'away';

const key = 'renewed';
const store = () => sessionStorage;
/** The address of this very script has the version in it. */
const version = import.meta.url;

/**
 * Tries to mend that a part of this page cannot be fetched: loads the page anew, once a version, if the server answers
 * and nothing would be lost that somebody has typed.
 */
export async function renew(): Promise<Renewal> {
  const isThere = await fetch('/', { method: 'HEAD', credentials: 'omit' }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isThere) return 'away';
  if (hasTyped() || recall(store, key) === version) return 'outdated';
  keep(store, key, version);
  // Where nothing can be kept, nobody could tell the second time from the first.
  if (recall(store, key) !== version) return 'outdated';
  window.location.reload();
  return 'reloading';
}

/** The address that loads this page anew: with its hash a link would only scroll. */
export const thisPage = (): string => window.location.pathname + window.location.search;

/** Whether a form on this page holds something that was typed and not sent. */
export const hasTyped = (): boolean =>
  [...document.querySelectorAll('input')].some(
    ({ type, value, defaultValue }) => type !== 'checkbox' && value !== defaultValue,
  );

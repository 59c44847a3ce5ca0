import type { Exchange } from './exchange.ts';
import { withoutPasswords } from './redaction.ts';

/** What the recorder knows of a request before it is sent. */
type Known = Pick<Exchange, 'number' | 'sent' | 'before'>;

/**
 * An exchange that has not been answered, as far as its request tells.
 * @param url the URL that is asked
 * @param pageOrigin the origin of the page that asks
 * @param known what does not stand in the request; `sent`: whether the browser holds a cookie to attach
 */
export function readRequest(
  url: URL,
  { method = 'GET', body, credentials }: RequestInit,
  pageOrigin: string,
  known: Known,
): Exchange {
  const text = typeof body === 'string' ? withoutPasswords(body) : undefined;
  const omitsCredentials = credentials === 'omit';
  return {
    ...known,
    method,
    path: url.pathname,
    query: url.search,
    body: text,
    hidesPassword: text !== body,
    // Fetch, section 3.2: whatever may change something, and whatever goes to another origin.
    origin: method !== 'GET' || url.origin !== pageOrigin ? pageOrigin : undefined,
    omitsCredentials,
    sent: omitsCredentials ? false : known.sent,
    status: undefined,
    foreign: false,
    responseHeaders: [],
    cookie: undefined,
    problem: undefined,
    forgotten: false,
    told: undefined,
  };
}

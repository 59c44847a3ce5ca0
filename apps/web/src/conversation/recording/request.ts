import type { Exchange } from './exchange.ts';
import { withoutSecrets } from './redaction.ts';

/** The facts that the recorder knows about a request and the request itself does not show. */
type Known = Pick<Exchange, 'number' | 'sent' | 'before'>;

/**
 * The exchange that a request begins, without a response.
 * @param url the URL of the request
 * @param init what the page passes to `fetch`; its body is JSON
 * @param pageOrigin the origin of the page that sends the request
 * @param basePath the path that all calls lie below, which the exchange leaves out
 * @param known `number`: the number of the exchange; `sent`: whether the browser has a cookie to attach; `before`: the
 * conversation that the server told last
 */
export function readRequest(
  url: URL,
  init: RequestInit,
  pageOrigin: string,
  basePath: string,
  known: Known,
): Exchange {
  const { method = 'GET', body, credentials } = init;
  const path = url.pathname.slice(basePath.length);
  const text = typeof body === 'string' ? withoutSecrets(path, body) : undefined;
  const omitsCredentials = credentials === 'omit';
  return {
    ...known,
    method,
    path,
    query: url.search,
    body: text,
    hidesSecret: text !== body,
    // Fetch section 3.2: the browser names the origin unless the method is GET and the page is of the same origin.
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

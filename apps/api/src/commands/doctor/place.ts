import type { OriginNotAllowed } from '@coatcheck/api-types';
import { isLoopback } from '../../config.ts';
import { siteOf } from '../../http/origins.ts';
import type { Answer } from './exchange.ts';
import { type Fault, fault } from './faults.ts';

/** The URLs of the server and of the page that calls it. */
export interface Place {
  /** The URL that people type. */
  url: URL;
  /** The page that calls. */
  page: URL;
  /** The server's refusal, when that page may change nothing. */
  refusal: OriginNotAllowed | undefined;
  /** Whether the cookie is for https only. */
  secure: boolean;
}

/** @returns the mistake between the cookie and the connection, if there is one. */
export function connectionFault({ url, secure, refusal }: Place): Fault | undefined {
  const isHttps = url.protocol === 'https:';
  // This machine counts as safe without https; browsers keep Secure cookies there.
  if (secure && !isHttps && !isLoopback(url.hostname)) {
    return fault('secure-over-http', { url, refusal: refusal?.detail });
  }
  return !secure && isHttps ? fault('public-url-http', { url }) : undefined;
}

/** @returns the mistake between the host names of page and server, if there is one. */
export function siteFault({ url, page, refusal }: Place): Fault | undefined {
  const home = refusal && URL.canParse(refusal.home) ? new URL(refusal.home).hostname : undefined;
  const other = [page.hostname, home].find((host) => host !== undefined && host !== url.hostname);
  if (other !== undefined && isLoopback(other) && isLoopback(url.hostname)) {
    return fault('loopback', { hosts: [url.hostname, other], best: home ?? 'localhost' });
  }
  return siteOf(page) === siteOf(url) ? undefined : fault('third-party', { url, page });
}

/** @returns the mistake where the server refuses the page; undefined where it does not. */
export const originFault = ({ page, refusal }: Place): Fault | undefined =>
  refusal && fault('origin', { page, refusal: refusal.detail });

/** @returns the mistake where the page may not read the server's response; undefined where it may. */
export function corsFault(origin: string, { headers }: Answer): Fault | undefined {
  const isReadable =
    headers['access-control-allow-origin'] === origin &&
    headers['access-control-allow-credentials'] === 'true';
  return isReadable ? undefined : fault('cors', { origin });
}

import type { IncomingHttpHeaders } from 'node:http';
import type { Problem } from '@coatcheck/api-types';
import { type Answer, withoutSlash } from './exchange.ts';
import { type Fault, fault } from './faults.ts';

/** @returns the cause of a response that the call cannot have. @param call for people: `GET /session` */
export function unexpectedAnswer(call: string, url: URL, { status, headers, body }: Answer): Fault {
  const { location, 'content-type': contentType } = headers;
  const home = homeIn(headers, url);
  if (home !== undefined && home !== withoutSlash(url)) return fault('path', { call, url, home });
  if (status >= 300 && status < 400 && location) {
    const target = URL.canParse(location, url.href) ? new URL(location, url).origin : location;
    return fault('redirect', { url, target });
  }
  const { type } = (body ?? {}) as Partial<Problem>;
  if (type === '/problems/not-found') return fault('path', { call, url, home });
  return status === 503
    ? fault('unavailable', { call })
    : fault('not-coatcheck', { call, url, status, contentType });
}

/**
 * The link that every problem of Coatcheck has: PATH/problems/SLUG. Another server may have sent any text, and a person pastes
 * this path into a shell.
 */
const helpLink = /<((?:\/[\w.~-]+)*)\/problems\/[a-z-]+>; rel="help"/;

/** @returns the URL below which Coatcheck lives, as its answer tells; undefined where it does not. */
function homeIn({ link }: IncomingHttpHeaders, { origin }: URL): string | undefined {
  const path = helpLink.exec(String(link ?? ''))?.[1];
  return path === undefined ? undefined : origin + path;
}

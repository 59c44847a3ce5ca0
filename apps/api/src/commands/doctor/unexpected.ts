import type { Problem } from '@coatcheck/api-types';
import type { Answer } from './exchange.ts';
import { type Fault, fault } from './faults.ts';

/** @returns the cause of a response that the call cannot have. @param call for people: `GET /session` */
export function unexpectedAnswer(call: string, url: URL, { status, headers, body }: Answer): Fault {
  const { location, 'content-type': contentType } = headers;
  if (status >= 300 && status < 400 && location) {
    const target = URL.canParse(location, url.href) ? new URL(location, url).origin : location;
    return fault('redirect', { url, target });
  }
  const { type } = (body ?? {}) as Partial<Problem>;
  if (type === '/problems/not-found') return fault('path', { call, url });
  return status === 503
    ? fault('unavailable', { call })
    : fault('not-coatcheck', { call, url, status, contentType });
}

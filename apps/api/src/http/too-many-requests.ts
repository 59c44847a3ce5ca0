import type { FastifyRequest } from 'fastify';
import { type ProblemError, problem } from './problems.ts';
import { logEvent } from './security-log.ts';

/**
 * 429 with `Retry-After` (RFC 6585 section 4).
 * @param what says what there was too much of, in one sentence.
 * @param waitMs after which the sender may try again, in milliseconds.
 */
export function tooManyRequests(what: string, waitMs: number): ProblemError {
  const retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
  return problem('too-many-requests', `${what} Try again in ${spoken(retryAfter)}.`, { retryAfter });
}

/** The same for a limit that the request went over, which the log notes. @param accountId whose limit it is, if an account's */
export function limitExceeded(
  request: FastifyRequest,
  what: string,
  waitMs: number,
  accountId?: string,
): ProblemError {
  logEvent(request, 'excess_rate_limit_exceeded', accountId === undefined ? {} : { accountId });
  return tooManyRequests(what, waitMs);
}

function spoken(seconds: number): string {
  const [count, unit] = seconds < 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

import type { FastifyRequest } from 'fastify';
import { type ProblemError, problem } from './problems.ts';
import { logEvent } from './security-log.ts';

/**
 * A refusal of status 429 with `Retry-After` (RFC 6585 section 4).
 * @param what a sentence for a person: the limit that was reached.
 * @param waitMs milliseconds after which the sender may try again.
 */
export function tooManyRequests(what: string, waitMs: number): ProblemError {
  const retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
  return problem('too-many-requests', `${what} Try again in ${spoken(retryAfter)}.`, { retryAfter });
}

/**
 * Like {@link tooManyRequests}, and writes `excess_rate_limit_exceeded` to the log.
 * @param accountId the account that has the limit; undefined: a network has it.
 */
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

import { type FieldError, type Problem, UnexpectedResponse } from '@coatcheck/api-types';

/** A rule that a field of a form breaks, found by this page or by the server. The rules of the page are those of the server. */
export type ValidationError = Omit<FieldError, 'detail'>;

/** The reason why a job did not succeed: a problem that the server named, or one that this page found out by itself. */
export type Failure =
  | Problem
  /** No response came. */
  | { type: 'no-answer' }
  /** The response is not Coatcheck's, or Coatcheck refused the request before it could read the call. */
  | { type: 'foreign-answer'; status: number }
  /** The person stopped waiting. The server may have done it all the same. */
  | { type: 'stopped' }
  /** The server logged the visitor in, and the browser did not keep the cookie. */
  | { type: 'cookie-not-kept' }
  /** The browser showed no passkey: the person closed its dialog, or has none here. */
  | { type: 'no-passkey' }
  /** The form breaks rules, so this page sent nothing. */
  | { type: 'mistyped'; errors: ValidationError[] };

/** A failure, and the moment from which a new try makes sense, milliseconds since 1970. 0 means at once. */
export type TimedFailure = Failure & { retryAt: number };

/** Adds to a failure that has just come the moment that the server's `Retry-After` gives (RFC 9110 section 10.2.3). */
export const timed = (failure: Failure): TimedFailure => ({
  ...failure,
  retryAt: 'retryAfter' in failure ? Date.now() + failure.retryAfter * 1000 : 0,
});

/** Milliseconds until a call without a response is tried again, longer after each try. */
const retryDelaysMs = [1_000, 2_000, 5_000, 10_000, 30_000];

/**
 * The time to wait before the next try, in milliseconds.
 * @param failedTries the number of tries in a row that failed before this failure
 */
export const retryDelayMs = (failedTries: number, { retryAt }: TimedFailure): number =>
  Math.max(retryDelaysMs[Math.min(failedTries, retryDelaysMs.length - 1)] ?? 0, retryAt - Date.now());

/**
 * Awaits a call of the client. A missing or foreign response becomes a failure, as a problem is one.
 * @throws errors of this page's own code
 */
export async function settle<R>(call: Promise<R>) {
  try {
    return await call;
  } catch (error) {
    return { ok: false, problem: failureOf(error) } as const;
  }
}

function failureOf(error: unknown) {
  if (error instanceof DOMException && error.name === 'AbortError') return { type: 'stopped' } as const;
  if (error instanceof TypeError) return { type: 'no-answer' } as const;
  if (error instanceof UnexpectedResponse) {
    return { type: 'foreign-answer', status: error.response.status } as const;
  }
  throw error;
}

/** Whether the server may have done what a failed call asked for: its response was lost, or is not Coatcheck's. */
export const isOutcomeUnknown = ({ type }: Pick<Failure, 'type'>): boolean =>
  type === 'no-answer' || type === 'foreign-answer';

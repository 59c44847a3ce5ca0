import { type FieldError, type Problem, UnexpectedResponse } from '@coatcheck/api-types';

/** One thing to mend in a form, found here or by the server; it speaks the server's rules either way. */
export type Fault = Omit<FieldError, 'detail'>;

/** Why something did not happen: what the server named, or what this page found out by itself. */
export type Failure =
  | Problem
  /** No answer came. */
  | { type: 'no-answer' }
  /** Something answered that is not Coatcheck, or Coatcheck before it knew what was asked. */
  | { type: 'foreign-answer'; status: number }
  /** The person stopped waiting. The server may have done it all the same. */
  | { type: 'stopped' }
  /** The server logged in, and the browser did not keep the cookie. */
  | { type: 'cookie-not-kept' }
  /** What was typed cannot be sent. */
  | { type: 'mistyped'; errors: Fault[] };

/** A failure and the moment from which trying again makes sense, milliseconds since 1970; 0: at once. */
export interface Refusal {
  failure: Failure;
  until: number;
}

/** A failure, with the moment that the server's `Retry-After` gives (RFC 9110 section 10.2.3). */
export function refusal(failure: Failure): Refusal {
  return { failure, until: 'retryAfter' in failure ? Date.now() + failure.retryAfter * 1000 : 0 };
}

/** Milliseconds until a call without an answer is tried again: longer each time. */
const retryDelaysMs = [1_000, 2_000, 5_000, 10_000, 30_000];

/**
 * How long to wait before the next try, in milliseconds.
 * @param unanswered how many tries in a row failed before this one
 */
export const waitAfter = (unanswered: number, { until }: Refusal): number =>
  Math.max(retryDelaysMs[Math.min(unanswered, retryDelaysMs.length - 1)] ?? 0, until - Date.now());

/** Awaits a call. A network that does not answer is a value here too; a fault of this page still throws. */
export async function attempt<R>(call: Promise<R>) {
  try {
    return await call;
  } catch (error) {
    return { ok: false, problem: withoutAnswer(error) } as const;
  }
}

function withoutAnswer(error: unknown) {
  if (error instanceof DOMException && error.name === 'AbortError') return { type: 'stopped' } as const;
  if (error instanceof TypeError) return { type: 'no-answer' } as const;
  if (error instanceof UnexpectedResponse) {
    return { type: 'foreign-answer', status: error.response.status } as const;
  }
  throw error;
}

/** Whether the server did not say what became of a call: it may have been done all the same. */
export const isUnheard = ({ type }: Pick<Failure, 'type'>): boolean =>
  type === 'no-answer' || type === 'foreign-answer';

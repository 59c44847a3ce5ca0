import type { FieldError, NotLoggedInReason, Problem, ProblemOf, ProblemSlug } from '@coatcheck/api-types';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { StoreUnavailable } from '../store/errors.ts';
import { callsBelow } from './calls-below.ts';
import { problemTypes } from './problem-types.ts';

declare module 'fastify' {
  interface FastifyInstance {
    config: Config;
  }
}

type Extras<Slug extends ProblemSlug> = Omit<ProblemOf<Slug>, 'type' | 'title' | 'status' | 'detail'>;

/**
 * An error that stands for a problem (RFC 9457). The HTTP server sends the problem, see {@link answerErrors}; a command
 * at the terminal prints its `detail`, which is the message of the error.
 */
export class ProblemError extends Error {
  readonly problem: Problem;
  readonly headers: Record<string, string>;

  constructor(problem: Problem, headers: Record<string, string> = {}) {
    // Nobody reads where a refusal was thrown, and whoever is refused may ask thousands of times a second.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(problem.detail);
    Error.stackTraceLimit = stackTraceLimit;
    this.problem = problem;
    this.headers =
      'retryAfter' in problem ? { 'retry-after': String(problem.retryAfter), ...headers } : headers;
  }
}

/**
 * Makes an error to throw.
 * @param slug the last part of the problem's `type`, which decides its title and status.
 * @param detail sentences for a person: the cause and the remedy.
 * @param extras the members of this problem besides type, title, status and detail (RFC 9457 section 3.2).
 * @param headers headers of the response. A `retryAfter` in `extras` sets `Retry-After` by itself.
 */
export function problem<Slug extends ProblemSlug>(
  slug: Slug,
  detail: string,
  ...[extras, headers]: object extends Extras<Slug>
    ? [extras?: undefined, headers?: Record<string, string>]
    : [extras: Extras<Slug>, headers?: Record<string, string>]
): ProblemError {
  const { title, status } = problemTypes[slug];
  const body = { type: `/problems/${slug}`, title, status, detail, ...extras };
  return new ProblemError(body as unknown as ProblemOf<Slug>, headers);
}

/** Field errors in one problem. All of them could make the response a thousand times as long as the request. */
export const maxErrors = 20;
/** Characters of a pointer. A name in a pointer may be as long as a body, and encoding makes it three times as long. */
const maxPointerLength = 1_000;

/**
 * A refusal of status 400, for a request whose fields do not fit.
 * @param errors one for each field. Only the first {@link maxErrors} are sent, so callers need not collect more.
 */
export function invalidRequest(errors: FieldError[]): ProblemError {
  const named = errors.slice(0, maxErrors).map((error) => ({ ...error, pointer: shortened(error.pointer) }));
  return problem('invalid-request', summaryOf(named), { errors: named });
}

function summaryOf(errors: FieldError[]): string {
  if (errors.length === 1 && errors[0]) return errors[0].detail;
  return errors.length < maxErrors
    ? `${errors.length} fields are invalid; see errors.`
    : `At least ${maxErrors} fields are invalid; see errors for ${maxErrors} of them.`;
}

/** @returns the pointer, or where it is too long, the pointer of the innermost enclosing value that is short enough. */
const shortened = (pointer: string): string =>
  pointer.length <= maxPointerLength ? pointer : pointer.slice(0, pointer.lastIndexOf('/', maxPointerLength));

/** A refusal of status 401, for a call that needs a member. @param reason why the cookie stands for no member */
export function notLoggedIn(reason: NotLoggedInReason): ProblemError {
  return problem('not-logged-in', whyNotLoggedIn[reason], { reason });
}

/** By reason: sentences for a person, the cause and the remedy. */
export const whyNotLoggedIn: Record<NotLoggedInReason, string> = {
  'no-cookie': 'No session cookie came with this request. POST /login starts a session.',
  unknown: 'This cookie matches no session on this server. POST /login starts one.',
  guest: 'This session is anonymous: nobody is logged in. POST /login logs in.',
  'expired-idle': 'This session expired because it was not used for a while. POST /login starts a new one.',
  'expired-absolute': 'This session reached its maximum lifetime. POST /login starts a new one.',
  'logged-out': 'This session was logged out. POST /login starts a new one.',
  replaced:
    'This cookie was replaced by a newer one at a later login, registration or password change. Send the newer cookie, or POST /login.',
  revoked:
    'This session was revoked: from another session, by a password change, by the operator of this server, by too many newer sessions, or with its account. POST /login starts a new one.',
};

/**
 * A refusal of status 503.
 * @param seconds after which the client may try again, for `Retry-After` (RFC 9110 section 10.2.3).
 */
export function unavailable(detail: string, seconds: number): ProblemError {
  return problem('unavailable', detail, { retryAfter: seconds });
}

/**
 * Makes a problem of every error that a hook or a handler throws. An error that is no known refusal is a fault: the log
 * has its cause, and the client is only told that there was a fault.
 * @param noteRefusal is called with each problem before it is sent.
 */
export function answerErrors(app: FastifyInstance, noteRefusal: NoteRefusal): void {
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    answerError(error, request, reply, noteRefusal),
  );
}

/**
 * Called with each problem before it is sent, except for a sender who hung up.
 * @param cause the error behind the problem; undefined where our code threw the problem itself.
 */
type NoteRefusal = (request: FastifyRequest, problem: Problem, cause?: unknown) => void;

/** Sends the problem that an error stands for. @param noteRefusal is called before */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  noteRefusal: NoteRefusal,
): FastifyReply {
  const refusal = asProblem(error);
  if (error === refusal) noteRefusal(request, refusal.problem);
  else if (!(error instanceof HungUp)) noteRefusal(request, refusal.problem, error);
  return answerProblem(reply, refusal);
}

/**
 * The sender closed the connection before the response. Nobody reads such a response, and the log has no line for it.
 */
export class HungUp extends Error {
  readonly statusCode = 400;
}

/** @returns the header that leads to the page of a problem (RFC 8288; `help` is a registered relation). */
export const helpLink = ({ type }: Problem, { basePath }: Pick<Config, 'basePath'>): string =>
  `<${basePath}${type}>; rel="help"`;

/** Sends a problem as `application/problem+json` (RFC 9457 section 3). */
export function answerProblem(reply: FastifyReply, { problem, headers }: ProblemError): FastifyReply {
  const { config } = reply.server;
  return reply
    .code(problem.status)
    .header('link', helpLink(problem, config))
    .headers(headers)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({ ...problem, detail: callsBelow(problem.detail, config.basePath) });
}

function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof StoreUnavailable) {
    return unavailable(
      'The database does not answer right now. If you were changing something, check before you repeat it.',
      2,
    );
  }
  const { statusCode = 500 } = error as Partial<FastifyError>;
  if (statusCode >= 400 && statusCode < 500) {
    const detail = 'The request is not well-formed HTTP. Check its path and headers.';
    return invalidRequest([{ pointer: '#', rule: 'malformed', detail }]);
  }
  return problem(
    'internal-error',
    'Something went wrong on the server and was logged. Try again; if it keeps happening, tell the operator of this server.',
  );
}

/** A refusal of status 415, for a body that is not JSON in UTF-8. */
export function notJson(): ProblemError {
  return problem(
    'unsupported-media-type',
    'Send JSON in UTF-8 with "Content-Type: application/json". With curl: --json instead of --data.',
  );
}

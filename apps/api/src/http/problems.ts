import type { FieldError, NotLoggedInReason, Problem, ProblemOf, ProblemSlug } from '@coatcheck/api-types';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StoreUnavailable } from '../store/errors.ts';
import { problemTypes } from './problem-types.ts';

type Extras<Slug extends ProblemSlug> = Omit<ProblemOf<Slug>, 'type' | 'title' | 'status' | 'detail'>;

/** A refusal on its way to the client. Thrown at the HTTP edge only, rendered by {@link answerProblem}. */
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
 * A refusal to throw.
 * @param detail what happened and what to do, for a person.
 * @param extras what this problem has beyond type, title, status and detail.
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

/** Faults that one answer names. All of them could make it a thousand times as long as the request. */
export const maxErrors = 20;
/** Characters of a pointer. Each name in it may be as long as a body, and three times that when encoded. */
const maxPointerLength = 1_000;

/**
 * 400 for a body whose fields do not fit.
 * @param errors of more than {@link maxErrors} the first are named. Collect no more than those.
 */
export function invalidRequest(errors: FieldError[]): ProblemError {
  const named = errors.slice(0, maxErrors).map((error) => ({ ...error, pointer: shortened(error.pointer) }));
  return problem('invalid-request', summaryOf(named), { errors: named });
}

function summaryOf(errors: FieldError[]): string {
  if (errors.length === 1 && errors[0]) return errors[0].detail;
  return errors.length < maxErrors
    ? `${errors.length} things do not fit; errors lists them.`
    : `${maxErrors} things or more do not fit; errors lists ${maxErrors} of them.`;
}

/** A pointer, or where that is too long, the pointer of what holds the place. */
const shortened = (pointer: string): string =>
  pointer.length <= maxPointerLength ? pointer : pointer.slice(0, pointer.lastIndexOf('/', maxPointerLength));

/** 401 for a call that needs somebody logged in. */
export function notLoggedIn(reason: NotLoggedInReason): ProblemError {
  return problem('not-logged-in', whyNotLoggedIn[reason], { reason });
}

const whyNotLoggedIn: Record<NotLoggedInReason, string> = {
  'no-cookie': 'No session cookie came with this request. POST /login starts a session.',
  unknown: 'The cookie names no session here. POST /login starts one.',
  guest: 'This session has nobody logged in. POST /login logs in.',
  'expired-idle': 'This session ended because it was not used for a while. POST /login starts a new one.',
  'expired-absolute': 'This session reached its longest life. POST /login starts a new one.',
  'logged-out': 'This session was logged out. POST /login starts a new one.',
  replaced:
    'This ticket was replaced by a newer one at a later login, registration or password change. Send the newer cookie, or POST /login.',
  revoked:
    'This session was revoked: from another session, by a new password, by whoever runs this server, by too many later sessions, or with its account. POST /login starts a new one.',
};

/** 503; `seconds` is when to try again. */
export function unavailable(detail: string, seconds: number): ProblemError {
  return problem('unavailable', detail, { retryAfter: seconds });
}

/** The only place where errors become answers: what is not a known refusal is a fault, which is logged and not told. */
export function answerErrors(app: FastifyInstance, noteRefusal: NoteRefusal): void {
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    answerError(error, request, reply, noteRefusal),
  );
}

/** Is told of every refusal, before the answer; of its cause too where it was not refused on purpose. */
export type NoteRefusal = (request: FastifyRequest, problem: Problem, cause?: unknown) => void;

/** Renders any error as the problem it stands for. */
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

/** The sender closed the connection. Nobody reads an answer, and nobody did anything that is worth a line. */
export class HungUp extends Error {
  readonly statusCode = 400;
}

/** Sends a problem as RFC 9457 has it. */
export function answerProblem(reply: FastifyReply, { problem, headers }: ProblemError): FastifyReply {
  return reply
    .code(problem.status)
    .headers(headers)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem);
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
    'The server met a fault and logged it. Try again; if it stays, tell who runs it.',
  );
}

/** 415 for a body of another kind. */
export function notJson(): ProblemError {
  return problem(
    'unsupported-media-type',
    'Send JSON in UTF-8 with "Content-Type: application/json". With curl: --json instead of --data.',
  );
}

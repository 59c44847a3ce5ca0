import type { Socket } from 'node:net';
import type { FieldRule, Problem } from '@coatcheck/api-types';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { networkOf, peerOf } from './address.ts';
import { escapeControls } from './controls.ts';
import { createEventBudget, type EventBudget } from './event-budget.ts';

/** Security events in OWASP's Logging Vocabulary. */
export const securityEvents = [
  'authn_login_success',
  'authn_password_change',
  'authn_login_fail',
  'authn_login_fail_max',
  'authn_token_created',
  'authn_token_revoked',
  'authz_fail',
  'excess_rate_limit_exceeded',
  'input_validation_fail',
  'malicious_cors',
  'session_created',
  'session_expired',
  'session_use_after_expire',
  'user_created',
  'user_deleted',
  'user_updated',
] as const;
/** The name of a security event. */
export type SecurityEvent = (typeof securityEvents)[number];

/** Events that cost their sender nothing but a request. */
const budgeted: ReadonlySet<SecurityEvent> = new Set([
  'authn_login_fail_max',
  'authz_fail',
  'excess_rate_limit_exceeded',
  'input_validation_fail',
  'malicious_cors',
  'session_use_after_expire',
]);

declare module 'fastify' {
  interface FastifyInstance {
    eventBudget: EventBudget;
  }
}

interface Facts {
  accountId?: string | null;
  sessionId?: string;
  reason?: string;
  /** The rules that the input broke. */
  rules?: FieldRule[];
}

/** Makes {@link logEvent} available to the requests of an app. */
export function logEvents(app: FastifyInstance): void {
  app.decorate(
    'eventBudget',
    createEventBudget((further) => app.log.info(further, 'Further events of this kind within a minute')),
  );
  app.addHook('onClose', async () => app.eventBudget.close());
}

/**
 * Writes one structured line for a security event, with the request's id and the client's address. Text that a client
 * typed is never written: a name can be a password in the wrong field. Of events that cost nothing to cause, a network
 * has ten lines a minute; then one line gives the number of the others.
 */
export function logEvent(request: FastifyRequest, event: SecurityEvent, facts: Facts = {}): void {
  const address = request.address;
  if (budgeted.has(event) && !request.server.eventBudget.take(networkOf(address), event)) return;
  request.log.info({ reqId: request.id, event, address, ...facts });
}

/** Writes the line for bytes that never became a request. The line has the address of the connection's other end. */
export function logMalformed(app: FastifyInstance, socket: Socket): void {
  const [event, address] = ['input_validation_fail', peerOf(socket)] as const;
  if (!app.eventBudget.take(networkOf(address), event)) return;
  app.log.info({ event, address, reason: 'malformed-http' });
}

/**
 * Writes the line for a problem: a security event for a refusal of access or of input, with the account of the session
 * if there is one, and an error for status 500 or above.
 * @param cause the error behind the problem; undefined where our code threw the problem itself.
 */
export function logRefusal(request: FastifyRequest, problem: Problem, cause?: unknown): void {
  if (problem.status >= 500) {
    logFailure(request, problem, cause);
    return;
  }
  const event = eventOf(problem);
  // Undefined: the request was refused before its cookie was read.
  const { visitor } = request as { visitor?: { account?: { id: string } } };
  const account = visitor?.account;
  if (event) logEvent(request, event[0], { ...(account && { accountId: account.id }), ...event[1] });
}

/**
 * Writes the line for a response of status 500 or above. A fault always has its line, so that it is found. Status 503
 * (a full queue, a database that does not answer) and 502 (an app that does not) cost a sender no more than a request, so their lines
 * have the budget of such events.
 */
function logFailure(request: FastifyRequest, { type, status, detail }: Problem, cause: unknown): void {
  const { address } = request;
  if ((status === 502 || status === 503) && !request.server.eventBudget.take(networkOf(address), type))
    return;
  request.log.error(
    { reqId: request.id, status, address, ...(cause !== undefined && { err: cause }) },
    detail,
  );
}

/**
 * @returns the event of a refusal; undefined where there is none, or where the code that refused has written it
 * already.
 */
function eventOf(problem: Problem): [SecurityEvent, Facts?] | undefined {
  switch (problem.type) {
    case '/problems/origin-not-allowed':
      return ['malicious_cors'];
    case '/problems/not-logged-in':
      // The use of a ticket that has ended has its own event, written when the ticket was looked up.
      return ['no-cookie', 'unknown', 'guest'].includes(problem.reason)
        ? ['authz_fail', { reason: problem.reason }]
        : undefined;
    case '/problems/not-found':
    case '/problems/registration-closed':
      return ['authz_fail', { reason: problem.type.replace('/problems/', '') }];
    case '/problems/invalid-request':
      return ['input_validation_fail', { rules: [...new Set(problem.errors.map(({ rule }) => rule))] }];
    case '/problems/too-large':
    case '/problems/unsupported-media-type':
      return ['input_validation_fail', { reason: problem.type.replace('/problems/', '') }];
    default:
      return undefined;
  }
}

/** @returns whether each response has a line in the log. */
export const logsRequests = ({ logLevel }: Pick<Config, 'logLevel'>): boolean =>
  logLevel === 'debug' || logLevel === 'trace';

/**
 * Writes one line for each response, at level `debug`. The path is written without its query, which may hold anything.
 */
export function logRequests(app: FastifyInstance, config: Pick<Config, 'logLevel'>): void {
  if (!logsRequests(config)) return;
  app.addHook('onResponse', async (request, reply) => {
    request.log.debug({
      reqId: request.id,
      method: request.method,
      path: escapeControls(request.originalUrl.split('?', 1)[0] ?? ''),
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    });
  });
}

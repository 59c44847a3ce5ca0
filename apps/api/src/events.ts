import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addressOf } from './addresses.ts';
import type { Config } from './config.ts';

/** Security events in OWASP's Logging Vocabulary. */
export type SecurityEvent =
  | 'authn_login_success'
  | 'authn_password_change'
  | 'authn_login_fail'
  | 'authn_login_fail_max'
  | 'excess_rate_limit_exceeded'
  | 'malicious_cors'
  | 'session_created'
  | 'session_expired'
  | 'session_use_after_expire'
  | 'user_created'
  | 'user_deleted'
  | 'user_updated';

/**
 * One structured line for each security event, with the request's id and the client's address. What a client typed
 * never goes in: a name can be a password in the wrong field.
 */
export function logEvent(
  request: FastifyRequest,
  event: SecurityEvent,
  facts: { accountId?: string | null; sessionId?: string; reason?: string } = {},
): void {
  request.log.info({ event, address: addressOf(request), ...facts });
}

/** At level `debug`, one line for each answer. The path goes without its query: that may hold anything. */
export function logRequests(app: FastifyInstance, { logLevel }: Pick<Config, 'logLevel'>): void {
  if (logLevel !== 'debug' && logLevel !== 'trace') return;
  app.addHook('onResponse', async (request, reply) => {
    request.log.debug({
      method: request.method,
      path: request.url.split('?', 1)[0],
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    });
  });
}

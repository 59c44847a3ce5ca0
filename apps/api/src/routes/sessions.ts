import { Sessions } from '@coatcheck/api-types/schemas';
import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import { actorOf } from '../session/actor.ts';
import { memberOf, type SessionParts } from '../session/authentication.ts';
import { publicSession } from './views.ts';

/**
 * GET /me/sessions lists the live sessions of the member. DELETE ends one of them, or all but the session of this
 * request.
 */
export const sessions: FastifyPluginAsyncTypebox<SessionParts> = async (app, { store, now }) => {
  const common = { tags: ['Account'], security: [{ ticket: [] }] };
  const gone = Type.Null({ description: 'Revoked: the next request with its cookie is refused' });
  const list = {
    ...common,
    summary: 'List sessions',
    description:
      'A session is one login in one browser. The current one comes first; times are accurate to the minute.',
    operationId: 'sessions',
    response: { 200: Sessions },
  };
  app.get('/me/sessions', { schema: list }, async (request) => {
    const { account, session: own } = memberOf(request);
    const stored = await store.sessionsOf(account.id, now());
    const shown = stored.map((session) => publicSession(session, session.id === own.id));
    return { sessions: shown.toSorted((a, b) => Number(b.current) - Number(a.current)) };
  });

  const endOne = {
    ...common,
    summary: 'Revoke a session',
    operationId: 'endSession',
    params: Type.Object({
      id: Type.String({ description: 'The `id` of a session from `GET /me/sessions`.' }),
    }),
    response: { 204: gone },
  };
  app.delete('/me/sessions/:id', { schema: endOne }, async (request, reply) => {
    const { id: accountId } = memberOf(request).account;
    const { id } = request.params;
    if ((await store.endSessionOf(accountId, id, actorOf(request), now())) === 'not-found') {
      throw problem(
        'not-found',
        'This account has no session with this id. GET /me/sessions lists its sessions.',
      );
    }
    logEvent(request, 'session_expired', { accountId, sessionId: id, reason: 'revoked' });
    return reply.code(204).send(null);
  });

  const endOthers = {
    ...common,
    summary: 'Revoke all other sessions',
    operationId: 'endOtherSessions',
    response: { 204: gone },
  };
  app.delete('/me/sessions', { schema: endOthers }, async (request, reply) => {
    const { account, session } = memberOf(request);
    const accountId = account.id;
    const ended = await store.endOtherSessions(accountId, session.ticketHash, actorOf(request), now());
    for (const sessionId of ended) {
      logEvent(request, 'session_expired', { accountId, sessionId, reason: 'revoked' });
    }
    return reply.code(204).send(null);
  });
};

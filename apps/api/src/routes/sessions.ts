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
  const common = { tags: ['account'], security: [{ ticket: [] }] };
  const gone = Type.Null({ description: 'Ended: its next request is refused' });
  const list = {
    ...common,
    summary: 'Where am I logged in?',
    description:
      'A session is one browser’s stay. The one that asks comes first; times are good to a minute.',
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
    summary: 'End one of my sessions',
    operationId: 'endSession',
    params: Type.Object({ id: Type.String() }),
    response: { 204: gone },
  };
  app.delete('/me/sessions/:id', { schema: endOne }, async (request, reply) => {
    const { id: accountId } = memberOf(request).account;
    const { id } = request.params;
    if ((await store.endSessionOf(accountId, id, actorOf(request), now())) === 'not-found') {
      throw problem('not-found', 'You have no session with this id. GET /me/sessions lists those you have.');
    }
    logEvent(request, 'session_expired', { accountId, sessionId: id, reason: 'revoked' });
    return reply.code(204).send(null);
  });

  const endOthers = {
    ...common,
    summary: 'End all my sessions but this one',
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

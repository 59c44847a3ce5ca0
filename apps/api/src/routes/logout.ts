import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { logEvent } from '../http/security-log.ts';
import { actorOf } from '../session/actor.ts';
import { liveSession, type SessionParts } from '../session/authentication.ts';
import { clearCookie, cookies } from '../session/issue.ts';

/** POST /logout: ends the session, and lets the browser drop the cookie, with or without a session. */
export const logout: FastifyPluginAsyncTypebox<SessionParts> = async (app, { store, now, cookie }) => {
  await app.register(cookies);
  const schema = {
    summary: 'Log out',
    description: 'Ends the session, if there is one, and clears the cookie. Works without a login, too.',
    operationId: 'logout',
    tags: ['Sessions'],
    response: { 204: Type.Null({ description: 'Logged out, and the cookie cleared' }) },
  };

  app.post('/logout', { schema }, async (request, reply) => {
    const session = liveSession(request);
    if (session && (await store.logOut(session.ticketHash, actorOf(request), now())) === 'ended') {
      logEvent(request, 'session_expired', {
        accountId: session.accountId,
        sessionId: session.id,
        reason: 'logged-out',
      });
    }
    clearCookie(reply, cookie);
    return reply.code(204).send(null);
  });
};

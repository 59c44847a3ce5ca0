import { Conversation } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { instant, publicSession, userOf } from '../answers.ts';
import type { SessionParts } from '../recognition.ts';

/** GET /session: what the server remembers about whoever holds this cookie, strangers too. */
export const session: FastifyPluginAsyncTypebox<SessionParts> = async (app, { config, now, cookie }) => {
  const schema = {
    summary: 'What do you remember about me?',
    description:
      'Answers everybody: who you are to the server, what it keeps, and why a cookie counts for nothing.',
    operationId: 'session',
    tags: ['session'],
    response: { 200: Conversation },
  };

  app.get('/session', { schema }, async (request) => {
    const { account, session, reason } = request.visitor;
    return {
      user: account && userOf(account),
      session: session && publicSession(session, true),
      remembered: session?.remembered ?? {},
      cookie: {
        name: cookie.name,
        sent: request.cookies[cookie.name] !== undefined,
        attributes: {
          httpOnly: true as const,
          secure: cookie.attributes.secure,
          sameSite: 'Lax' as const,
          path: '/' as const,
          expires: session?.remember ? instant(session.expiresAt) : null,
        },
      },
      reason,
      now: instant(now()),
      passwordMinLength: config.passwordMinLength,
    };
  });
};

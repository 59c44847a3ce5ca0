import { Export } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { instant, publicEvent, publicSession, userOf } from '../answers.ts';
import { nameHash } from '../limits.ts';
import { notLoggedIn } from '../problems.ts';
import { requireUser, type SessionParts } from '../recognition.ts';

/** GET /me/export: all that is stored about me, in one file. */
export const download: FastifyPluginAsyncTypebox<SessionParts> = async (app, { store, now }) => {
  const schema = {
    summary: 'All that is stored about me',
    description:
      'As a download. What is left out are the hashes of the password and of the tickets: they say nothing about you.',
    operationId: 'export',
    tags: ['account'],
    security: [{ ticket: [] }],
    response: { 200: Export },
  };

  // A link on another site could otherwise have a visitor's browser save all this.
  app.get('/me/export', { schema, config: { ownPagesOnly: true } }, async (request, reply) => {
    const { id, username } = requireUser(request);
    const stored = await store.everythingAbout(id, nameHash(username));
    // Left from another device in this moment.
    if (!stored) throw notLoggedIn('revoked');
    const own = request.visitor.session?.id;
    const exportedAt = instant(now());
    reply.header(
      'content-disposition',
      `attachment; filename="coatcheck-${username}-${exportedAt.slice(0, 10)}.json"`,
    );
    return {
      exportedAt,
      user: userOf(stored.account),
      sessions: stored.sessions.map((session) => ({
        ...publicSession(session, session.id === own),
        remembered: session.remembered,
      })),
      events: stored.events.map(publicEvent),
      familiarNetworks: stored.familiarNetworks.map(({ network, lastLoginAt }) => ({
        network,
        lastLoginAt: instant(lastLoginAt),
      })),
      loginFailures: stored.loginFailures.map(({ network, count, lastAt }) => ({
        network: network || null,
        count,
        lastAt: instant(lastAt),
      })),
    };
  });
};

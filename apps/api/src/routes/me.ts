import { ProfilePatch, User } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { notLoggedIn } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import { actorOf } from '../session/actor.ts';
import { memberOf, type SessionParts } from '../session/authentication.ts';
import type { Quotas } from './quotas.ts';
import { userOf } from './views.ts';

/** GET /me: the member's account. PATCH /me: changes its profile. */
export const me: FastifyPluginAsyncTypebox<SessionParts & { quotas: Quotas }> = async (
  app,
  { store, now, quotas },
) => {
  const schema = {
    summary: 'Get the current user',
    operationId: 'me',
    tags: ['Account'],
    security: [{ ticket: [] }],
    response: { 200: User },
  };

  app.get('/me', { schema }, (request) => userOf(memberOf(request).account));

  const change = {
    summary: 'Update the profile',
    description: 'A merge patch (RFC 7396): a field that is left out stays as it is, null clears it.',
    operationId: 'changeProfile',
    tags: ['Account'],
    security: [{ ticket: [] }],
    body: ProfilePatch,
    response: { 200: User },
  };
  app.patch('/me', { schema: change }, async (request) => {
    const { id } = memberOf(request).account;
    await quotas.takeProfileChange(request, id);
    const account = await store.changeProfile(id, request.body, actorOf(request), now());
    // The account was deleted from another device since the session was looked up.
    if (!account) throw notLoggedIn('revoked');
    logEvent(request, 'user_updated', { accountId: account.id });
    return userOf(account);
  });
};

import { PasswordChange } from '@coatcheck/api-types/schemas';
import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { notLoggedIn } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import { withMinLength } from '../http/validation.ts';
import { type Attempt, wrongPassword } from '../password/attempt.ts';
import type { Blocklist } from '../password/blocklist.ts';
import { hashPassword } from '../password/hash.ts';
import { requireGoodPassword } from '../password/policy.ts';
import { actorOf } from '../session/actor.ts';
import { memberOf, type SessionParts } from '../session/authentication.ts';
import { blankTicketHash, giveTicket } from '../session/issue.ts';

/** PUT /me/password: a new password, a new ticket, and every other session ended. */
export const password: FastifyPluginAsyncTypebox<
  SessionParts & { attempt: Attempt; isCommon: Blocklist }
> = async (app, { store, config, now, cookie, attempt, isCommon }) => {
  const schema = {
    summary: 'Change the password',
    description:
      'Revokes every other session of the account. This one goes on with a new cookie; the old one is invalid immediately.',
    operationId: 'changePassword',
    tags: ['Account'],
    security: [{ ticket: [] }],
    body: withMinLength(PasswordChange, 'newPassword', config.passwordMinLength),
    response: { 204: Type.Null({ description: 'Changed, and a new cookie set' }) },
  };

  app.put('/me/password', { schema }, async (request, reply) => {
    const { account, session } = memberOf(request);
    const { currentPassword, newPassword } = request.body;
    await requireGoodPassword(newPassword, account.username, isCommon, '#/newPassword');
    const { id, username, passwordHash: verifiedHash } = account;
    const by = actorOf(request);
    const proof = await attempt(
      reply,
      { username, account, password: currentPassword, failure: 'password-refused', by },
      () => hashPassword(newPassword),
    );
    if (!proof) throw wrongPassword();
    const change = { passwordHash: proof.result, verifiedHash, nameHash: proof.failureKey.nameHash };
    const tickets = { shownHash: session.ticketHash, newHash: blankTicketHash(request) };
    const outcome = await store.changePassword(id, change, tickets, by, now());
    if (outcome === 'credentials-changed') throw wrongPassword();
    if (outcome === 'not-live') {
      const found = await store.findSession(session.ticketHash, now());
      throw notLoggedIn(found.live ? 'unknown' : found.reason);
    }
    logEvent(request, 'authn_password_change', { accountId: id, sessionId: session.id });
    await giveTicket(request, { cookie, now }, session);
    return reply.code(204).send(null);
  });
};

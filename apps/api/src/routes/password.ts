import { PasswordChange } from '@coatcheck/api-types/schemas';
import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { logEvent } from '../http/security-log.ts';
import { withMinLength } from '../http/validation.ts';
import { type Attempt, wrongPassword } from '../password/attempt.ts';
import type { Blocklist } from '../password/blocklist.ts';
import { hashPassword } from '../password/hash.ts';
import { nameHash } from '../password/limits.ts';
import { requireGoodPassword } from '../password/policy.ts';
import { type Queue, senderOf } from '../password/queue.ts';
import { actorOf } from '../session/actor.ts';
import { memberOf, type SessionParts } from '../session/authentication.ts';
import { blankTicketHash, giveTicket } from '../session/issue.ts';
import type { Proofs } from '../ways/proof.ts';
import { endedMeanwhile } from './ended-meanwhile.ts';
import { requirePasskeyProof } from './passkey-proof.ts';

/** PUT /me/password: a new password, a new ticket, and every other session ended. */
export const password: FastifyPluginAsyncTypebox<
  SessionParts & { attempt: Attempt; queue: Queue; isCommon: Blocklist; proofs: Proofs }
> = async (app, { store, config, now, cookie, attempt, queue, isCommon, proofs }) => {
  const schema = {
    summary: 'Change the password',
    description:
      'Revokes every other session of the account. This one goes on with a new cookie; the old one is invalid immediately. Without the current password, it needs a passkey that was shown on this session within five minutes.',
    operationId: 'changePassword',
    tags: ['Account'],
    security: [{ ticket: [] }],
    body: withMinLength(PasswordChange, 'newPassword', config.passwordMinLength),
    response: { 204: Type.Null({ description: 'Changed, and a new cookie set' }) },
  };

  app.put('/me/password', { schema }, async (request, reply) => {
    const member = memberOf(request);
    const { account, session } = member;
    const { currentPassword: password, newPassword } = request.body;
    if (password === undefined) requirePasskeyProof(proofs, member, 'currentPassword');
    await requireGoodPassword(newPassword, account.username, isCommon, '#/newPassword');
    const { id, username, passwordHash: verifiedHash } = account;
    const by = actorOf(request);
    const hashNew = () => hashPassword(newPassword);
    const passwordHash =
      password === undefined
        ? await queue.inTurn(senderOf(reply), hashNew)
        : (await attempt(reply, { username, account, password, failure: 'password-refused', by }, hashNew))
            ?.result;
    if (passwordHash === undefined) throw wrongPassword();
    const change = { passwordHash, verifiedHash, nameHash: nameHash(username) };
    const tickets = { shownHash: session.ticketHash, newHash: blankTicketHash(request) };
    const outcome = await store.changePassword(id, change, tickets, by, now());
    if (outcome === 'credentials-changed') throw wrongPassword();
    if (outcome === 'not-live') throw await endedMeanwhile(store, session.ticketHash, now());
    logEvent(request, 'authn_password_change', { accountId: id, sessionId: session.id });
    await giveTicket(request, { cookie, now }, session);
    return reply.code(204).send(null);
  });
};

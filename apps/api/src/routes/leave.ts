import { PasswordProof } from '@coatcheck/api-types/schemas';
import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { logEvent } from '../http/security-log.ts';
import { type Attempt, wrongPassword } from '../password/attempt.ts';
import { nameHash } from '../password/limits.ts';
import { actorOf } from '../session/actor.ts';
import { memberOf, type SessionParts } from '../session/authentication.ts';
import { clearCookie, cookies } from '../session/issue.ts';
import type { Proofs } from '../ways/proof.ts';
import { requirePasskeyProof } from './passkey-proof.ts';

/** DELETE /me: removes the account, its sessions and all personal data for good. */
export const leave: FastifyPluginAsyncTypebox<SessionParts & { attempt: Attempt; proofs: Proofs }> = async (
  app,
  { store, now, attempt, cookie, proofs },
) => {
  await app.register(cookies);
  const schema = {
    summary: 'Delete the account',
    description:
      'Deletes everything that is stored about the account, revokes all of its sessions and clears the cookie. The username is not given out again: its hash stays, and nothing else of it. Without a password, it needs a passkey that was shown on this session within five minutes.',
    operationId: 'leave',
    tags: ['Account'],
    security: [{ ticket: [] }],
    body: PasswordProof,
    response: { 204: Type.Null({ description: 'Deleted, and the cookie cleared' }) },
  };

  app.delete('/me', { schema }, async (request, reply) => {
    const member = memberOf(request);
    const { account } = member;
    const { id, username, passwordHash } = account;
    const { password } = request.body;
    if (password === undefined) requirePasskeyProof(proofs, member, 'password');
    else {
      const proof = await attempt(
        reply,
        { username, account, password, failure: 'password-refused', by: actorOf(request) },
        // The account is erased after the queue: erasing waits for the disk, and must not hold the place of a hash.
        async () => undefined,
      );
      if (!proof) throw wrongPassword();
    }
    const evidence = { verifiedHash: passwordHash, nameHash: nameHash(username) };
    const outcome = await store.deleteAccount(id, evidence, now());
    if (outcome === 'credentials-changed') throw wrongPassword();
    logEvent(request, 'user_deleted', { accountId: id });
    clearCookie(reply, cookie);
    return reply.code(204).send(null);
  });
};

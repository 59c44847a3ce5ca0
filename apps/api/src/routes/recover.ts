import { Recovery, User } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import { withMinLength } from '../http/validation.ts';
import type { Blocklist } from '../password/blocklist.ts';
import { createFinder, hashPassword } from '../password/hash.ts';
import { requireGoodPassword } from '../password/policy.ts';
import type { Try } from '../password/try.ts';
import { strangerOf } from '../session/actor.ts';
import { liveSession, type SessionParts } from '../session/authentication.ts';
import { handOver, newSession } from '../session/issue.ts';
import { plainCode } from '../ways/recovery-codes.ts';
import { userOf } from './views.ts';

/** An id that no account has. */
const idOfNobody = '';

/** POST /recover: a recovery code in place of a forgotten password, and a new password. */
export const recover: FastifyPluginAsyncTypebox<
  SessionParts & { tryOnce: Try; isCommon: Blocklist }
> = async (app, parts) => {
  const { store, config, tryOnce, isCommon } = parts;
  const findHash = createFinder();
  const schema = {
    summary: 'Log in with a recovery code',
    description:
      'Uses the code up, sets a new password, starts a session and revokes every other session of the account. A wrong code counts as a failed login.',
    operationId: 'recover',
    tags: ['Sessions'],
    body: withMinLength(Recovery, 'newPassword', config.passwordMinLength),
    response: { 200: User },
  };

  app.post('/recover', { schema }, async (request, reply) => {
    const { code, newPassword } = request.body;
    const username = request.body.username.toLowerCase();
    await requireGoodPassword(newPassword, username, isCommon, '#/newPassword');
    const account = await store.findAccount(username);
    // Looked up without an account, too, and hashed without a code: the time must not tell whether there is one.
    const hashes = await store.recoveryCodesOf(account?.id ?? idOfNobody);
    const claim = { username, account, failure: 'login-failed' as const, by: strangerOf(request) };
    const proof = await tryOnce(reply, claim, async () => {
      const codeHash = await findHash(hashes, plainCode(code));
      if (!account || codeHash === undefined) return undefined;
      return { account, codeHash, passwordHash: await hashPassword(newPassword) };
    });
    if (!proof) throw wrong();

    const { account: owner, ...secrets } = proof.right;
    const session = newSession(request, parts, { accountId: owner.id, remember: false });
    const outcome = await store.recover(
      session,
      { ...secrets, nameHash: proof.failureKey.nameHash },
      liveSession(request)?.ticketHash,
    );
    if (outcome === 'refused') throw wrong();

    const facts = { accountId: owner.id, sessionId: session.id, reason: 'recovery-code' };
    logEvent(request, 'authn_password_change', facts);
    logEvent(request, 'authn_login_success', facts);
    await handOver(request, parts, session);
    return userOf(owner);
  });
};

const wrong = () =>
  problem(
    'invalid-credentials',
    'Wrong username or recovery code. Check both and try again; each code is good once.',
  );

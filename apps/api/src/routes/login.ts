import { Credentials, User } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import { learnCost } from '../password/decoys.ts';
import { hashPassword, inTurn, needsRehash, verifyPassword } from '../password/hash.ts';
import type { Limits } from '../password/limits.ts';
import { strangerOf } from '../session/actor.ts';
import type { SessionParts } from '../session/authentication.ts';
import { handOver, newSession } from '../session/issue.ts';
import { userOf } from './views.ts';

/** POST /login: a new session for who knows the password. */
export const login: FastifyPluginAsyncTypebox<SessionParts & { limits: Limits }> = async (app, parts) => {
  const { store, limits } = parts;
  const schema = {
    summary: 'Log in',
    description: 'The session gets a new ticket. The one that was shown, if any, is dead at once.',
    operationId: 'login',
    tags: ['session'],
    body: Credentials,
    response: { 200: User },
  };

  app.post('/login', { schema }, async (request, reply) => {
    const { password, remember = false } = request.body;
    const username = request.body.username.toLowerCase();
    const account = await store.findAccount(username);
    learnCost(account?.passwordHash);
    const failureKey = await limits.failureKey(request, username, account);
    await limits.requireTry(request, failureKey, account);

    const newHash = await inTurn(reply, async () => {
      // Asked again when the hash is about to begin: others may have failed while this one stood in line.
      await limits.requireTry(request, failureKey, account);
      if (!(await verifyPassword(account?.passwordHash, password))) {
        await limits.countFailure(failureKey, {
          accountId: account?.id,
          type: 'login-failed',
          by: strangerOf(request),
        });
        logEvent(request, 'authn_login_fail', { accountId: account?.id ?? null });
        throw wrong();
      }
      return account && needsRehash(account.passwordHash) ? hashPassword(password) : undefined;
    });

    // Without an account no password is ever right.
    if (!account) throw wrong();
    const session = newSession(request, parts, { accountId: account.id, remember });
    const proof = {
      verifiedHash: account.passwordHash,
      failureKey,
      ...(newHash !== undefined && { newHash }),
    };
    const outcome = await store.logIn(session, proof, request.visitor.session?.ticketHash);
    if (outcome === 'credentials-changed') throw wrong();

    logEvent(request, 'authn_login_success', { accountId: account.id, sessionId: session.id });
    await handOver(request, parts, session);
    return userOf(account);
  });
};

const wrong = () =>
  problem('invalid-credentials', 'Username or password is not right. Check both and try again.');

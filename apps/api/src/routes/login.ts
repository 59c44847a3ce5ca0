import { Credentials, User } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import type { Attempt } from '../password/attempt.ts';
import { hashPassword, needsRehash } from '../password/hash.ts';
import { strangerOf } from '../session/actor.ts';
import { liveSession, type SessionParts } from '../session/authentication.ts';
import { handOver, newSession } from '../session/issue.ts';
import { userOf } from './views.ts';

/** POST /login: a new session for a person who knows the password. */
export const login: FastifyPluginAsyncTypebox<SessionParts & { attempt: Attempt }> = async (app, parts) => {
  const { store, attempt } = parts;
  const schema = {
    summary: 'Log in',
    description:
      'Starts a session and sets its cookie. The cookie that came with the request, if any, is invalid immediately.',
    operationId: 'login',
    tags: ['Sessions'],
    body: Credentials,
    response: { 200: User },
  };

  app.post('/login', { schema }, async (request, reply) => {
    const { password, remember = false } = request.body;
    const username = request.body.username.toLowerCase();
    const proof = await attempt(
      reply,
      {
        username,
        account: await store.findAccount(username),
        password,
        failure: 'login-failed',
        by: strangerOf(request),
      },
      async ({ passwordHash }) => (needsRehash(passwordHash) ? hashPassword(password) : undefined),
    );
    if (!proof) throw wrong();

    const { account, failureKey, result: newHash } = proof;
    const session = newSession(request, parts, { accountId: account.id, remember, provenBy: 'password' });
    const outcome = await store.logIn(
      session,
      { verifiedHash: account.passwordHash, failureKey, ...(newHash !== undefined && { newHash }) },
      liveSession(request)?.ticketHash,
    );
    if (outcome === 'credentials-changed') throw wrong();

    logEvent(request, 'authn_login_success', { accountId: account.id, sessionId: session.id });
    await handOver(request, parts, session);
    return userOf(account);
  });
};

const wrong = () => problem('invalid-credentials', 'Wrong username or password. Check both and try again.');

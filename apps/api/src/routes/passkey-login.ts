import { PasskeyLogin, PasskeyRequestOptions, User } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import type { Limits } from '../password/limits.ts';
import { liveSession, type SessionParts } from '../session/authentication.ts';
import { handOver, newSession } from '../session/issue.ts';
import type { Challenges } from '../ways/challenges.ts';
import { requestOptions } from '../ways/passkey-options.ts';
import type { RelyingParty } from '../ways/relying-party.ts';
import type { CheckPasskey } from '../ways/shown-passkey.ts';
import { refusedPasskey } from './refused-passkey.ts';
import { userOf } from './views.ts';

/** A login, which has no session before its passkey was accepted. */
const asked = { purpose: 'log-in', sessionId: null } as const;

/** POST /login/passkey: a new session for a person who shows a passkey. Its options are the same for everybody. */
export const passkeyLogin: FastifyPluginAsyncTypebox<
  SessionParts & {
    limits: Limits;
    challenges: Challenges;
    relyingParty: RelyingParty;
    checkPasskey: CheckPasskey;
  }
> = async (app, parts) => {
  const { store, limits, challenges, relyingParty, checkPasskey } = parts;
  const begin = {
    summary: 'Begin a login with a passkey',
    description:
      'The options for `navigator.credentials.get`, good for one response within five minutes. They name no account.',
    operationId: 'passkeyLoginOptions',
    tags: ['Sessions'],
    response: { 200: PasskeyRequestOptions },
  };
  app.post('/login/passkey/options', { schema: begin }, async (request) => {
    await limits.requireTryOfNetwork(request);
    return requestOptions(await challenges.make(request, asked), relyingParty.id, []);
  });

  const schema = {
    summary: 'Log in with a passkey',
    description:
      'Starts a session and sets its cookie. The cookie that came with the request, if any, is invalid immediately.',
    operationId: 'passkeyLogin',
    tags: ['Sessions'],
    body: PasskeyLogin,
    response: { 200: User },
  };
  app.post('/login/passkey', { schema }, async (request) => {
    const { response, remember = false } = request.body;
    await limits.requireTryOfNetwork(request);
    const shown = await checkPasskey(response, asked);
    if (!shown) throw await refusedPasskey(request, limits, null, unknown());

    const { account, use } = shown;
    const session = newSession(request, parts, { accountId: account.id, remember, provenBy: 'passkey' });
    const outcome = await store.logInWithPasskey(session, use, liveSession(request)?.ticketHash);
    if (outcome === 'refused') throw await refusedPasskey(request, limits, account.id, unknown());

    logEvent(request, 'authn_login_success', { accountId: account.id, sessionId: session.id });
    await handOver(request, parts, session);
    return userOf(account);
  });
};

const unknown = () =>
  problem(
    'invalid-credentials',
    'This passkey logs nobody in here, or it took too long. Try again, or log in with your password.',
  );

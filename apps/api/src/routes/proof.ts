import type { Proof as ProofBody } from '@coatcheck/api-types';
import { PasskeyRequestOptions, Proof } from '@coatcheck/api-types/schemas';
import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalidRequest, problem } from '../http/problems.ts';
import { type Attempt, wrongPassword } from '../password/attempt.ts';
import type { Limits } from '../password/limits.ts';
import { actorOf } from '../session/actor.ts';
import { memberOf, type SessionParts } from '../session/authentication.ts';
import { isPasswordAlone } from '../store/password-mark.ts';
import type { Challenges } from '../ways/challenges.ts';
import { requestOptions } from '../ways/passkey-options.ts';
import type { RelyingParty } from '../ways/relying-party.ts';
import type { CheckPasskey } from '../ways/shown-passkey.ts';
import { endedMeanwhile } from './ended-meanwhile.ts';
import { refusedPasskey } from './refused-passkey.ts';

/** POST /me/proof: proves for five minutes that the owner of the account is at the keyboard. */
export const proof: FastifyPluginAsyncTypebox<
  SessionParts & {
    attempt: Attempt;
    limits: Limits;
    challenges: Challenges;
    relyingParty: RelyingParty;
    checkPasskey: CheckPasskey;
  }
> = async (app, { store, now, attempt, limits, challenges, relyingParty, checkPasskey }) => {
  const common = { tags: ['Account'], security: [{ ticket: [] }] };
  const asked = (sessionId: string) => ({ purpose: 'prove', sessionId }) as const;

  const begin = {
    ...common,
    summary: 'Begin a proof with a passkey',
    description:
      'The options for `navigator.credentials.get`, good for one response within five minutes. They name the passkeys of this account.',
    operationId: 'proofOptions',
    response: { 200: PasskeyRequestOptions },
  };
  app.post('/me/proof/options', { schema: begin }, async (request) => {
    const { account, session } = memberOf(request);
    await limits.requireTryOfNetwork(request);
    const own = await store.passkeysOf(account.id);
    return requestOptions(await challenges.make(request, asked(session.id)), relyingParty.id, own);
  });

  async function byPassword(request: FastifyRequest, reply: FastifyReply, password: string) {
    const { account, session } = memberOf(request);
    // Neither checked nor counted: right or wrong, it would prove nothing.
    if (!isPasswordAlone(account.passwordHash)) throw notEnough();
    const { username, passwordHash: verifiedHash } = account;
    const right = await attempt(
      reply,
      { username, account, password, failure: 'password-refused', by: actorOf(request) },
      async () => undefined,
    );
    if (!right) throw wrongPassword();
    const { failureKey } = right;
    return store.proveByPassword(account.id, session.ticketHash, { verifiedHash, failureKey }, now());
  }

  async function byPasskey(request: FastifyRequest, response: NonNullable<ProofBody['response']>) {
    const { account, session } = memberOf(request);
    await limits.requireTryOfNetwork(request);
    const shown = await checkPasskey(response, asked(session.id), account);
    return shown ? store.proveByPasskey(account.id, session.ticketHash, shown.use, now()) : 'refused';
  }

  const schema = {
    ...common,
    summary: 'Prove that it is you',
    description:
      'Calls that change how the owner logs in ask for a proof that is younger than five minutes. A login is one, too. While `passwordAlone` is false, a password proves nothing.',
    operationId: 'prove',
    body: Proof,
    response: { 204: Type.Null({ description: 'Proven for five minutes, in this session and in no other' }) },
  };
  app.post('/me/proof', { schema }, async (request, reply) => {
    const { account, session } = memberOf(request);
    const { password, response } = request.body;
    if (password === undefined && response === undefined) throw oneOfTwo('required');
    if (password !== undefined && response !== undefined) throw oneOfTwo('malformed');
    const outcome =
      response === undefined
        ? await byPassword(request, reply, password ?? '')
        : await byPasskey(request, response);
    if (outcome === 'not-live') throw await endedMeanwhile(store, session.ticketHash, now());
    if (outcome === 'refused') throw await refusedPasskey(request, limits, account.id, wrongPasskey());
    if (outcome === 'credentials-changed') throw wrongPassword();
    return reply.code(204).send(null);
  });
};

const oneOfTwo = (rule: 'required' | 'malformed') =>
  invalidRequest([{ pointer: '#', rule, detail: 'Send either a password or the response of a passkey.' }]);

const notEnough = () =>
  problem(
    'wrong-password',
    'The password alone is not enough for this account, so it proves nothing. Show a passkey: POST /me/proof/options.',
  );

const wrongPasskey = () =>
  problem('wrong-password', 'This passkey is none of this account, or it took too long. Try again.');

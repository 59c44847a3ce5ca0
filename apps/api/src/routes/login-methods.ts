import { LoginMethods, LoginMethodsPatch } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import { memberOf, type SessionParts } from '../session/authentication.ts';
import { isPasswordAlone } from '../store/password-mark.ts';
import type { Proofs } from '../ways/proof.ts';
import type { RelyingParty } from '../ways/relying-party.ts';
import { endedMeanwhile } from './ended-meanwhile.ts';
import { liveMemberOf } from './live-member.ts';
import type { Quotas } from './quotas.ts';
import { publicPasskey } from './views.ts';

/** GET /me/login-methods: the ways to log in. PATCH decides whether the password alone is one of them. */
export const loginMethods: FastifyPluginAsyncTypebox<
  SessionParts & { quotas: Quotas; relyingParty: RelyingParty; proofs: Proofs }
> = async (app, { store, now, quotas, relyingParty, proofs }) => {
  const common = { tags: ['Account'], security: [{ ticket: [] }], response: { 200: LoginMethods } };
  const methodsOf = async (accountId: string, passwordAlone: boolean) => {
    const [passkeys, codes] = await Promise.all([
      store.passkeysOf(accountId),
      store.recoveryCodesOf(accountId),
    ]);
    return { passkeys: passkeys.map(publicPasskey), recoveryCodesLeft: codes.length, passwordAlone };
  };

  const get = { ...common, summary: 'List the ways to log in', operationId: 'loginMethods' };
  app.get('/me/login-methods', { schema: get }, (request) => {
    const { account } = memberOf(request);
    return methodsOf(account.id, isPasswordAlone(account.passwordHash));
  });

  const change = {
    ...common,
    summary: 'Decide whether the password alone is enough',
    description:
      'With `passwordAlone: false`, a password no longer logs in without a passkey, and all other sessions of the account are revoked. Needs a passkey, recovery codes, and a fresh proof: `POST /me/proof`.',
    operationId: 'changeLoginMethods',
    body: LoginMethodsPatch,
  };
  app.patch('/me/login-methods', { schema: change }, async (request) => {
    const member = memberOf(request);
    const { account, session } = member;
    const { passwordAlone } = request.body;
    await proofs.requireProof(member);
    await quotas.takeLoginMethodChange(request, account.id);
    const live = liveMemberOf(request);
    const outcome = await store.setPasswordAlone(passwordAlone, relyingParty.id, live, now());
    if (outcome === 'not-live') throw await endedMeanwhile(store, session.ticketHash, now());
    if (outcome === 'last-way-in') {
      throw problem(
        'last-way-in',
        'To ask for a passkey beside the password, an account needs a passkey for this address and recovery codes. Add what is missing first.',
      );
    }
    logEvent(request, 'user_updated', { accountId: account.id, reason: 'login-methods-changed' });
    return methodsOf(account.id, passwordAlone);
  });
};

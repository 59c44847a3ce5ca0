import { RecoveryCodes } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { logEvent } from '../http/security-log.ts';
import { type Queue, senderOf } from '../password/queue.ts';
import { memberOf, type SessionParts } from '../session/authentication.ts';
import type { Proofs } from '../ways/proof.ts';
import { hashRecoveryCodes, newRecoveryCodes } from '../ways/recovery-codes.ts';
import { endedMeanwhile } from './ended-meanwhile.ts';
import { liveMemberOf } from './live-member.ts';
import type { Quotas } from './quotas.ts';

/** POST /me/recovery-codes: ten new codes, shown this once. */
export const recoveryCodes: FastifyPluginAsyncTypebox<
  SessionParts & { quotas: Quotas; queue: Queue; proofs: Proofs }
> = async (app, { store, now, quotas, queue, proofs }) => {
  const schema = {
    summary: 'Make recovery codes',
    description:
      'Ten codes, shown this once. Each replaces a forgotten password once, at `POST /recover`. The earlier ones are void. Needs a proof of the last five minutes.',
    operationId: 'makeRecoveryCodes',
    tags: ['Account'],
    security: [{ ticket: [] }],
    response: { 200: RecoveryCodes },
  };

  app.post('/me/recovery-codes', { schema }, async (request, reply) => {
    const member = memberOf(request);
    await proofs.requireProof(member);
    await quotas.takeRecoveryCodes(request, member.account.id);
    const codes = newRecoveryCodes();
    const sender = senderOf(reply);
    const hashes = await hashRecoveryCodes(codes, (job) => queue.inTurn(sender, job));
    const live = liveMemberOf(request);
    const outcome = await store.replaceRecoveryCodes(hashes, live, now());
    if (outcome === 'not-live') throw await endedMeanwhile(store, live.ticketHash, now());
    const { account, session } = member;
    logEvent(request, 'user_updated', {
      accountId: account.id,
      sessionId: session.id,
      reason: 'recovery-codes',
    });
    return { codes };
  });
};

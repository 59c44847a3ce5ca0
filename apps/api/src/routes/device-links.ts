import { DeviceLink } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { homeOf } from '../config.ts';
import { isOnThisMachine } from '../http/origins.ts';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import { memberOf, type SessionParts } from '../session/authentication.ts';
import { linkMs, newLink } from '../ways/links.ts';
import type { Proofs } from '../ways/proof.ts';
import { endedMeanwhile } from './ended-meanwhile.ts';
import { liveMemberOf } from './live-member.ts';
import type { Quotas } from './quotas.ts';
import { instant } from './views.ts';

/** POST /me/device-links: a link that logs another device in, once. */
export const deviceLinks: FastifyPluginAsyncTypebox<
  SessionParts & { quotas: Quotas; proofs: Proofs }
> = async (app, { store, config, now, quotas, proofs }) => {
  const schema = {
    summary: 'Make a link for another device',
    description:
      'Logs another device in, once, within two minutes. An earlier link is void. Needs a proof of the last five minutes. There is none where only this machine reaches the server.',
    operationId: 'makeDeviceLink',
    tags: ['Account'],
    security: [{ ticket: [] }],
    response: { 201: DeviceLink },
  };

  app.post('/me/device-links', { schema }, async (request, reply) => {
    const member = memberOf(request);
    if (isOnThisMachine(config)) {
      throw problem(
        'not-found',
        'No other device can open a link to this server: its address is on this machine. PUBLIC_URL sets another.',
      );
    }
    await proofs.requireProof(member);
    const { id } = member.account;
    await quotas.takeDeviceLink(request, id);
    const at = now();
    const home = homeOf(config);
    const { url, link } = newLink(home, { kind: 'device', accountId: id, now: at, goodForMs: linkMs.device });
    const live = liveMemberOf(request);
    const outcome = await store.makeDeviceLink(link, live, at);
    if (outcome === 'not-live') throw await endedMeanwhile(store, live.ticketHash, at);
    const facts = { accountId: id, sessionId: member.session.id, reason: 'device-link' };
    logEvent(request, 'authn_token_created', facts);
    return reply.code(201).send({ url, expiresAt: instant(link.overAt) });
  });
};

import { NewPasskey, Passkey, PasskeyCreationOptions, PasskeyName } from '@coatcheck/api-types/schemas';
import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { invalidRequest, problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import { memberOf, type SessionParts } from '../session/authentication.ts';
import { newPublicId } from '../session/ticket.ts';
import type { StoredPasskey } from '../store/records.ts';
import { storeCaps } from '../store/retention.ts';
import type { Challenges } from '../ways/challenges.ts';
import { creationOptions } from '../ways/passkey-options.ts';
import type { Proofs } from '../ways/proof.ts';
import type { RelyingParty } from '../ways/relying-party.ts';
import { readRegistration } from '../ways/webauthn.ts';
import { endedMeanwhile } from './ended-meanwhile.ts';
import { liveMemberOf } from './live-member.ts';
import { publicPasskey } from './views.ts';

/** Seconds after which a full account may be asked for again. Its owner has to remove a passkey first. */
const retryAfter = 60 * 60;

/** The passkeys of a member: adds one, renames one, removes one. */
export const passkeys: FastifyPluginAsyncTypebox<
  SessionParts & { challenges: Challenges; relyingParty: RelyingParty; proofs: Proofs }
> = async (app, { store, config, now, challenges, relyingParty, proofs }) => {
  const common = { tags: ['Account'], security: [{ ticket: [] }] };
  const params = Type.Object({
    id: Type.String({ description: 'The `id` of a passkey from `GET /me/login-methods`.' }),
  });
  const asked = (sessionId: string) => ({ purpose: 'add-passkey', sessionId }) as const;

  const begin = {
    ...common,
    summary: 'Begin to add a passkey',
    description:
      'The options for `navigator.credentials.create`, good for one response within five minutes. Needs a fresh proof: `POST /me/proof`.',
    operationId: 'passkeyOptions',
    response: { 200: PasskeyCreationOptions },
  };
  app.post('/me/passkeys/options', { schema: begin }, async (request) => {
    const member = memberOf(request);
    const { account, session } = member;
    await proofs.requireProof(member);
    const own = await store.passkeysOf(account.id);
    if (own.length >= storeCaps.maxPasskeysPerAccount) throw tooMany(request, account.id);
    const challenge = await challenges.make(request, asked(session.id));
    return creationOptions(
      challenge,
      account,
      { id: relyingParty.id, name: config.house.name ?? 'Coatcheck' },
      own,
    );
  });

  const add = {
    ...common,
    summary: 'Add a passkey',
    description: 'Needs a fresh proof: `POST /me/proof`.',
    operationId: 'addPasskey',
    body: NewPasskey,
    response: { 201: Passkey },
  };
  app.post('/me/passkeys', { schema: add }, async (request, reply) => {
    const member = memberOf(request);
    const { account, session } = member;
    const { name, response } = request.body;
    await proofs.requireProof(member);
    const read = readRegistration(response);
    if (!(await challenges.take(read.challenge, asked(session.id)))) throw refused(late);
    const made = await read.verify(relyingParty);
    if (!made) throw refused(unfit);

    const passkey: StoredPasskey = {
      ...made,
      id: newPublicId(),
      accountId: account.id,
      relyingPartyId: relyingParty.id,
      name,
      createdAt: now(),
      lastUsedAt: null,
    };
    const outcome = await store.addPasskey(passkey, liveMemberOf(request), passkey.createdAt);
    if (outcome === 'not-live') throw await endedMeanwhile(store, session.ticketHash, now());
    if (outcome === 'too-many') throw tooMany(request, account.id);
    if (outcome === 'known') throw refused(known);
    logEvent(request, 'user_updated', { accountId: account.id, reason: 'passkey-added' });
    return reply.code(201).send(publicPasskey(passkey));
  });

  const rename = {
    ...common,
    summary: 'Rename a passkey',
    operationId: 'renamePasskey',
    params,
    body: PasskeyName,
    response: { 200: Passkey },
  };
  app.patch('/me/passkeys/:id', { schema: rename }, async (request) => {
    const { account } = memberOf(request);
    const passkey = await store.renamePasskey(account.id, request.params.id, request.body.name);
    if (!passkey) throw noSuchPasskey();
    return publicPasskey(passkey);
  });

  const remove = {
    ...common,
    summary: 'Remove a passkey',
    description: 'Needs a fresh proof: `POST /me/proof`. Sessions that it started go on.',
    operationId: 'removePasskey',
    params,
    response: { 204: Type.Null({ description: 'Removed: it logs nobody in any more' }) },
  };
  app.delete('/me/passkeys/:id', { schema: remove }, async (request, reply) => {
    const member = memberOf(request);
    const { account, session } = member;
    await proofs.requireProof(member);
    const { id } = request.params;
    const outcome = await store.removePasskey(id, relyingParty.id, liveMemberOf(request), now());
    if (outcome === 'not-live') throw await endedMeanwhile(store, session.ticketHash, now());
    if (outcome === 'not-found') throw noSuchPasskey();
    if (outcome === 'last-way-in') {
      throw problem(
        'last-way-in',
        'This is the last passkey, and the password alone is not enough. Add another passkey first.',
      );
    }
    logEvent(request, 'user_updated', { accountId: account.id, reason: 'passkey-removed' });
    return reply.code(204).send(null);
  });
};

const late = 'The answer came too late, or it answers nothing that was asked here. Ask for new options.';
const unfit = 'This passkey cannot be used here. Ask for new options, and try another one.';
const known = 'This passkey is registered already. Use another one.';

const refused = (detail: string) => invalidRequest([{ pointer: '#/response', rule: 'malformed', detail }]);

const noSuchPasskey = () =>
  problem('not-found', 'This account has no passkey with this id. GET /me/login-methods lists its passkeys.');

function tooMany(request: FastifyRequest, accountId: string) {
  logEvent(request, 'excess_rate_limit_exceeded', { accountId });
  const { maxPasskeysPerAccount } = storeCaps;
  return problem(
    'too-many-requests',
    `This account has ${maxPasskeysPerAccount} passkeys, and can have no more. Remove one first.`,
    { retryAfter },
  );
}

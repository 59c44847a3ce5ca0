import type { FieldError, LinkKind, LinkUse as Use } from '@coatcheck/api-types';
import { LinkToken, LinkUse, OpenedLink, User } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { invalidRequest } from '../http/problems.ts';
import { withMinLength } from '../http/validation.ts';
import { liveSession } from '../session/authentication.ts';
import { createUses, type UseParts } from './link-uses.ts';
import type { RegisterAccount } from './registration.ts';
import { instant } from './views.ts';
import { createLinkLookUp } from './waiting-link.ts';

/** POST /links/open: says what a one-time link is good for. POST /links/use: uses it up, and logs in. */
export const links: FastifyPluginAsyncTypebox<
  Omit<UseParts, 'lookUp'> & { registerAccount: RegisterAccount }
> = async (app, parts) => {
  const { store, config, registerAccount } = parts;
  const lookUp = createLinkLookUp(parts);
  const { resetPassword, logInDevice } = createUses({ ...parts, lookUp });

  const openSchema = {
    summary: 'Open a one-time link',
    description:
      'Says what the link is good for and whose account it is for. Nothing is used up. The token stands behind `#` in the link.',
    operationId: 'openLink',
    tags: ['Sessions'],
    body: LinkToken,
    response: { 200: OpenedLink },
  };
  app.post('/links/open', { schema: openSchema }, async (request) => {
    const { kind, username, overAt } = await lookUp.requireWaiting(request, request.body.token);
    return { kind, username, expiresAt: instant(overAt) };
  });

  const useSchema = {
    summary: 'Use a one-time link',
    description:
      'Uses the link up and logs in. An invitation makes an account (201) and takes `username` and `newPassword`; a reset sets a password and revokes every other session of the account, and takes `newPassword`; a link for another device takes neither.',
    operationId: 'useLink',
    tags: ['Sessions'],
    body: withMinLength(LinkUse, 'newPassword', config.passwordMinLength),
    response: { 200: User, 201: User },
  };
  app.post('/links/use', { schema: useSchema }, async (request, reply) => {
    const { token, username = '', newPassword = '', remember = false } = request.body;
    const link = await lookUp.requireWaiting(request, token);
    requireFields(link.kind, request.body);
    if (link.kind === 'device') return logInDevice(request, link, { remember });
    if (link.kind === 'reset') return resetPassword(reply, link, { newPassword, remember });

    const wanted = { username, password: newPassword, remember, passwordPointer: '#/newPassword' };
    return registerAccount(reply, wanted, async (account, session) => {
      const shown = liveSession(request)?.ticketHash;
      const outcome = await store.acceptInvitation(link.tokenHash, account, session, shown);
      if (outcome === 'void') throw await lookUp.refuse(request, link.tokenHash);
      return outcome === 'used' ? 'registered' : outcome;
    });
  });
};

/** The fields that a use of a link may have, as sentences name them. */
const names = { username: 'Username', newPassword: 'New password' };
type Field = keyof typeof names;
/** The fields that the use of a link takes, by its purpose. */
const taken: Record<LinkKind, Field[]> = {
  invitation: ['username', 'newPassword'],
  reset: ['newPassword'],
  device: [],
};

/** @throws {ProblemError} 400 `invalid-request` for fields that this kind needs, and for those that it does not take. */
function requireFields(kind: LinkKind, body: Use): void {
  const errors: FieldError[] = [];
  for (const field of ['username', 'newPassword'] as const) {
    const pointer = `#/${field}`;
    const isTaken = taken[kind].includes(field);
    if (isTaken && body[field] === undefined)
      errors.push({ pointer, rule: 'required', detail: `${names[field]} is required.` });
    if (!isTaken && body[field] !== undefined)
      errors.push({
        pointer,
        rule: 'unknown-field',
        detail: `A ${kind} link takes no "${field}". Remove it.`,
      });
  }
  if (errors.length > 0) throw invalidRequest(errors);
}

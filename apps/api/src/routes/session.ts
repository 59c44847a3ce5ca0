import type { House, Conversation as Told } from '@coatcheck/api-types';
import { Conversation, Remembered } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Config } from '../config.ts';
import { inKiB } from '../http/problem-types.ts';
import { logEvent } from '../http/security-log.ts';
import { liveSession, type SessionParts, strangerFor, type Visitor } from '../session/authentication.ts';
import { giveTicket, newSession } from '../session/issue.ts';
import { maxRememberedBytes, maxRememberedLevels, patched } from '../session/memory.ts';
import { recordOf } from '../store/session-record.ts';
import { logoPath } from './house.ts';
import type { Quotas } from './quotas.ts';
import { instant, publicSession, userOf } from './views.ts';

/** GET /session: what the server remembers about the sender of this cookie, also about a stranger. */
export const session: FastifyPluginAsyncTypebox<SessionParts> = async (app, parts) => {
  const schema = {
    summary: 'Get the current session',
    description:
      'Works without a login, too: who is logged in, what the session remembers, and why a cookie belongs to no session.',
    operationId: 'session',
    tags: ['Sessions'],
    response: { 200: Conversation },
  };

  app.get('/session', { schema }, async ({ visitor }) => conversation(visitor, parts));
};

/** PATCH /session: changes what the session remembers. A stranger gets a guest's session. */
export const remember: FastifyPluginAsyncTypebox<SessionParts & { quotas: Quotas }> = async (app, parts) => {
  const { store, now, quotas } = parts;
  const schema = {
    summary: 'Store session data',
    description: `A merge patch (RFC 7396) of what the session remembers: null removes. Works without a login, too: a visitor without a session gets one, and its cookie. At most ${inKiB(maxRememberedBytes)} and ${maxRememberedLevels} levels in all.`,
    operationId: 'remember',
    tags: ['Sessions'],
    body: Remembered,
    response: { 200: Conversation },
  };

  app.patch('/session', { schema }, async (request) => {
    const { visitor, body } = request;
    if (visitor.kind !== 'stranger') {
      const { ticketHash } = visitor.session;
      const remembered = await store.remember(ticketHash, (before) => patched(before, body));
      if (remembered) {
        return conversation({ ...visitor, session: { ...visitor.session, remembered } }, parts);
      }
      // The session has ended since it was looked up. No ticket is given now: the browser may be about to get a newer
      // one by a login.
      const found = await store.findSession(ticketHash, now());
      return conversation(strangerFor(found.live ? null : found.reason), parts);
    }
    // A ticket that a newer one has replaced gets no guest's session either, for the same reason.
    const remembered = patched({}, body);
    if (visitor.reason === 'replaced' || Object.keys(remembered).length === 0) {
      return conversation(visitor, parts);
    }
    await quotas.takeGuest(request);
    const guest = newSession(request, parts, { accountId: null, remember: false });
    await store.startGuest(guest, remembered);
    await giveTicket(request, parts, guest);
    logEvent(request, 'session_created', { accountId: null, sessionId: guest.id });
    const sent = visitor.reason !== null;
    return conversation({ kind: 'guest', session: recordOf(guest, remembered) }, parts, sent);
  });
};

/** @returns all that the server tells a visitor. @param sent whether the cookie came with this request */
function conversation(
  visitor: Visitor,
  { config, now, cookie }: SessionParts,
  sent = visitor.kind !== 'stranger' || visitor.reason !== null,
): Told {
  const session = liveSession({ visitor });
  return {
    user: visitor.kind === 'member' ? userOf(visitor.account) : null,
    session: session ? publicSession(session, true) : null,
    remembered: session?.remembered ?? {},
    cookie: {
      name: cookie.name,
      sent,
      attributes: {
        httpOnly: true,
        secure: cookie.attributes.secure,
        sameSite: 'Lax',
        path: '/',
        expires: session?.remember ? instant(session.expiresAt) : null,
      },
    },
    reason: visitor.kind === 'stranger' ? visitor.reason : null,
    now: instant(now()),
    passwordMinLength: config.passwordMinLength,
    house: houseOf(config),
  };
}

/** @returns what the page tells about this server. */
export function houseOf({ registration, house, allowedOrigins, inFrontOf, publicUrl }: Config): House {
  return {
    name: house.name ?? null,
    logo: house.logo ? logoPath : null,
    contact: house.contact ?? null,
    registration: registration.policy,
    app: inFrontOf ? `${publicUrl?.origin ?? ''}/` : null,
    leadsTo: allowedOrigins,
  };
}

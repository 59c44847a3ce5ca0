import type { ProofWay } from '@coatcheck/api-types';
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { limitsOf } from '../config.ts';
import { networkOf } from '../http/address.ts';
import { deviceOf } from '../http/device.ts';
import { logEvent } from '../http/security-log.ts';
import type { NewSession } from '../store/records.ts';
import { liveSession, type SessionParts } from './authentication.ts';
import { type CookiePolicy, newPublicId, newTicket, ticketHash } from './ticket.ts';

/**
 * Registers @fastify/cookie for the calls that set or clear the cookie. All other calls need only `cookiesIn`, which
 * costs less than to read every cookie.
 */
export const cookies = fp(async (app: FastifyInstance) => {
  // A ticket has no encoded characters, so a cookie with any is no ticket. Each cookie that fails to decode would cost
  // an error.
  await app.register(fastifyCookie, { parseOptions: { decode: (value: string) => value } as object });
});

/**
 * Registers @fastify/session for the calls that hand tickets out. Here `request.session` is always a blank: a new
 * ticket that stands for no session until the store has written its hash. The plugin puts it into the response only
 * when {@link giveTicket} has saved it.
 */
export const ticketing = fp(async (app: FastifyInstance, { cookie }: SessionParts) => {
  await app.register(cookies);
  // The plugin would restore, save and clear the session of the ticket that came, which has been looked up already. A
  // cookie without a live session stays as it is, since a late response must not delete a newer ticket.
  app.addHook('onRequest', async (request) => {
    request.cookies = {};
  });
  await app.register(fastifySession, {
    cookieName: cookie.name,
    cookie: { ...cookie.attributes, sameSite: 'lax' },
    idGenerator: newTicket,
    // The ticket needs no signature: it is random, and known by its hash.
    secret: { sign: (ticket) => ticket, unsign: (ticket) => ({ valid: true, renew: false, value: ticket }) },
    saveUninitialized: false,
    rolling: false,
    // The store writes sessions in its own transactions. A late write of the plugin can change nothing.
    store: {
      get: (_ticket, done) => done(null, null),
      set: (_ticket, _session, done) => done(),
      destroy: (_ticket, done) => done(),
    },
  });
});

/**
 * @returns the session that the blank ticket of this request will stand for, to be written by the store.
 * @param options `remember`: whether the person asked to stay logged in; `provenBy`: the proof that started it, if any.
 */
export function newSession<AccountId extends string | null>(
  request: FastifyRequest,
  { config, now }: Pick<SessionParts, 'config' | 'now'>,
  { accountId, remember, provenBy }: { accountId: AccountId; remember: boolean; provenBy?: ProofWay },
): NewSession & { accountId: AccountId } {
  const { idleMs, lifetimeMs } = limitsOf(config, remember);
  const createdAt = now();
  const address = request.address;
  return {
    ticketHash: blankTicketHash(request),
    id: newPublicId(),
    accountId,
    createdAt,
    lastSeenAt: createdAt,
    idleExpiresAt: createdAt + Math.min(idleMs, lifetimeMs),
    expiresAt: createdAt + lifetimeMs,
    remember,
    address,
    network: networkOf(address),
    ...(provenBy && { provenBy }),
    ...deviceOf(request.headers['user-agent']),
  };
}

/** @returns the hash of the blank ticket of this request, for the store. */
export const blankTicketHash = (request: FastifyRequest): string => ticketHash(request.session.sessionId);

/** Puts the ticket of a session that has been written into the response. */
export async function giveTicket(
  request: FastifyRequest,
  { cookie, now }: Pick<SessionParts, 'cookie' | 'now'>,
  { remember, expiresAt }: Pick<NewSession, 'remember' | 'expiresAt'>,
): Promise<void> {
  // Only "stay logged in" outlives the browser, and no longer than the session itself. The plugin knows Expires alone,
  // by which a client whose clock is ahead drops the cookie at once; Max-Age wins over it (RFC 6265bis section 5.7).
  if (remember) {
    const maxAge = Math.ceil((expiresAt - now()) / 1000);
    const attributes = { ...cookie.attributes, expires: new Date(expiresAt), maxAge };
    Object.assign(request.session.cookie, { toJSON: () => attributes });
  }
  await request.session.save();
}

/**
 * Gives the ticket of a new session that has been written, and logs its start and the end of the session that it
 * replaced.
 */
export async function handOver(
  request: FastifyRequest,
  parts: Pick<SessionParts, 'cookie' | 'now'>,
  session: NewSession,
): Promise<void> {
  await giveTicket(request, parts, session);
  const replaced = liveSession(request);
  if (replaced) {
    const { accountId, id } = replaced;
    logEvent(request, 'session_expired', { accountId, sessionId: id, reason: 'replaced' });
  }
  logEvent(request, 'session_created', { accountId: session.accountId, sessionId: session.id });
}

/** Tells the browser to drop the cookie. Browsers only do so for the attributes with which the cookie was set. */
export function clearCookie(reply: FastifyReply, { name, attributes }: CookiePolicy): void {
  reply.clearCookie(name, attributes);
}

import type { EndReason, Session, User } from '@coatcheck/api-types';
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import Bowser from 'bowser';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { addressOf, networkOf } from './addresses.ts';
import type { Clock } from './clock.ts';
import type { Config, SessionLimits } from './config.ts';
import { logEvent } from './events.ts';
import { notLoggedIn } from './problems.ts';
import type { Account, NewSession, Store, StoredSession } from './store/store.ts';
import { type CookiePolicy, isTicket, newPublicId, newTicket, ticketHash } from './tickets.ts';

/** Who a request comes from, as far as its cookie tells. */
export type Visitor =
  /** No cookie, or one that counts for nothing. */
  | { session: null; account: null; reason: EndReason | null; ticketHash?: undefined }
  /** A live session; without an account it is a guest's. */
  | { session: StoredSession; account: Account | null; reason: null; ticketHash: string };

declare module 'fastify' {
  interface FastifyRequest {
    visitor: Visitor;
  }
}

export interface SessionParts {
  store: Store;
  config: Config;
  now: Clock;
  cookie: CookiePolicy;
}

/** Looks the ticket of every request in scope up, once, before anything else of the request is read. */
export const recognition = fp(async (app: FastifyInstance, { store, config, now, cookie }: SessionParts) => {
  await app.register(fastifyCookie);
  app.decorateRequest('visitor');
  app.addHook('onRequest', async (request) => {
    const ticket = request.cookies[cookie.name];
    request.visitor = ticket === undefined ? noTicket : await recognise(request, ticket);
  });

  async function recognise(request: FastifyRequest, ticket: string): Promise<Visitor> {
    if (!isTicket(ticket)) return unknown;
    const hash = ticketHash(ticket);
    const found = await store.findSession(hash, now());
    if (!found.live) return { ...nobody, reason: found.reason };
    return {
      session: await renewed(request, found.session),
      account: found.account,
      reason: null,
      ticketHash: hash,
    };
  }

  /** Every use counts, but only one a minute (or a tenth of a shorter idle limit) is written down. */
  async function renewed(request: FastifyRequest, session: StoredSession): Promise<StoredSession> {
    const lastSeenAt = now();
    const { idle } = limitsOf(config, session.remember);
    if (lastSeenAt - session.lastSeenAt < Math.min(60_000, idle / 10)) return session;
    const idleExpiresAt = Math.min(lastSeenAt + idle, session.expiresAt);
    const use = { lastSeenAt, idleExpiresAt, address: addressOf(request) };
    try {
      await store.renewSession(session.ticketHash, use);
    } catch (error) {
      // The session is live and was read; a disk that takes no writes must not keep people from reading on.
      request.log.error({ err: error }, 'The use of a session could not be written down');
      return session;
    }
    return { ...session, ...use };
  }
});

const nobody = { session: null, account: null };
const noTicket: Visitor = { ...nobody, reason: null };
const unknown: Visitor = { ...nobody, reason: 'unknown' };
const limitsOf = (config: Config, remember: boolean): SessionLimits =>
  remember ? config.remember : config.session;

/**
 * @fastify/session for the calls that hand tickets out. Here `request.session` is always a blank: a new ticket that
 * counts for nothing until the store has written its hash, and that the plugin puts into the answer only when
 * {@link handOver} has saved it.
 */
export const ticketing = fp(async (app: FastifyInstance, { cookie }: SessionParts) => {
  // The plugin would restore, re-save and clear by the ticket that came; that one was looked up already, and a
  // cookie that counts for nothing stays as it is, since a late answer must not delete a newer ticket.
  app.addHook('onRequest', async (request) => {
    request.cookies = {};
  });
  await app.register(fastifySession, {
    cookieName: cookie.name,
    cookie: { ...cookie.attributes, sameSite: 'lax' },
    idGenerator: newTicket,
    // Nothing to sign: the ticket is random and known by its hash.
    secret: { sign: (ticket) => ticket, unsign: (ticket) => ({ valid: true, renew: false, value: ticket }) },
    saveUninitialized: false,
    rolling: false,
    // All that is kept is written by the store's own transactions; what the plugin saves late can change nothing.
    store: {
      get: (_ticket, done) => done(null, null),
      set: (_ticket, _session, done) => done(),
      destroy: (_ticket, done) => done(),
    },
  });
});

/** The session that the blank ticket of this request will stand for, to be written by the store. */
export function newSession<AccountId extends string | null>(
  request: FastifyRequest,
  { config, now }: Pick<SessionParts, 'config' | 'now'>,
  { accountId, remember }: { accountId: AccountId; remember: boolean },
): NewSession & { accountId: AccountId } {
  const { idle, lifetime } = limitsOf(config, remember);
  const createdAt = now();
  const address = addressOf(request);
  return {
    ticketHash: ticketHash(request.session.sessionId),
    id: newPublicId(),
    accountId,
    createdAt,
    lastSeenAt: createdAt,
    idleExpiresAt: createdAt + Math.min(idle, lifetime),
    expiresAt: createdAt + lifetime,
    remember,
    address,
    network: networkOf(address),
    ...deviceOf(request.headers['user-agent']),
  };
}

/** Puts the ticket of a session that has been written into the answer. */
export async function handOver(request: FastifyRequest, session: NewSession): Promise<void> {
  // Only "stay logged in" outlives the browser, and no longer than the session itself.
  if (session.remember) request.session.options({ expires: new Date(session.expiresAt) });
  await request.session.save();
  logEvent(request, 'session_created', { accountId: session.accountId, sessionId: session.id });
}

/** Tells the browser to drop the cookie, with the attributes it was set with: it ignores anything else. */
export function clearCookie(reply: FastifyReply, { name, attributes }: CookiePolicy): void {
  reply.clearCookie(name, attributes);
}

/** The account behind a request. @throws {ProblemError} 401 `not-logged-in` with the reason. */
export function requireUser({ visitor }: FastifyRequest): Account {
  if (visitor.account) return visitor.account;
  throw notLoggedIn(visitor.session ? 'guest' : (visitor.reason ?? 'no-cookie'));
}

/** An account as its owner sees it. */
export function userOf(account: Account): User {
  const { id, username, displayName, email, createdAt } = account;
  return { id, username, displayName, email, createdAt: instant(createdAt) };
}

/** A session as its owner sees it. */
export function publicSession(session: StoredSession, current: boolean): Session {
  return {
    id: session.id,
    current,
    createdAt: instant(session.createdAt),
    lastSeenAt: instant(session.lastSeenAt),
    idleExpiresAt: instant(session.idleExpiresAt),
    expiresAt: instant(session.expiresAt),
    remember: session.remember,
    address: session.address,
    device: { browser: session.browser, system: session.system },
  };
}

/** Milliseconds since 1970 as ISO 8601 in UTC. */
export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

function deviceOf(userAgent: string | undefined) {
  if (!userAgent) return { browser: null, system: null };
  const { browser, os } = Bowser.parse(userAgent.slice(0, 512));
  return { browser: browser.name || null, system: os.name || null };
}

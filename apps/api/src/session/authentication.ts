import type { EndReason } from '@coatcheck/api-types';
import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Clock } from '../clock.ts';
import { type Config, limitsOf } from '../config.ts';
import { addressOf } from '../http/address.ts';
import { notLoggedIn } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import type { Account, Store, StoredSession } from '../store/store.ts';
import { type CookiePolicy, isTicket, ticketHash } from './ticket.ts';

/** Who a request comes from, as far as its cookie tells. */
export type Visitor =
  /** No cookie, or one that counts for nothing. */
  | { session: null; account: null; reason: EndReason | null }
  /** A live session; without an account it is a guest's. */
  | { session: StoredSession; account: Account | null; reason: null };

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
  // A ticket has nothing to decode: a percent-encoded one is none. Each cookie that cannot be decoded would cost an error.
  await app.register(fastifyCookie, { parseOptions: { decode: (value: string) => value } as object });
  app.decorateRequest('visitor');
  app.addHook('onRequest', async (request) => {
    const ticket = request.cookies[cookie.name];
    request.visitor = ticket === undefined ? noTicket : await recognise(request, ticket);
  });

  async function recognise(request: FastifyRequest, ticket: string): Promise<Visitor> {
    if (!isTicket(ticket)) return unknown;
    const found = await store.findSession(ticketHash(ticket), now());
    if (!found.live) {
      if (found.reason !== 'unknown') logEvent(request, 'session_use_after_expire', { reason: found.reason });
      return { ...nobody, reason: found.reason };
    }
    return { session: await renewed(request, found.session), account: found.account, reason: null };
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

/** The account behind a request. @throws {ProblemError} 401 `not-logged-in` with the reason. */
export function requireUser({ visitor }: FastifyRequest): Account {
  if (visitor.account) return visitor.account;
  throw notLoggedIn(visitor.session ? 'guest' : (visitor.reason ?? 'no-cookie'));
}

import type { EndReason } from '@coatcheck/api-types';
import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Clock } from '../clock.ts';
import { type Config, limitsOf } from '../config.ts';
import { notLoggedIn } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import type { Account, StoredSession } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { type CookiePolicy, isTicket, ticketHash } from './ticket.ts';

/** The sender of a request, as far as its cookie tells. */
export type Visitor = Stranger | Guest | Member;

/** A visitor without a live session. */
interface Stranger {
  kind: 'stranger';
  /** Why the ticket that was shown has no live session; null: no ticket was shown. */
  reason: EndReason | null;
}

/** A visitor with a live session in which nobody is logged in. */
interface Guest {
  kind: 'guest';
  session: StoredSession;
}

/** A visitor with a live session in which somebody is logged in. */
interface Member {
  kind: 'member';
  session: StoredSession;
  account: Account;
}

declare module 'fastify' {
  interface FastifyRequest {
    visitor: Visitor;
  }
}

/** The dependencies of every route that reads the session cookie. */
export interface SessionParts {
  store: Store;
  config: Config;
  now: Clock;
  cookie: CookiePolicy;
}

/**
 * Sets `request.visitor` for every request in scope. The ticket is looked up once, before the body of the request is
 * read.
 */
export const recognition = fp(async (app: FastifyInstance, { store, config, now, cookie }: SessionParts) => {
  // A ticket has no encoded characters, so a cookie with any is no ticket. Each cookie that fails to decode would cost
  // an error.
  await app.register(fastifyCookie, { parseOptions: { decode: (value: string) => value } as object });
  app.decorateRequest('visitor');
  app.addHook('onRequest', async (request) => {
    const ticket = request.cookies[cookie.name];
    request.visitor = ticket === undefined ? strangerFor(null) : await recognise(request, ticket);
  });

  async function recognise(request: FastifyRequest, ticket: string): Promise<Visitor> {
    if (!isTicket(ticket)) return strangerFor('unknown');
    const found = await store.findSession(ticketHash(ticket), now());
    if (!found.live) {
      if (found.reason !== 'unknown') logEvent(request, 'session_use_after_expire', { reason: found.reason });
      return strangerFor(found.reason);
    }
    const session = await renewed(request, found.session);
    return found.account ? { kind: 'member', session, account: found.account } : { kind: 'guest', session };
  }

  /**
   * Writes a use of a session down, at most once a minute, or once in a tenth of an idle limit below ten minutes.
   * @returns the session after this use.
   */
  async function renewed(request: FastifyRequest, session: StoredSession): Promise<StoredSession> {
    const lastSeenAt = now();
    const { idleMs } = limitsOf(config, session.remember);
    if (lastSeenAt - session.lastSeenAt < Math.min(60_000, idleMs / 10)) return session;
    const idleExpiresAt = Math.min(lastSeenAt + idleMs, session.expiresAt);
    const use = { lastSeenAt, idleExpiresAt, address: request.address };
    try {
      await store.renewSession(session.ticketHash, use);
    } catch (error) {
      // The session is live and was read: a disk that takes no writes must not keep people from reading on.
      request.log.error({ reqId: request.id, err: error }, 'The use of a session could not be written down');
      return session;
    }
    return { ...session, ...use };
  }
});

/**
 * @returns a visitor without a live session.
 * @param reason why the ticket that was shown has no live session; null: no ticket was shown.
 */
export const strangerFor = (reason: EndReason | null): Visitor => ({ kind: 'stranger', reason });

/** @returns the live session that a request shows, also a guest's. */
export const liveSession = ({ visitor }: Pick<FastifyRequest, 'visitor'>): StoredSession | undefined =>
  visitor.kind === 'stranger' ? undefined : visitor.session;

/**
 * @returns the member who sent a request. In the scope of members a hook calls this first, so it never throws in a
 * handler there.
 * @throws {ProblemError} 401 `not-logged-in` with the reason.
 */
export function memberOf({ visitor }: Pick<FastifyRequest, 'visitor'>): Member {
  if (visitor.kind === 'member') return visitor;
  throw notLoggedIn(visitor.kind === 'guest' ? 'guest' : (visitor.reason ?? 'no-cookie'));
}

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

/** Shows no live session. */
interface Stranger {
  kind: 'stranger';
  /** Why the ticket that was shown counts for nothing; null: none was shown. */
  reason: EndReason | null;
}

/** Has a live session in which nobody is logged in. */
interface Guest {
  kind: 'guest';
  session: StoredSession;
}

/** Is logged in. */
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

/** What the calls that look at the cookie are made of. */
export interface SessionParts {
  store: Store;
  config: Config;
  now: Clock;
  cookie: CookiePolicy;
}

/**
 * Sets `request.visitor` for every request in scope: looks its ticket up, once, before anything else of the request is
 * read.
 */
export const recognition = fp(async (app: FastifyInstance, { store, config, now, cookie }: SessionParts) => {
  // A ticket has nothing to decode: a percent-encoded one is none. Each cookie that cannot be decoded would cost an error.
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

  /** Every use counts, but only one a minute (or a tenth of a shorter idle limit) is written down. */
  async function renewed(request: FastifyRequest, session: StoredSession): Promise<StoredSession> {
    const lastSeenAt = now();
    const { idleMs } = limitsOf(config, session.remember);
    if (lastSeenAt - session.lastSeenAt < Math.min(60_000, idleMs / 10)) return session;
    const idleExpiresAt = Math.min(lastSeenAt + idleMs, session.expiresAt);
    const use = { lastSeenAt, idleExpiresAt, address: request.address };
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

/** A visitor without a live session. @param reason why the ticket that was shown counts for nothing; null: none was shown */
export const strangerFor = (reason: EndReason | null): Visitor => ({ kind: 'stranger', reason });

/** The live session that a request shows, a guest's too. */
export const liveSession = ({ visitor }: Pick<FastifyRequest, 'visitor'>): StoredSession | undefined =>
  visitor.kind === 'stranger' ? undefined : visitor.session;

/**
 * Who is logged in, for the calls that need somebody. In the scope of members its hook has asked already, and no
 * handler there is refused.
 * @throws {ProblemError} 401 `not-logged-in` with the reason.
 */
export function memberOf({ visitor }: Pick<FastifyRequest, 'visitor'>): Member {
  if (visitor.kind === 'member') return visitor;
  throw notLoggedIn(visitor.kind === 'guest' ? 'guest' : (visitor.reason ?? 'no-cookie'));
}

import type { EndReason, NotLoggedInReason } from '@coatcheck/api-types';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Clock } from '../clock.ts';
import { type Config, limitsOf } from '../config.ts';
import { notLoggedIn, type ProblemError, problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import type { Account, LiveSession, StoredSession } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { type CookiePolicy, cookiesIn, isTicket, ticketHash } from './ticket.ts';

/** The sender of a request, as far as its cookie tells. */
export type Visitor = Stranger | Guest | Member;

/** A visitor without a live session. */
interface Stranger {
  kind: 'stranger';
  /** Why the ticket that was shown has no live session; null: no ticket was shown. */
  reason: EndReason | null;
  /** Whether two cookies came where only one can count. */
  isDoubled?: boolean;
}

/** A visitor with a live session in which nobody is logged in. */
interface Guest {
  kind: 'guest';
  session: StoredSession;
}

/** A visitor with a live session in which somebody is logged in. */
export interface Member {
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

/** Who sends the requests whose cookie is read. */
interface Sender {
  /**
   * Whether the address of the sender is the visitor's own. A proxy or a service that asks about a visitor has another,
   * which says nothing.
   */
  isVisitor: boolean;
  /**
   * Whether another program is told who the visitor is. Of two cookies nobody can tell there which a browser would have
   * sent first, so that both count for nothing.
   */
  passesOn: boolean;
}

/** Says whose ticket a request shows. Most requests are answered at once, all others after a look-up. */
export type Recognise = (request: FastifyRequest) => Visitor | Promise<Visitor>;

/**
 * Gives the live session of a ticket, as true as a look-up; undefined: there is none, it has to be looked up, or a use of
 * it is to be written down.
 */
export type Recall = (ticket: string) => LiveSession | undefined;

/** @returns the function that knows sessions without a look-up. */
export function createRecall({ store, config, now }: SessionParts): Recall {
  return (ticket) => {
    const at = now();
    const known = store.recallSession(ticketHash(ticket), at);
    return known && !isDue(config, known.session, at) ? known : undefined;
  };
}

/**
 * @returns whether a use of a session is to be written down: once a minute, or once in a tenth of an idle limit below
 * ten minutes.
 */
function isDue(config: Config, { lastSeenAt, remember }: StoredSession, at: number): boolean {
  return at - lastSeenAt >= Math.min(60_000, limitsOf(config, remember).idleMs / 10);
}

/** Makes the function that reads the session cookie of requests. A use of a session is written down where that is due. */
export function createRecogniser(parts: SessionParts, sender: Sender): Recognise {
  const { store, config, now, cookie } = parts;
  const recall = createRecall(parts);

  async function lookUp(request: FastifyRequest, ticket: string): Promise<Visitor> {
    const found = await store.findSession(ticketHash(ticket), now());
    if (found.live) return visitorOf({ ...found, session: await renewed(request, found.session) });
    if (found.reason !== 'unknown') logEvent(request, 'session_use_after_expire', { reason: found.reason });
    return strangerFor(found.reason);
  }

  /** Writes a use of a session down, if that is due. @returns the session after this use. */
  async function renewed(request: FastifyRequest, session: StoredSession): Promise<StoredSession> {
    const lastSeenAt = now();
    if (!isDue(config, session, lastSeenAt)) return session;
    const { idleMs } = limitsOf(config, session.remember);
    const idleExpiresAt = Math.min(lastSeenAt + idleMs, session.expiresAt);
    const use = { lastSeenAt, idleExpiresAt, address: sender.isVisitor ? request.address : null };
    try {
      await store.renewSession(session.ticketHash, use);
    } catch (error) {
      // The session is live and was read: a disk that takes no writes must not keep people from reading on.
      request.log.error({ reqId: request.id, err: error }, 'The last use of a session could not be stored');
      return session;
    }
    return { ...session, ...use, address: use.address ?? session.address };
  }

  return (request) => {
    const [ticket, another] = cookiesIn(request.headers.cookie, cookie.name);
    if (ticket === undefined) return strangerFor(null);
    if (sender.passesOn && another !== undefined) return { ...strangerFor('unknown'), isDoubled: true };
    if (!isTicket(ticket)) return strangerFor('unknown');
    const known = recall(ticket);
    return known ? visitorOf(known) : lookUp(request, ticket);
  };
}

/**
 * Sets `request.visitor` for every request in scope. The ticket is looked up once, before the body of the request is
 * read.
 */
export const recognition = fp(async (app: FastifyInstance, { recognise }: { recognise: Recognise }) => {
  app.decorateRequest('visitor');
  app.addHook('onRequest', (request, _reply, done) => {
    const visitor = recognise(request);
    // Most requests end here, without a promise.
    if (!('then' in visitor)) {
      request.visitor = visitor;
      return done();
    }
    visitor.then((found) => {
      request.visitor = found;
      done();
    }, done);
  });
});

/** @returns the visitor who has a live session: a member if it has an account, else a guest. */
const visitorOf = ({ session, account }: LiveSession): Visitor =>
  account ? { kind: 'member', session, account } : { kind: 'guest', session };

/**
 * @returns a visitor without a live session.
 * @param reason why the ticket that was shown has no live session; null: no ticket was shown.
 */
export const strangerFor = (reason: EndReason | null): Stranger => ({ kind: 'stranger', reason });

/** @returns the live session that a request shows, also a guest's. */
export const liveSession = ({ visitor }: Pick<FastifyRequest, 'visitor'>): StoredSession | undefined =>
  visitor.kind === 'stranger' ? undefined : visitor.session;

/** The hook of a scope whose routes need a member: anybody else gets 401 `not-logged-in` with the reason. */
export function requireMember(
  { visitor }: FastifyRequest,
  _reply: unknown,
  done: (refusal?: Error) => void,
): void {
  done(visitor.kind === 'member' ? undefined : notMember(visitor));
}

/**
 * @returns the member who sent a request. Behind {@link requireMember} it never throws.
 * @throws {ProblemError} 401 `not-logged-in` with the reason.
 */
export function memberOf({ visitor }: Pick<FastifyRequest, 'visitor'>): Member {
  if (visitor.kind === 'member') return visitor;
  throw notMember(visitor);
}

/** @returns the refusal of a visitor who is no member: 401 `not-logged-in` with the reason. */
export const notMember = (visitor: Stranger | Guest): ProblemError =>
  visitor.kind === 'stranger' && visitor.isDoubled ? doubled() : notLoggedIn(reasonOf(visitor));

const doubled = () =>
  problem(
    'not-logged-in',
    'The session cookie came more than once with this request, and nobody can tell which of them counts. Send one. In a browser, remove the cookies of this site and log in again.',
    { reason: 'unknown' },
  );

/** @returns why a visitor is no member. */
export const reasonOf = (visitor: Stranger | Guest): NotLoggedInReason =>
  visitor.kind === 'guest' ? 'guest' : (visitor.reason ?? 'no-cookie');

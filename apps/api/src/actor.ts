import Bowser from 'bowser';
import type { FastifyRequest } from 'fastify';
import { addressOf } from './addresses.ts';
import type { Actor } from './store/store.ts';

/** Who sends a request, as an account's activity tells it: from where, with what, in which session. */
export const actorOf = (request: FastifyRequest): Actor => ({
  ...strangerOf(request),
  sessionId: request.visitor.session?.id ?? null,
});

/** The same for who acts on an account that the session shown, if any, need not belong to. */
export const strangerOf = (request: FastifyRequest): Actor => ({
  address: addressOf(request),
  ...deviceOf(request),
  sessionId: null,
});

/** Browser and system in people's words, as far as the request tells. */
export function deviceOf({ headers }: FastifyRequest): { browser: string | null; system: string | null } {
  const userAgent = headers['user-agent'];
  if (!userAgent) return { browser: null, system: null };
  const { browser, os } = Bowser.parse(userAgent.slice(0, 512));
  return { browser: browser.name || null, system: os.name || null };
}

import type { FastifyRequest } from 'fastify';
import { notLoggedIn, type ProblemError } from '../http/problems.ts';
import { actorOf } from '../session/actor.ts';
import { memberOf } from '../session/authentication.ts';
import type { LiveMember } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** @returns the member who asks for a change, for the store. */
export function liveMemberOf(request: FastifyRequest): LiveMember {
  const { account, session } = memberOf(request);
  return { accountId: account.id, ticketHash: session.ticketHash, by: actorOf(request) };
}

/** @returns the refusal of a change whose session ended since it was looked up: 401 `not-logged-in` with the reason. */
export async function notLive(
  store: Store,
  { ticketHash }: Pick<LiveMember, 'ticketHash'>,
  now: number,
): Promise<ProblemError> {
  const found = await store.findSession(ticketHash, now);
  return notLoggedIn(found.live ? 'unknown' : found.reason);
}

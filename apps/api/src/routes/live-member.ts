import type { FastifyRequest } from 'fastify';
import { actorOf } from '../session/actor.ts';
import { memberOf } from '../session/authentication.ts';
import type { LiveMember } from '../store/records.ts';

/** @returns the member who asks for a change, for the store. */
export function liveMemberOf(request: FastifyRequest): LiveMember {
  const { account, session } = memberOf(request);
  return { accountId: account.id, ticketHash: session.ticketHash, by: actorOf(request) };
}

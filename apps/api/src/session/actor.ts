import type { FastifyRequest } from 'fastify';
import { addressOf } from '../http/address.ts';
import { deviceOf } from '../http/device.ts';
import type { Actor } from '../store/store.ts';

/** Who sends a request, as an account's activity tells it: from where, with what, in which session. */
export const actorOf = (request: FastifyRequest): Actor => ({
  ...strangerOf(request),
  sessionId: request.visitor.session?.id ?? null,
});

/** The same for who acts on an account that the session shown, if any, need not belong to. */
export const strangerOf = (request: FastifyRequest): Actor => ({
  address: addressOf(request),
  ...deviceOf(request.headers['user-agent']),
  sessionId: null,
});

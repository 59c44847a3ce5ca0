import type { FastifyRequest } from 'fastify';
import { deviceOf } from '../http/device.ts';
import type { Actor } from '../store/records.ts';
import { liveSession } from './authentication.ts';

/** The sender of a request, as an account's activity tells it: the address, the device, and the session that was shown. */
export const actorOf = (request: FastifyRequest): Actor => ({
  ...strangerOf(request),
  sessionId: liveSession(request)?.id ?? null,
});

/** The same without a session, for an act on an account to which the session shown need not belong. */
export const strangerOf = (request: FastifyRequest): Actor => ({
  address: request.address,
  ...deviceOf(request.headers['user-agent']),
  sessionId: null,
});

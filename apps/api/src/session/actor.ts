import type { FastifyRequest } from 'fastify';
import { deviceOf } from '../http/device.ts';
import type { Actor } from '../store/records.ts';
import { liveSession } from './authentication.ts';

/** @returns the sender of a request for an account's activity: address, device, and the session that was shown. */
export const actorOf = (request: FastifyRequest): Actor => ({
  ...strangerOf(request),
  sessionId: liveSession(request)?.id ?? null,
});

/** @returns the sender without a session. A login may show the session of another account. */
export const strangerOf = (request: FastifyRequest): Actor => ({
  address: request.address,
  ...deviceOf(request.headers['user-agent']),
  sessionId: null,
});

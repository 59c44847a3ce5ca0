import type { FastifyRequest } from 'fastify';
import type { ProblemError } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import type { Limits } from '../password/limits.ts';

/**
 * Counts and logs a passkey that was refused.
 * @param accountId the account of the member who showed it; null: nobody is logged in
 * @param refusal the answer of the call
 * @returns `refusal`, to be thrown.
 */
export async function refusedPasskey(
  request: FastifyRequest,
  limits: Limits,
  accountId: string | null,
  refusal: ProblemError,
): Promise<ProblemError> {
  await limits.countFailureOfNetwork(request);
  logEvent(request, 'authn_login_fail', { accountId, reason: 'passkey-refused' });
  return refusal;
}

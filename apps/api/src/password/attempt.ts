import type { FastifyReply } from 'fastify';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import { actorOf } from '../session/actor.ts';
import type { Account } from '../store/store.ts';
import { learnCost } from './decoys.ts';
import { inTurn, verifyPassword } from './hash.ts';
import type { Limits } from './limits.ts';

/**
 * Asks somebody logged in for the password once more: whoever found an unlocked browser does not know it. Wrong tries
 * count like failed logins.
 * @param job what is to be done in the same turn, when it was right.
 * @throws {ProblemError} 403 `wrong-password`, 429.
 */
export async function proven<T>(
  reply: FastifyReply,
  limits: Limits,
  account: Account,
  password: string,
  job: () => Promise<T>,
): Promise<T> {
  const { request } = reply;
  learnCost(account.passwordHash);
  const failureKey = await limits.failureKey(request, account.username, account);
  await limits.requireTry(request, failureKey, account);
  return inTurn(reply, async () => {
    // Asked again when the hash is about to begin: others may have failed while this one stood in line.
    await limits.requireTry(request, failureKey, account);
    if (!(await verifyPassword(account.passwordHash, password))) {
      await limits.countFailure(failureKey, {
        accountId: account.id,
        type: 'password-refused',
        by: actorOf(request),
      });
      logEvent(request, 'authn_login_fail', { accountId: account.id });
      throw wrongPassword();
    }
    return job();
  });
}

/** 403 for who is logged in, and does not know the password of now. */
export const wrongPassword = () =>
  problem('wrong-password', 'The current password is not right. Check it and try again.');

import type { FastifyReply } from 'fastify';
import { logEvent } from '../http/security-log.ts';
import type { Account, Actor, FailureKey } from '../store/records.ts';
import type { Limits } from './limits.ts';
import { type Queue, senderOf } from './queue.ts';

/** The name that a request gives a secret for. */
export interface Claim {
  /** In lower case. An account with this name need not exist. */
  username: string;
  /** The account of this name; undefined where nobody has it. */
  account: Account | undefined;
  /** The type of a failure in the account's activity. */
  failure: 'login-failed' | 'password-refused';
  /** The sender, for a failure in the account's activity. */
  by: Actor;
}

/**
 * Makes one try at a secret that a person may guess, a password or a recovery code: checks the limits, waits in the
 * queue, checks the limits once more, then the secret. A failure is counted and logged.
 * @param reply the reply that waits for it. When its connection closes first, nothing is checked.
 * @param check runs in the turn of the queue with the count of this try, and gives undefined for a wrong secret. It has to
 * cost the same whether an account has the name or not.
 * @returns the result of `check`, with the failure count of this try; undefined when the secret was wrong.
 * @throws {ProblemError} 429 while the name or the network has to wait, 503 when the queue has no place.
 */
export type Try = <Right>(
  reply: FastifyReply,
  claim: Claim,
  check: (failureKey: FailureKey) => Promise<Right | undefined>,
) => Promise<{ right: Right; failureKey: FailureKey } | undefined>;

/** @returns a {@link Try} that waits in this queue and counts in these limits. */
export function createTry({ limits, queue }: { limits: Limits; queue: Queue }): Try {
  return async (reply, { username, account, failure, by }, check) => {
    const { request } = reply;
    const failureKey = await limits.failureKey(request, username, account);
    await limits.requireTry(request, failureKey, account);
    return queue.inTurn(senderOf(reply), async () => {
      // Others may have failed while this request waited in the queue.
      await limits.requireTry(request, failureKey, account);
      const right = await check(failureKey);
      if (right !== undefined) return { right, failureKey };
      await limits.countFailure(failureKey, { accountId: account?.id, type: failure, by });
      logEvent(request, 'authn_login_fail', { accountId: account?.id ?? null });
      return undefined;
    });
  };
}

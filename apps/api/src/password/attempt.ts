import type { FastifyReply } from 'fastify';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import type { Account, Actor, FailureKey } from '../store/records.ts';
import { createVerifier } from './hash.ts';
import type { Limits } from './limits.ts';
import { type Queue, senderOf } from './queue.ts';

/** A password that a request gives for a name. */
interface Claim {
  /** In lower case. An account with this name need not exist. */
  username: string;
  /** The account of this name; undefined where nobody has it. */
  account: Account | undefined;
  password: string;
  /** The type of a failure in the account's activity. */
  failure: 'login-failed' | 'password-refused';
  /** The sender, for a failure in the account's activity. */
  by: Actor;
}

/** A claim that was right. */
interface Proof<Result> {
  account: Account;
  /** The failure count of this attempt. */
  failureKey: FailureKey;
  /** The result of `job`. */
  result: Result;
}

/**
 * Makes one attempt at a password, for every call that asks for one: checks the limits, waits in the queue, checks the
 * limits once more, then the password. A failure is counted and logged. A name without an account takes the same
 * statements and the same hashes as a wrong password.
 * @param reply the reply that waits for it. When its connection closes first, nothing is checked.
 * @param job runs in the same turn of the queue, once the password was right.
 * @returns undefined when the password was wrong, or no account has the name.
 * @throws {ProblemError} 429 while the name or the network has to wait, 503 when the queue has no place.
 */
export type Attempt = <Result>(
  reply: FastifyReply,
  claim: Claim,
  job: (account: Account) => Promise<Result>,
) => Promise<Proof<Result> | undefined>;

/** @returns an {@link Attempt} that waits in this queue and counts in these limits. */
export function createAttempt({ limits, queue }: { limits: Limits; queue: Queue }): Attempt {
  const verifyPassword = createVerifier();

  return async (reply, { username, account, password, failure, by }, job) => {
    const { request } = reply;
    const failureKey = await limits.failureKey(request, username, account);
    await limits.requireTry(request, failureKey, account);
    return queue.inTurn(senderOf(reply), async () => {
      // Others may have failed while this request waited in the queue.
      await limits.requireTry(request, failureKey, account);
      // The password is checked without an account, too: the time must not tell whether there is one.
      const isRight = await verifyPassword(account?.passwordHash, password);
      if (account && isRight) return { account, failureKey, result: await job(account) };
      await limits.countFailure(failureKey, { accountId: account?.id, type: failure, by });
      logEvent(request, 'authn_login_fail', { accountId: account?.id ?? null });
      return undefined;
    });
  };
}

/** @returns a refusal of status 403, for a member who gave a wrong current password. */
export const wrongPassword = () =>
  problem('wrong-password', 'The current password is wrong. Check it and try again.');

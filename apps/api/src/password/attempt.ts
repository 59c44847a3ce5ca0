import type { FastifyReply } from 'fastify';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import type { Account, Actor, FailureKey } from '../store/records.ts';
import { createVerifier } from './hash.ts';
import type { Limits } from './limits.ts';
import { type Queue, senderOf } from './queue.ts';

/** A password that a request gives for a name. */
interface Claim {
  /** In lower case, whether an account has this name or not. */
  username: string;
  /** The account of this name; undefined where nobody has it. */
  account: Account | undefined;
  password: string;
  /** What the account's activity calls a failure. */
  failure: 'login-failed' | 'password-refused';
  /** Whom the account's activity names with a failure. */
  by: Actor;
}

/** A claim that was right. */
interface Proof<Result> {
  account: Account;
  /** Under which count the attempt fell. */
  failureKey: FailureKey;
  /** What the attempt's job gave. */
  result: Result;
}

/**
 * One attempt at a password, wherever one is asked for: the limits, the queue, the limits once more, the check, and for
 * a failure the count and the line in the log. A name that nobody has takes the same statements and the same hashes as
 * a wrong password.
 * @param reply the answer that waits for it. When its connection closes first, nothing is checked.
 * @param job what else is to be done in the same turn of the queue, once the password was right.
 * @returns undefined when the password was wrong, or nobody has the name.
 * @throws {ProblemError} 429 while the name or the network has to wait, 503 when the queue has no place.
 */
export type Attempt = <Result>(
  reply: FastifyReply,
  claim: Claim,
  job: (account: Account) => Promise<Result>,
) => Promise<Proof<Result> | undefined>;

export function createAttempt({ limits, queue }: { limits: Limits; queue: Queue }): Attempt {
  const verifyPassword = createVerifier();

  return async (reply, { username, account, password, failure, by }, job) => {
    const { request } = reply;
    const failureKey = await limits.failureKey(request, username, account);
    await limits.requireTry(request, failureKey, account);
    return queue.inTurn(senderOf(reply), async () => {
      // Others may have failed while this request waited in the queue.
      await limits.requireTry(request, failureKey, account);
      // Checked without an account, too: the time must not tell whether there is one.
      const isRight = await verifyPassword(account?.passwordHash, password);
      if (account && isRight) return { account, failureKey, result: await job(account) };
      await limits.countFailure(failureKey, { accountId: account?.id, type: failure, by });
      logEvent(request, 'authn_login_fail', { accountId: account?.id ?? null });
      return undefined;
    });
  };
}

/** 403 for somebody logged in who does not know the current password. */
export const wrongPassword = () =>
  problem('wrong-password', 'The current password is not right. Check it and try again.');

import type { FastifyReply } from 'fastify';
import { problem } from '../http/problems.ts';
import type { Account, FailureKey } from '../store/records.ts';
import { createVerifier } from './hash.ts';
import type { Claim, Try } from './try.ts';

/** A claim that was right. */
interface Proof<Result> {
  account: Account;
  /** The failure count of this attempt. */
  failureKey: FailureKey;
  /** The result of `job`. */
  result: Result;
}

/**
 * Makes one attempt at a password, for every call that asks for one: see {@link Try}. A name without an account takes the
 * same statements and the same hashes as a wrong password.
 * @param reply the reply that waits for it. When its connection closes first, nothing is checked.
 * @param job runs in the same turn of the queue, once the password was right.
 * @returns undefined when the password was wrong, or no account has the name.
 * @throws {ProblemError} 429 while the name or the network has to wait, 503 when the queue has no place.
 */
export type Attempt = <Result>(
  reply: FastifyReply,
  claim: Claim & { password: string },
  job: (account: Account) => Promise<Result>,
) => Promise<Proof<Result> | undefined>;

/** @returns an {@link Attempt} that checks passwords in tries of this kind. */
export function createAttempt(tryOnce: Try): Attempt {
  const verifyPassword = createVerifier();

  return async (reply, { password, ...claim }, job) => {
    const { account } = claim;
    const proof = await tryOnce(reply, claim, async () => {
      // The password is checked without an account, too: the time must not tell whether there is one.
      const isRight = await verifyPassword(account?.passwordHash, password);
      return account && isRight ? { account, result: await job(account) } : undefined;
    });
    return proof && { ...proof.right, failureKey: proof.failureKey };
  };
}

/** @returns a refusal of status 403, for a member who gave a wrong current password. */
export const wrongPassword = () =>
  problem('wrong-password', 'The current password is wrong. Check it and try again.');

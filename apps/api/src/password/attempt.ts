import type { FastifyReply } from 'fastify';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import { isPasswordAlone, withoutMark } from '../store/password-mark.ts';
import type { Account, FailureKey } from '../store/records.ts';
import { createVerifier } from './hash.ts';
import type { Limits } from './limits.ts';
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
 * @throws {ProblemError} 401 `passkey-required` for a login whose right password is not enough, 429 while the name or the
 * network has to wait, 503 when the queue has no place.
 */
export type Attempt = <Result>(
  reply: FastifyReply,
  claim: Claim & { password: string },
  job: (account: Account) => Promise<Result>,
) => Promise<Proof<Result> | undefined>;

/** @returns an {@link Attempt} that checks passwords in tries of this kind, and counts in these limits. */
export function createAttempt({ limits, tryOnce }: { limits: Limits; tryOnce: Try }): Attempt {
  const verifyPassword = createVerifier();

  return async (reply, { password, ...claim }, job) => {
    const { account } = claim;
    const proof = await tryOnce(reply, claim, async (failureKey) => {
      // The password is checked without an account, too: the time must not tell whether there is one.
      const stored = account?.passwordHash;
      // A member is in already. Who logs in may have to show a passkey.
      const isEnough =
        claim.failure === 'password-refused' || stored === undefined || isPasswordAlone(stored);
      const isRight = await verifyPassword(stored && withoutMark(stored), password, isEnough);
      if (!account || !isRight) return undefined;
      if (isEnough) return { account, result: await job(account) };
      await limits.countPasskeyMissing(account.id, failureKey, claim.by);
      logEvent(reply.request, 'authn_login_fail', { accountId: account.id, reason: 'passkey-missing' });
      throw passkeyRequired();
    });
    return proof && { ...proof.right, failureKey: proof.failureKey };
  };
}

/** @returns a refusal of status 403, for a member who gave a wrong current password. */
export const wrongPassword = () =>
  problem('wrong-password', 'The current password is wrong. Check it and try again.');

const passkeyRequired = () =>
  problem('passkey-required', 'The password alone is not enough for this account. Log in with a passkey.');

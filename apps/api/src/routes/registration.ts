import { emptyProfile, type Registration, type User } from '@coatcheck/api-types';
import type { FastifyReply } from 'fastify';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import type { Blocklist } from '../password/blocklist.ts';
import { hashPassword } from '../password/hash.ts';
import { requireGoodPassword } from '../password/policy.ts';
import { type Queue, senderOf } from '../password/queue.ts';
import type { SessionParts } from '../session/authentication.ts';
import { handOver, newSession } from '../session/issue.ts';
import { newPublicId } from '../session/ticket.ts';
import type { NameRefusal } from '../store/accounts.ts';
import type { Account, NewSession } from '../store/records.ts';
import type { Quotas } from './quotas.ts';
import { isReserved } from './reserved-names.ts';
import { userOf } from './views.ts';

/**
 * Makes the account that a person asks for, and its first session: by a registration, or with an invitation.
 * @param wanted `passwordPointer`: the JSON Pointer of the password in the body, for errors.
 * @param write puts both into the store. The account's place in the quota is given back when it throws, or refuses the
 * name.
 * @returns the body of the reply, whose status is 201.
 * @throws {ProblemError} 400 for a password that is easy to guess, 409 `username-taken`, 429, 503; and what `write` throws.
 */
export type RegisterAccount = (
  reply: FastifyReply,
  wanted: Registration & { passwordPointer?: string },
  write: (account: Account, session: NewSession) => Promise<'registered' | NameRefusal>,
) => Promise<User>;

/** @returns a {@link RegisterAccount} with these parts. */
export function createRegisterAccount(
  parts: SessionParts & { quotas: Quotas; queue: Queue; isCommon: Blocklist },
): RegisterAccount {
  const { store, config, now, quotas, queue, isCommon } = parts;

  return async (reply, wanted, write) => {
    const { request } = reply;
    const { password, passwordPointer, email = null, remember = false } = wanted;
    const username = wanted.username.toLowerCase();
    await requireGoodPassword(password, username, isCommon, passwordPointer);
    // Checked before and after the wait, only to spare the hash. The database decides who is first, and how many are
    // too many.
    const requirePlace = async () => {
      await quotas.requireRegistration(request);
      // A reserved name is looked up as well, so that its answer takes as long.
      if ((await store.isNameTaken(username)) || isReserved(username)) throw await taken();
    };
    const taken = async () => {
      await quotas.takeNameFound(request);
      return problem(
        'username-taken',
        `${username} is taken. Choose another username, or log in if it is yours.`,
      );
    };
    await requirePlace();

    const { account, session } = await queue.inTurn(senderOf(reply), async () => {
      await requirePlace();
      const passwordHash = await hashPassword(password);
      const account: Account = {
        id: newPublicId(),
        username,
        passwordHash,
        ...emptyProfile,
        email,
        createdAt: now(),
      };
      const session = newSession(request, parts, { accountId: account.id, remember, provenBy: 'password' });
      const giveBack = await quotas.takeRegistration(request);
      let outcome: 'registered' | NameRefusal | undefined;
      try {
        outcome = await write(account, session);
      } finally {
        // Another request took the name meanwhile, or the database failed.
        if (outcome !== 'registered') await giveBack();
      }
      if (outcome !== 'registered') throw await taken();
      return { account, session };
    });

    logEvent(request, 'user_created', { accountId: account.id });
    await handOver(request, parts, session);
    reply.code(201).header('location', `${config.basePath}/me`);
    return userOf(account);
  };
}

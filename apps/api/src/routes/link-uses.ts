import type { User } from '@coatcheck/api-types';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { logEvent } from '../http/security-log.ts';
import type { Blocklist } from '../password/blocklist.ts';
import { hashPassword } from '../password/hash.ts';
import { nameHash } from '../password/limits.ts';
import { requireGoodPassword } from '../password/policy.ts';
import { type Queue, senderOf } from '../password/queue.ts';
import { liveSession, type SessionParts } from '../session/authentication.ts';
import { handOver, newSession } from '../session/issue.ts';
import type { NamedLink } from '../store/links.ts';
import type { Account, NewSession } from '../store/records.ts';
import type { Quotas } from './quotas.ts';
import { userOf } from './views.ts';
import type { LinkLookUp } from './waiting-link.ts';

/** The parts of the uses of links. */
export interface UseParts extends SessionParts {
  quotas: Quotas;
  queue: Queue;
  isCommon: Blocklist;
  lookUp: LinkLookUp;
}

/** @returns the uses of the links that an account has. Each throws 401 `link-void` when the link has ended meanwhile. */
export function createUses(parts: UseParts) {
  const { store, queue, isCommon, lookUp } = parts;

  /** @returns the account that a link is for. */
  async function accountOf(request: FastifyRequest, link: NamedLink): Promise<Account> {
    const account = await store.findAccount(link.username ?? '');
    if (account?.id === link.accountId) return account;
    throw await lookUp.refuse(request, link.tokenHash);
  }

  /** Starts the session of a person who came by a link. It proves nothing: the link may have been read by another. */
  async function start(
    request: FastifyRequest,
    link: NamedLink,
    account: Account,
    remember: boolean,
    write: (
      session: NewSession & { accountId: string },
      shownTicketHash?: string,
    ) => Promise<'used' | 'void'>,
  ): Promise<User> {
    const session = newSession(request, parts, { accountId: account.id, remember });
    const outcome = await write(session, liveSession(request)?.ticketHash);
    if (outcome === 'void') throw await lookUp.refuse(request, link.tokenHash);
    const facts = { accountId: account.id, sessionId: session.id, reason: `${link.kind}-link` };
    if (link.kind === 'reset') logEvent(request, 'authn_password_change', facts);
    logEvent(request, 'authn_login_success', facts);
    await handOver(request, parts, session);
    return userOf(account);
  }

  return {
    /** Sets a new password, and logs in. */
    async resetPassword(
      reply: FastifyReply,
      link: NamedLink,
      { newPassword, remember }: { newPassword: string; remember: boolean },
    ): Promise<User> {
      const { request } = reply;
      const account = await accountOf(request, link);
      await requireGoodPassword(newPassword, account.username, isCommon, '#/newPassword');
      const passwordHash = await queue.inTurn(senderOf(reply), async () => {
        // The link may have been used while this request waited. The database decides; this only spares the hash.
        await lookUp.requireStillWaiting(request, link.tokenHash);
        return hashPassword(newPassword);
      });
      const change = { passwordHash, nameHash: nameHash(account.username) };
      return start(request, link, account, remember, (session, shown) =>
        store.resetPassword(link.tokenHash, session, change, shown),
      );
    },

    /** Logs another device in. */
    async logInDevice(
      request: FastifyRequest,
      link: NamedLink,
      { remember }: { remember: boolean },
    ): Promise<User> {
      const account = await accountOf(request, link);
      return start(request, link, account, remember, (session, shown) =>
        store.logInByLink(link.tokenHash, session, shown),
      );
    },
  };
}

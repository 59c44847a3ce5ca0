import type { NameRefusal } from './accounts.ts';
import type { Account, LiveMember, NewSession, StoredLink } from './records.ts';

/** A link to be written. */
export type NewLink = Omit<StoredLink, 'ended'>;
/** A link, and the name of the account that it is for; null: an invitation. */
export type NamedLink = StoredLink & { username: string | null };

/** The methods of the store for one-time links. A newer link of a kind for the same account makes the older void. */
export interface LinkStore {
  /** Keeps an invitation. @returns `too-many` when `maxWaitingInvitations` wait. */
  makeInvitation(link: NewLink & { accountId: null }, now: number): Promise<'made' | 'too-many'>;

  /** Keeps a link for a new password, for the person who runs the server. @returns `no-such-account` when it is gone. */
  makeResetLink(link: NewLink & { accountId: string }, now: number): Promise<'made' | 'no-such-account'>;

  /** Keeps a link that logs another device in. @returns `not-live` when the session has ended. */
  makeDeviceLink(
    link: NewLink & { accountId: string },
    member: LiveMember,
    now: number,
  ): Promise<'made' | 'not-live'>;

  /** @returns the link of a token, also one that is over; undefined: none is kept, or its account is gone. */
  findLink(tokenHash: string): Promise<NamedLink | undefined>;

  /**
   * Uses an invitation up and makes the account and its session as `register` does, in one transaction.
   * @returns `void` when the link does not wait; a {@link NameRefusal} uses nothing up.
   */
  acceptInvitation(
    tokenHash: string,
    account: Account,
    session: NewSession,
    shownTicketHash?: string,
  ): Promise<'used' | 'void' | NameRefusal>;

  /**
   * Uses a reset link up, sets the password and starts a session, in one transaction. Everything else is as in `recover`.
   * @param change `passwordHash` in PHC string format.
   * @returns `void` when the link does not wait, or is not of the session's account.
   */
  resetPassword(
    tokenHash: string,
    session: NewSession & { accountId: string },
    change: { passwordHash: string; nameHash: string },
    shownTicketHash?: string,
  ): Promise<'used' | 'void'>;

  /**
   * Uses a device link up and starts a session as `logIn` does, but that no failures are forgotten.
   * @returns `void` when the link does not wait, or is not of the session's account.
   */
  logInByLink(
    tokenHash: string,
    session: NewSession & { accountId: string },
    shownTicketHash?: string,
  ): Promise<'used' | 'void'>;

  /** @returns all links that wait, the oldest first. */
  waitingLinks(now: number): Promise<NamedLink[]>;

  /** Takes a link back. @param id its public id. @returns `not-waiting` when no link of this id waits. */
  voidLink(id: string, now: number): Promise<'voided' | 'not-waiting'>;

  /** Takes all waiting invitations back. @returns how many. */
  voidInvitations(now: number): Promise<number>;
}

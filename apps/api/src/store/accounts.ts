import type { Profile } from '@coatcheck/api-types';
import type { Account, Actor, Dossier, NewSession } from './records.ts';

/** The methods of the store for accounts. */
export interface AccountStore {
  /** @param username lower case. @returns the account of that name, or undefined. */
  findAccount(username: string): Promise<Account | undefined>;

  /**
   * Makes the account and its first session, in one transaction. If the session of the shown ticket is live, it ends
   * as `replaced`; if it was a guest's, the new session remembers what it remembered.
   * @param shownTicketHash hash of the ticket that the request showed.
   * @returns a {@link NameRefusal} when no account was made, and nothing was changed.
   */
  register(
    account: Account,
    session: NewSession,
    shownTicketHash?: string,
  ): Promise<'registered' | NameRefusal>;

  /** Makes an account without a session, for the person who runs the server. @returns as `register` does. */
  addAccount(account: Account): Promise<'added' | NameRefusal>;

  /**
   * Writes the given fields of a profile, and an event that gathers the changes of one session in one hour.
   * @param change a field that is left out stays as it is; null clears it.
   * @returns the account after the change, or undefined when it is gone.
   */
  changeProfile(
    accountId: string,
    change: Partial<Profile>,
    by: Actor,
    now: number,
  ): Promise<Account | undefined>;

  /**
   * Collects all that is kept about an account but its events.
   * @param nameHash the name under which its failed logins are counted.
   * @returns undefined when the account is gone.
   */
  everythingAbout(accountId: string, nameHash: string, now: number): Promise<Dossier | undefined>;

  /**
   * Removes the account, its sessions and all that is kept about it. Only tombstones stay (the hash of the ticket, when
   * its session ended, and `revoked`), and the hash of the name, which keeps the name from being given out again. The
   * account is gone in one transaction. Its events are removed in pieces
   * afterwards; if the database fails meanwhile, the next sweep removes the rest. In a SQLite file the sweep also
   * overwrites what was removed.
   * @param proof `verifiedHash` is the password hash that the caller verified.
   * @returns `credentials-changed` when the account no longer has `verifiedHash`; nothing was changed then.
   */
  deleteAccount(
    accountId: string,
    proof: { verifiedHash: string; nameHash: string },
    now: number,
  ): Promise<'deleted' | 'credentials-changed'>;
}

/** Why no account can be made with a name: another account has it, or a deleted one had it. */
export type NameRefusal = 'username-taken' | 'name-left';

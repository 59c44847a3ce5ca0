import type { Actor } from './records.ts';

/** The methods of the store that replace the password of an account. */
export interface PasswordStore {
  /**
   * Sets a password for a person who proved the old one, in one transaction. The session of the shown ticket goes on
   * under a new ticket, every other session of the account ends as `revoked`, and the failed logins that are counted
   * for the name are forgotten.
   * @param change `verifiedHash` is the password hash that the caller verified, `passwordHash` replaces it.
   * @param tickets hash of the ticket that the request showed, and of the ticket that replaces it.
   * @returns `not-live` when the shown ticket has no live session of this account, `credentials-changed` when the
   * account no longer has `verifiedHash`. Nothing was changed in either case.
   */
  changePassword(
    accountId: string,
    change: { passwordHash: string; verifiedHash: string; nameHash: string },
    tickets: { shownHash: string; newHash: string },
    by: Actor,
    now: number,
  ): Promise<'changed' | 'not-live' | 'credentials-changed'>;

  /**
   * Sets a password without the old one, in one transaction: for the person who runs the server. All sessions of the
   * account end as `revoked`, and the failed logins that are counted for the name are forgotten.
   * @param username lower case.
   * @param change `isAlone`: from now on the password is enough without a passkey; left out: that stays as it is.
   * @returns `no-such-account` when no account has the name.
   */
  setPassword(
    username: string,
    change: { passwordHash: string; nameHash: string; isAlone?: true },
    now: number,
  ): Promise<'set' | 'no-such-account'>;
}

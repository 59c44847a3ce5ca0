import type { LiveMember, NewSession } from './records.ts';

/** The methods of the store for recovery codes. */
export interface RecoveryStore {
  /** @returns the hashes of the codes that an account has left, in PHC string format. All have one salt. */
  recoveryCodesOf(accountId: string): Promise<string[]>;

  /**
   * Replaces all recovery codes of an account.
   * @param hashes in PHC string format.
   * @returns `not-live` when the session has ended; nothing was changed then.
   */
  replaceRecoveryCodes(hashes: string[], member: LiveMember, now: number): Promise<'replaced' | 'not-live'>;

  /**
   * Uses a recovery code up, sets a password and starts a session, in one transaction. Every other session of the account
   * ends as `revoked`, waiting links of the account are void, and the failed logins that are counted for the name are
   * forgotten. Whether the password alone is enough stays as it is.
   * @param proof `codeHash` is the stored hash that the caller found right, `passwordHash` the new one in PHC string format.
   * @param shownTicketHash hash of the ticket that the request showed.
   * @returns `refused` when the code was used meanwhile, or the account is gone. Nothing was changed then.
   */
  recover(
    session: NewSession & { accountId: string },
    proof: { codeHash: string; passwordHash: string; nameHash: string },
    shownTicketHash?: string,
  ): Promise<'recovered' | 'refused'>;
}

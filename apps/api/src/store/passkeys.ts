import type { Account, LiveMember, NewSession, PasskeyUse, StoredPasskey } from './records.ts';

/** The methods of the store for passkeys. */
export interface PasskeyStore {
  /** @returns the account's passkeys, the oldest first. */
  passkeysOf(accountId: string): Promise<StoredPasskey[]>;

  /** @param credentialId base64url. @returns the passkey and its account, or undefined when either is gone. */
  findPasskey(credentialId: string): Promise<{ passkey: StoredPasskey; account: Account } | undefined>;

  /** @returns a host other than this one that some passkey was made for, or undefined when there is none. */
  findOtherRelyingParty(relyingPartyId: string): Promise<string | undefined>;

  /**
   * Adds a passkey.
   * @returns `too-many` when the account has `maxPasskeysPerAccount`, `known` when some account has a passkey of this
   * credential id, `not-live` when the session has ended. Nothing was changed in these cases.
   */
  addPasskey(
    passkey: StoredPasskey,
    member: LiveMember,
    now: number,
  ): Promise<'added' | 'too-many' | 'known' | 'not-live'>;

  /** @param id the passkey's public id. @returns the passkey after the change, or undefined when the account has none of this id. */
  renamePasskey(accountId: string, id: string, name: string): Promise<StoredPasskey | undefined>;

  /**
   * Removes a passkey. What it proved on other sessions of the account counts no longer, and their device links are taken
   * back.
   * @param id its public id. The id of another account's passkey counts as not found.
   * @param relyingPartyId the host of this server: passkeys of other hosts are no way in.
   * @returns `last-way-in` when the password alone is not enough and no other passkey works at this host; `not-live` when
   * the session has ended. Nothing was changed in these cases.
   */
  removePasskey(
    id: string,
    relyingPartyId: string,
    member: LiveMember,
    now: number,
  ): Promise<'removed' | 'not-found' | 'last-way-in' | 'not-live'>;

  /**
   * Starts a session for the owner of a passkey, in one transaction, and notes the use. Everything else is as in `logIn`,
   * but that no failures are forgotten.
   * @returns `refused` when the passkey or its account is gone, or when its sign count is not above the stored count
   * (WebAuthn section 7.2, step 22; 0 after 0 is fine). Nothing was changed then.
   */
  logInWithPasskey(
    session: NewSession & { accountId: string },
    use: PasskeyUse,
    shownTicketHash?: string,
  ): Promise<'logged-in' | 'refused'>;
}

import type { Actor, FailureKey, LiveMember, PasskeyUse } from './records.ts';

/** The methods of the store for proofs that the owner of an account is at the keyboard, and for which proof a login needs. */
export interface ProofStore {
  /**
   * Notes that a passkey of the account was shown on a session.
   * @returns `refused` as `logInWithPasskey`, `not-live` when the session has ended.
   */
  proveByPasskey(
    accountId: string,
    ticketHash: string,
    use: PasskeyUse,
    now: number,
  ): Promise<'proven' | 'refused' | 'not-live'>;

  /**
   * Notes that the account's password was given on a session. The failures that are counted for the network are
   * forgotten as by a login.
   * @param proof `verifiedHash` is the password hash that the caller verified.
   * @returns `credentials-changed` when the account no longer has `verifiedHash`, `not-live` when the session has ended.
   */
  proveByPassword(
    accountId: string,
    ticketHash: string,
    proof: { verifiedHash: string; failureKey: FailureKey },
    now: number,
  ): Promise<'proven' | 'credentials-changed' | 'not-live'>;

  /**
   * Decides whether the password alone is enough. If it no longer is, every other session of the account ends as `revoked`.
   * A decision that is in force already changes nothing and is no event.
   * @param relyingPartyId the host of this server: passkeys of other hosts are no way in.
   * @returns `last-way-in` when the password is not to be enough and the account has no passkey for this host or no
   * recovery code; `not-live` when the session has ended. Nothing was changed in these cases.
   */
  setPasswordAlone(
    passwordAlone: boolean,
    relyingPartyId: string,
    member: LiveMember,
    now: number,
  ): Promise<'set' | 'last-way-in' | 'not-live'>;

  /**
   * Notes in the activity that the right password was given where it is not enough. Such events of one network in one hour
   * are gathered into one. It sends as many statements as counting a failure under this key does, and counts none.
   */
  notePasskeyMissing(accountId: string, key: FailureKey, by: Actor, now: number): Promise<void>;
}

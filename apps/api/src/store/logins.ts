import type { EventType } from '@coatcheck/api-types';
import type { Actor, FailureKey, NetworkFailures, NewSession } from './records.ts';

/** A login that failed, for the activity of the account it was meant for. */
interface FailedAttempt {
  /** Undefined: no account has the name. */
  accountId: string | undefined;
  type: Extract<EventType, 'login-failed' | 'password-refused'>;
  by: Actor;
}

/** The methods of the store for logins: those that succeeded, those that failed, and the networks they came from. */
export interface LoginStore {
  /**
   * Starts a session, in one transaction. If the session of the shown ticket is live, it ends as `replaced`; unless it
   * belonged to another account, the new session remembers what it remembered. Above `maxSessionsPerAccount` live
   * sessions, the least recently used ones end as `revoked`. The failures that are counted for the network are
   * forgotten, and so are those of all unfamiliar networks together if this network was one of them. The network
   * becomes familiar.
   * @param proof `verifiedHash` is the password hash that the caller verified; `newHash` replaces it if given.
   * @param shownTicketHash hash of the ticket that the request showed.
   * @returns `credentials-changed` when the account no longer has `verifiedHash`; nothing was changed then. A login
   * that verified the old password must not outlive its change.
   */
  logIn(
    session: NewSession & { accountId: string },
    proof: { verifiedHash: string; newHash?: string; failureKey: FailureKey },
    shownTicketHash?: string,
  ): Promise<'logged-in' | 'credentials-changed'>;

  /** @returns the failed logins that are counted for a name, whether an account has it or not. */
  loginFailures(nameHash: string): Promise<NetworkFailures[]>;

  /**
   * Counts one more failure for the network, and for all unfamiliar networks together if this network is one of them.
   * Writes it into the activity of the account it was meant for, if there is one. A count without a failure for
   * `retentionMs.loginFailures` milliseconds starts again at 1.
   */
  countLoginFailure(key: FailureKey, meant: FailedAttempt, now: number): Promise<void>;

  /** @returns whether this account logged in from this network after `since`. */
  isFamiliarNetwork(accountId: string, network: string, since: number): Promise<boolean>;
}

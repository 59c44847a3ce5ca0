import type { AccountStore } from './accounts.ts';
import type { ActivityStore } from './activity.ts';
import type { AssetStore } from './assets.ts';
import type { ChallengeStore } from './challenges.ts';
import type { LinkStore } from './links.ts';
import type { LoginStore } from './logins.ts';
import type { NameStore } from './names.ts';
import type { PasskeyStore } from './passkeys.ts';
import type { PasswordStore } from './passwords.ts';
import type { ProofStore } from './proofs.ts';
import type { RecoveryStore } from './recovery.ts';
import type { SessionStore } from './sessions.ts';
import type { WindowStore } from './windows.ts';

/**
 * The store, on any database. store.spec.ts says the same in sentences that run. `now` is always the caller's clock, in
 * milliseconds since 1970.
 *
 * A method that changes an account or its sessions writes an event into the account's activity in the same transaction.
 * The sweep keeps the newest events of each type: see retention.ts.
 *
 * Any method may reject with `StoreUnavailable`. Nothing was changed then, with one exception: when the database falls
 * silent in the moment of a commit, nobody can know, and the caller has to ask again.
 */
export interface Store
  extends AccountStore,
    NameStore,
    PasswordStore,
    PasskeyStore,
    ChallengeStore,
    ProofStore,
    RecoveryStore,
    LinkStore,
    LoginStore,
    SessionStore,
    ActivityStore,
    WindowStore,
    AssetStore {
  /**
   * Removes rows that are over. Live sessions past their limits become tombstones. Tombstones, failures, familiar
   * networks, events, windows and assets past their time are removed, and so are the events and networks of which an
   * account has too many. Rows that a clock wrote in the future stay until this clock is there. Only one process sweeps
   * at a time.
   * @param batch how many rows of each kind are removed at most.
   * @returns how many rows were removed of the kind with the most. Fewer than `batch` means that all is swept, or that
   * another process is sweeping.
   */
  sweep(now: number, batch: number): Promise<number>;

  /** Resolves when the database has taken a write: a small one, or after a failed write a large one. */
  ready(): Promise<void>;
  /** Closes the connections to the database, after what is under way. */
  close(): Promise<void>;
}

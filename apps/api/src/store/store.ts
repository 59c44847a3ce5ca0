import type { EndReason, EventType, Json } from '@coatcheck/api-types';

// What every database promises. Times are milliseconds since 1970, given by the caller's clock; a ticket reaches
// the store only as its SHA-256 (base64url). The executable form of these sentences is store.spec.ts.

export interface Account {
  /** Public, random, never reused. */
  id: string;
  /** Unique, lower case. */
  username: string;
  /** In PHC string format, parameters included. */
  passwordHash: string;
  displayName: string | null;
  email: string | null;
  createdAt: number;
}

export interface StoredSession {
  ticketHash: string;
  /** Public, random; says nothing of the ticket. */
  id: string;
  /** Null: a guest's. */
  accountId: string | null;
  createdAt: number;
  lastSeenAt: number;
  /** Never later than `expiresAt`. */
  idleExpiresAt: number;
  expiresAt: number;
  remember: boolean;
  address: string;
  browser: string | null;
  system: string | null;
  remembered: { [key: string]: Json };
}

/** A session that is still to be written; what it remembers comes from the one it replaces. */
export interface NewSession extends Omit<StoredSession, 'remembered'> {
  /** What limits count its address as; the account is known there from now on. */
  network: string;
}

/** Who does something to an account, for its activity. */
export interface Actor {
  /** Null: whoever runs the server, at its terminal. */
  address: string | null;
  browser: string | null;
  system: string | null;
  /** The session of that account it is done from; null: from none. */
  sessionId: string | null;
}

/** Something that happened to an account, or several of one kind from one network in one hour. */
export interface StoredEvent extends Actor {
  id: string;
  type: EventType;
  /** Of several: when the last one was. */
  at: number;
  /** Whether a login came from a browser and system that none of the kept ones before came from. */
  newDevice: boolean;
  /** How many they are. */
  count: number;
}

/** A place in the activity: all that comes after it is older. */
export type EventPlace = Pick<StoredEvent, 'at' | 'id'>;

/** All that the database holds about somebody but the events, which can be many: `eventsOf` gives them. */
export interface Dossier {
  account: Account;
  /** Those that are over and not yet swept, too. */
  sessions: StoredSession[];
  familiarNetworks: { network: string; lastLoginAt: number }[];
  loginFailures: NetworkFailures[];
}

/** What a ticket stands for. `account` is null for a guest. */
export type FoundSession =
  | { live: true; session: StoredSession; account: Account | null }
  | { live: false; reason: EndReason };

/** How often a name was tried in vain from a network, in a row; '' is all networks together that were unfamiliar. */
export interface NetworkFailures {
  network: string;
  count: number;
  lastAt: number;
}

/** Counts in a fixed window, which begins with the first point; atomically across processes, and past a restart. */
export interface WindowLimiter {
  /** Points taken in the running window, and milliseconds until it ends. */
  get(key: string): Promise<{ taken: number; endsIn: number }>;
  /** Takes one point and says what stands then. */
  take(key: string): Promise<{ taken: number; endsIn: number }>;
  /** Gives one point back, if its window still runs. */
  giveBack(key: string): Promise<void>;
}

/**
 * What changes an account or its sessions is written into its activity in the same transaction. The sweep keeps
 * {@link eventsKept} of it, the newest of each type.
 *
 * Any method may reject with {@link StoreUnavailable}. Nothing was changed then, unless the database fell silent in
 * the moment of a commit: then nobody can know, and whoever asks again is told.
 */
export interface Store {
  findAccount(username: string): Promise<Account | undefined>;

  /**
   * Makes the account and its first session, in one transaction. The session of the shown ticket, if it is live,
   * ends as `replaced`; if it was a guest's, what it remembered goes over.
   */
  register(
    account: Account,
    session: NewSession,
    shownTicketHash?: string,
  ): Promise<'registered' | 'username-taken'>;

  /**
   * Starts a session, in one transaction. The session of the shown ticket, if it is live, ends as `replaced`; if it
   * was not another account's, what it remembered goes over. Over `maxSessionsPerAccount` live ones, the longest
   * idle ends as `revoked`. Failures counted for the network are cleared, and with an unfamiliar one those of all
   * unfamiliar ones together; the network becomes familiar.
   *
   * Changes nothing and answers `credentials-changed` when the account no longer has `verifiedHash`: a login that
   * checked the old password must not outlive the change. `newHash` replaces it otherwise.
   */
  logIn(
    session: NewSession & { accountId: string },
    proof: { verifiedHash: string; newHash?: string; failureKey: FailureKey },
    shownTicketHash?: string,
  ): Promise<'logged-in' | 'credentials-changed'>;

  /**
   * Looks a ticket up. A session that was last used in the future (its clock was ahead, or this one is behind) answers
   * for an idle limit from when a sweep found it; then it is refused, and stays as it is. Any other session past its limits is refused, and its tombstone written before the answer: once
   * refused it stays ended, whatever any clock says later.
   */
  findSession(ticketHash: string, now: number): Promise<FoundSession>;

  /** Notes a use of a live session. Changes nothing when it has ended meanwhile: this can never bring one back. */
  renewSession(
    ticketHash: string,
    use: { lastSeenAt: number; idleExpiresAt: number; address: string },
  ): Promise<void>;

  /** Starts a guest's session, which remembers this from its first moment on. */
  startGuest(
    session: NewSession & { accountId: null },
    remembered: StoredSession['remembered'],
  ): Promise<void>;

  /**
   * Changes what a live session remembers. Changes of several requests at once happen one after another.
   * @param change gives what is remembered from then on; it may be asked again, and what it throws changes nothing.
   * @returns what is remembered now; undefined when the session is not live.
   */
  remember(
    ticketHash: string,
    change: (remembered: StoredSession['remembered']) => StoredSession['remembered'],
  ): Promise<StoredSession['remembered'] | undefined>;

  /** Ends a live session, as `logged-out`, and leaves a tombstone: hash, when, why. */
  logOut(ticketHash: string, by: Actor, now: number): Promise<'ended' | 'not-live'>;

  /** The account's live sessions, at most {@link maxSessionsPerAccount}, the last used first. */
  sessionsOf(accountId: string, now: number): Promise<StoredSession[]>;

  /** Ends one live session of the account, as `revoked`. Another's is as good as none. */
  endSessionOf(accountId: string, id: string, by: Actor, now: number): Promise<'ended' | 'not-found'>;

  /** Ends all live sessions of the account as `revoked`, but the one of this ticket. @returns their ids. */
  endOtherSessions(accountId: string, keptHash: string, by: Actor, now: number): Promise<string[]>;

  /** Writes what is given of a profile: one event an hour and session. @returns the account as it is then, if it is still there. */
  changeProfile(
    accountId: string,
    change: { displayName?: string | null; email?: string | null },
    by: Actor,
    now: number,
  ): Promise<Account | undefined>;

  /**
   * Sets a password for who knows the old one, in one transaction: the session of the shown ticket goes on under a
   * new one, every other session of the account ends as `revoked`, and the failures counted against the name are
   * forgotten.
   *
   * Changes nothing and answers `not-live` when the shown ticket is dead by now, `credentials-changed` when the account
   * no longer has `verifiedHash`.
   */
  changePassword(
    accountId: string,
    change: { passwordHash: string; verifiedHash: string; nameHash: string },
    tickets: { shownHash: string; newHash: string },
    by: Actor,
    now: number,
  ): Promise<'changed' | 'not-live' | 'credentials-changed'>;

  /**
   * Sets a password, ends all sessions of the account as `revoked` and forgets the failures counted against the name
   * under whatever key, in one transaction.
   */
  setPassword(
    username: string,
    change: { passwordHash: string; nameHash: string },
    now: number,
  ): Promise<'set' | 'no-such-account'>;

  /**
   * Removes the account, its sessions and all that is kept about it; what stays are tombstones: hash, when, and
   * `revoked`. The account is gone in one transaction, and what happened to it follows in pieces; where they cannot be
   * removed now, the next sweep does it. In a file of our own the sweep overwrites all of it, too.
   *
   * Changes nothing and answers `credentials-changed` when the account no longer has `verifiedHash`.
   */
  deleteAccount(
    accountId: string,
    proof: { verifiedHash: string; nameHash: string },
    now: number,
  ): Promise<'deleted' | 'credentials-changed'>;

  /** What is counted under a name, existing or not. */
  loginFailures(nameHash: string): Promise<NetworkFailures[]>;
  /**
   * Counts one more for the network, and for all unfamiliar ones together where it is one of them. Writes it into the
   * activity of the account it was meant for, if there is one. A count that has rested for {@link keep}`.loginFailures`
   * starts again.
   */
  countLoginFailure(
    key: FailureKey,
    meant: {
      accountId: string | undefined;
      type: 'login-failed' | 'password-refused';
      by: Actor;
    },
    now: number,
  ): Promise<void>;
  /** Whether this account logged in from this network since then. */
  isFamiliarNetwork(accountId: string, network: string, since: number): Promise<boolean>;

  /** What happened to an account, newest first. @param before leaves out what is not behind this place. */
  eventsOf(accountId: string, limit: number, before?: EventPlace): Promise<StoredEvent[]>;

  /** All that is kept about an account but its events, or undefined when it is gone. */
  everythingAbout(accountId: string, nameHash: string): Promise<Dossier | undefined>;

  /** A limiter over windows of `seconds`; `name` keeps its keys apart from others'. How much is too much the caller says. */
  windowLimiter(name: string, seconds: number): WindowLimiter;

  /**
   * Keeps the assets of a version of the page, as text, for {@link keep}`.assets` from now on. Over
   * {@link maxAssetVersions}, the one put longest ago goes.
   */
  putAssets(version: string, content: string, now: number): Promise<void>;
  /** What was put last for a version, if it is still there. */
  findAssets(version: string): Promise<string | undefined>;

  /**
   * Removes what is over: live rows past their limits become tombstones; tombstones, failures, familiar networks,
   * events, windows and assets past their time go, and events and networks of which an account has too many. What was
   * written in the future stays until the clock is there. At most `batch` rows of each kind, and one process at a time.
   * @returns how many rows of the kind with the most; fewer than `batch` means all is swept or another is at it.
   */
  sweep(now: number, batch: number): Promise<number>;

  /** Resolves when the database takes writes: one that was tried. After a write that failed, a large one. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Whose failed logins are counted: a name, from a network, and whether the name's account is known there. */
export interface FailureKey {
  /** Of the name, existing or not: a password typed into the wrong field must not be kept. */
  nameHash: string;
  network: string;
  familiar: boolean;
}

export const maxSessionsPerAccount = 100;
/** Above this, the network without a login for longest is forgotten. */
export const maxFamiliarNetworks = 100;

/**
 * How many events of each type an account keeps, 10,000 in all. Each type has a share of its own: what somebody does at
 * an unlocked browser, or a stranger from a thousand networks, pushes out nothing but its like.
 */
export const eventsKept: Record<EventType, number> = {
  registered: 100,
  'logged-in': 4_000,
  'logged-out': 1_000,
  'session-ended': 900,
  'password-changed': 500,
  'password-reset': 500,
  'password-refused': 500,
  'login-failed': 2_000,
  'profile-changed': 500,
};

/** Windows whose keys are ids of accounts, and which go with the account. */
export const windowsOfAccounts = { exports: 'exports', profileChanges: 'profile-changes' };

/** About 0.5 MB each. Whoever builds often would fill the disk. */
export const maxAssetVersions = 10;

const day = 24 * 60 * 60 * 1000;
/** How long, in milliseconds, what is over is kept. */
export const keep = {
  tombstones: 7 * day,
  familiarNetworks: 30 * day,
  loginFailures: day,
  events: 90 * day,
  assets: 30 * day,
};

/** The database does not answer, is locked, full or read-only. */
export class StoreUnavailable extends Error {}

/** A database that cannot be used as it is: not one of ours, damaged, or of a newer version. One line for people. */
export class StoreUnusable extends Error {}

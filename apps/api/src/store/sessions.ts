import type { Actor, FoundSession, LiveSession, NewSession, StoredSession } from './records.ts';

/** The methods of the store for sessions after their start. A member's session starts in `register` or `logIn`. */
export interface SessionStore {
  /**
   * Gives a session that was looked up before, without asking the database for it again. It is as true as a look-up: a
   * write of any process since then makes this undefined.
   * @returns a live session; undefined: {@link findSession} has to look.
   */
  recallSession(ticketHash: string, now: number): LiveSession | undefined;

  /**
   * Looks a ticket up. A session past one of its limits is refused, and its tombstone is written before the promise
   * resolves: once refused, it stays ended, whatever any clock says later.
   *
   * A session that was last used in the future (a clock was ahead then, or this clock is behind now) is live for one
   * idle limit, counted from when a sweep first found it. Afterwards it is refused, and its row stays as it is.
   */
  findSession(ticketHash: string, now: number): Promise<FoundSession>;

  /**
   * Notes a use of a live session. A session that has ended meanwhile stays ended.
   * @param use `address`: from where; null: the use says nothing about that, and the address stays.
   */
  renewSession(
    ticketHash: string,
    use: { lastSeenAt: number; idleExpiresAt: number; address: string | null },
  ): Promise<void>;

  /** Starts a guest's session. @param remembered the object that the session remembers from its first moment on */
  startGuest(
    session: NewSession & { accountId: null },
    remembered: StoredSession['remembered'],
  ): Promise<void>;

  /**
   * Changes the object that a live session remembers. Changes of several requests at once happen one after another.
   * @param change returns the object to remember from then on. It may be called again. An error that it throws is
   * thrown, and nothing is changed then.
   * @returns the object that is remembered now, or undefined when the session is not live.
   */
  remember(
    ticketHash: string,
    change: (remembered: StoredSession['remembered']) => StoredSession['remembered'],
  ): Promise<StoredSession['remembered'] | undefined>;

  /** Ends a live session as `logged-out`, and leaves a tombstone: the hash of its ticket, when, and why. */
  logOut(ticketHash: string, by: Actor, now: number): Promise<'ended' | 'not-live'>;

  /** @returns the account's live sessions, at most `maxSessionsPerAccount`, the last used first. */
  sessionsOf(accountId: string, now: number): Promise<StoredSession[]>;

  /** @returns those of some sessions that are live. @param ids their public ids */
  liveAmong(ids: string[], now: number): Promise<Set<string>>;

  /**
   * Ends one live session of the account as `revoked`. Links that would log another device in are taken back.
   * @param id the session's public id. The id of another account's session counts as not found.
   */
  endSessionOf(accountId: string, id: string, by: Actor, now: number): Promise<'ended' | 'not-found'>;

  /**
   * Ends all live sessions of the account as `revoked`, but the session of one ticket.
   * @returns the public ids of the sessions that ended.
   */
  endOtherSessions(accountId: string, keptHash: string, by: Actor, now: number): Promise<string[]>;
}

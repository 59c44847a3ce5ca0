/** Someone with an account, as that person sees it. */
export interface User {
  /** Public, stable, never reused. */
  id: string;
  /** Unique, in lower case: 3 to 32 of `a-z 0-9 . _ -`, a letter or digit at both ends. */
  username: string;
  /** What the person wants to be called, or null. */
  displayName: string | null;
  /** Contact data, not verified, or null. */
  email: string | null;
  /** ISO 8601 in UTC. */
  createdAt: string;
}

/** A browser and a system in people's words; null where it cannot be told. */
export interface Device {
  browser: string | null;
  system: string | null;
}

/** One browser's stay: from the moment a ticket was handed out until it ends. */
export interface Session {
  /** Public name of the session. It is never the ticket. */
  id: string;
  /** Whether this is the session that asked. */
  current: boolean;
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** ISO 8601 in UTC, good to a minute. */
  lastSeenAt: string;
  /** When it ends if it is not used, ISO 8601 in UTC. */
  idleExpiresAt: string;
  /** When it ends however much it is used, ISO 8601 in UTC. */
  expiresAt: string;
  /** Whether the person asked to stay logged in. */
  remember: boolean;
  /** The address it was last seen from. */
  address: string;
  device: Device;
}

/** What `GET /me/sessions` gives: at most 100, the one that asked first, then by last use. */
export interface Sessions {
  sessions: Session[];
}

/** What can happen to an account. */
export type EventType =
  | 'registered'
  | 'logged-in'
  /** Somebody tried to log in with a wrong password. */
  | 'login-failed'
  | 'logged-out'
  /** Other sessions were ended: `count` says how many. */
  | 'session-ended'
  | 'profile-changed'
  | 'password-changed'
  /** Somebody who was logged in gave a wrong current password. */
  | 'password-refused'
  /** Whoever runs the server set a new password. */
  | 'password-reset';

/** Something that happened to the account. Tries with a wrong password from one network in one hour are one event. */
export interface Event {
  id: string;
  type: EventType;
  /** ISO 8601 in UTC; of several, when the last one was. */
  at: string;
  /** Where it came from; null: from the server's own terminal. */
  address: string | null;
  device: Device;
  /** The session it was done from; null: from none. It may have ended since. */
  sessionId: string | null;
  /** Whether this login came from a browser and system that none of the kept ones before came from. */
  newDevice: boolean;
  /** How many tries, changes or sessions this is about. */
  count: number;
}

/** What `GET /me/activity` takes in its query. */
export interface ActivityQuery {
  /** The `next` of the page before. */
  before?: string;
  /** 1 to 100; 50 unless told otherwise. */
  limit?: number;
}

/** What `GET /me/activity` gives: newest first. At most 10,000 events are kept, for 90 days. */
export interface Activity {
  events: Event[];
  /** For `before`, to get what is older; null: there is nothing older. */
  next: string | null;
}

/** A session with what it was asked to remember. */
export interface ExportedSession extends Session {
  remembered: Remembered;
}

/** All that is stored about an account, but its password's hash and its tickets' hashes. */
export interface Export {
  /** ISO 8601 in UTC. */
  exportedAt: string;
  user: User;
  sessions: ExportedSession[];
  /** Newest first. */
  events: Event[];
  /** Where the account logged in from in the last 30 days: strangers' tries never make it wait there. */
  familiarNetworks: { network: string; lastLoginAt: string }[];
  /** Wrong passwords in a row since the last right one, by network; null: from all unfamiliar ones together. */
  loginFailures: { network: string | null; count: number; lastAt: string }[];
}

/** What `PATCH /me` takes: what is left out stays, null clears. */
export interface ProfilePatch {
  /** At most 64 code points of any Unicode. */
  displayName?: string | null;
  email?: string | null;
}

/** What `PUT /me/password` takes. */
export interface PasswordChange {
  currentPassword: string;
  /** `passwordMinLength` (see {@link Conversation}) to 256 code points of any Unicode. */
  newPassword: string;
}

/** What `DELETE /me` takes: that it is really you. */
export interface PasswordProof {
  password: string;
}

/** Why a ticket that was shown counts for nothing. */
export type EndReason =
  | 'unknown'
  | 'expired-idle'
  | 'expired-absolute'
  | 'logged-out'
  | 'replaced'
  | 'revoked';

/** Why a call that needs a login found none: no cookie, a guest's live session, or a ticket that ended. */
export type NotLoggedInReason = 'no-cookie' | 'guest' | EndReason;

/** A value that JSON can carry. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The cookie the server looks at and the attributes it gives it; never its value. */
export interface CookieFacts {
  /** `__Host-coatcheck` where the site is https, else `coatcheck`. */
  name: string;
  /** Whether this request carried it. */
  sent: boolean;
  attributes: {
    httpOnly: true;
    secure: boolean;
    sameSite: 'Lax';
    path: '/';
    /** When the browser drops it, ISO 8601 in UTC; null: with the browser's own session. */
    expires: string | null;
  };
}

/**
 * What a session was asked to remember, and the merge patch (RFC 7396) that changes it: null forgets. At most 2 KiB and
 * 4 levels in all.
 */
export type Remembered = { [key: string]: Json };

/** What the server remembers about whoever holds the cookie, logged in or not. */
export interface Conversation {
  /** Null for a stranger and for a guest. */
  user: User | null;
  /** Null while the server keeps nothing. */
  session: Session | null;
  /** What this session was asked to remember. */
  remembered: Remembered;
  cookie: CookieFacts;
  /** Why a cookie that was sent counts for nothing, or null. */
  reason: EndReason | null;
  /** The server's clock, ISO 8601 in UTC. */
  now: string;
  /** Code points a new password must have at least. */
  passwordMinLength: number;
}

/** What `POST /register` takes. */
export interface Registration {
  /** Any case; kept in lower case. */
  username: string;
  /** `passwordMinLength` (see {@link Conversation}) to 256 code points of any Unicode. */
  password: string;
  email?: string;
  /** Stay logged in after the browser closes. */
  remember?: boolean;
}

/** What `POST /login` takes. */
export interface Credentials {
  username: string;
  password: string;
  /** Stay logged in after the browser closes. */
  remember?: boolean;
}

/** What `GET /healthz` and `GET /readyz` say when all is well. */
export interface Health {
  status: 'ok';
}

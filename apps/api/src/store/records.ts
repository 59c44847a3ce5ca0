import type { EndReason, EventType, Json, LinkKind, Profile, ProofWay } from '@coatcheck/api-types';

// The records that the store takes and returns. Times are milliseconds since 1970, from the caller's clock. A ticket
// reaches the store only as its hash: SHA-256, base64url.

/** An account. The members of its profile are null where the person gave none. */
export interface Account extends Profile {
  /** Public, random, never reused. */
  id: string;
  /** Unique, lower case. */
  username: string;
  /**
   * In PHC string format, which includes the parameters of the hash; behind a mark where the password alone is not enough:
   * see password-mark.ts.
   */
  passwordHash: string;
  createdAt: number;
}

/** A live session, or one that is over and not yet swept. */
export interface StoredSession {
  ticketHash: string;
  /** Public, random; says nothing of the ticket. */
  id: string;
  /** Null: the session belongs to a guest. */
  accountId: string | null;
  createdAt: number;
  lastSeenAt: number;
  /** Never later than `expiresAt`. */
  idleExpiresAt: number;
  expiresAt: number;
  /** Whether the browser keeps the cookie when it is closed. */
  remember: boolean;
  /** IP address of the last use. */
  address: string;
  browser: string | null;
  system: string | null;
  /** The object that the session remembers for its visitor. */
  remembered: { [key: string]: Json };
  /** When a sweep first found the session used in the future; null: it was not. */
  aheadSince: number | null;
  /** When the account's password was last given on this session; null: never. */
  passwordProvenAt: number | null;
  /** When a passkey of the account was last shown on this session; null: never. */
  passkeyProvenAt: number | null;
}

/** A session to be written. It takes over what the session remembered that it replaces. */
export interface NewSession
  extends Omit<StoredSession, 'remembered' | 'aheadSince' | 'passwordProvenAt' | 'passkeyProvenAt'> {
  /** The network that limits count the address as. The account is known there from now on. */
  network: string;
  /** The proof that its owner gave to start it. Left out: none. */
  provenBy?: ProofWay;
}

/** A live session with its account, which is null for a guest. */
export interface LiveSession {
  session: StoredSession;
  account: Account | null;
}

/** The result of looking a ticket up: a live session, or the reason why there is none. */
export type FoundSession = (LiveSession & { live: true }) | { live: false; reason: EndReason };

/** The person or program that does something to an account, as its activity shows it. */
export interface Actor {
  /** IP address. Null: the person who runs the server did it at the terminal. */
  address: string | null;
  browser: string | null;
  system: string | null;
  /** Public id of the session, of the same account, that asked for it. Null: no session did. */
  sessionId: string | null;
}

/** A member who asks for a change. The session must be live at the moment of the change, too. */
export interface LiveMember {
  accountId: string;
  /** The hash of the ticket that was shown. */
  ticketHash: string;
  by: Actor;
}

/** A passkey of an account. */
export interface StoredPasskey {
  /** The id that its authenticator gave it, base64url. No two accounts have the same. */
  credentialId: string;
  /** Public, random. */
  id: string;
  accountId: string;
  /** COSE key (RFC 9052 section 7), base64url. */
  publicKey: string;
  /** The host that it was made for (WebAuthn section 4, relying party identifier). It works at no other. */
  relyingPartyId: string;
  /** Uses that the authenticator has counted; 0 where it counts none. */
  signCount: number;
  /** How the authenticator can be reached, as it said (WebAuthn section 5.8.4). */
  transports: string[];
  name: string;
  createdAt: number;
  /** When it last logged in or proved something; null: never. */
  lastUsedAt: number | null;
  /** Whether its authenticator may copy it to other devices. */
  synced: boolean;
}

/** A use of a passkey whose signature the caller has verified. */
export interface PasskeyUse {
  credentialId: string;
  /** The count that the authenticator signed. */
  signCount: number;
}

/** A challenge that waits for one WebAuthn response. */
export interface StoredChallenge {
  /** SHA-256 of the challenge, base64url. */
  challengeHash: string;
  purpose: 'log-in' | 'add-passkey' | 'prove';
  /** Public id of the session that asked; null: a login, which has none. */
  sessionId: string | null;
  /** The network that limits count the address as. */
  network: string;
  createdAt: number;
  expiresAt: number;
}

/** A one-time link that waits for its use, or one that is over and not yet swept. */
export interface StoredLink {
  /** SHA-256 of the token, base64url. */
  tokenHash: string;
  /** Public, random; says nothing of the token. */
  id: string;
  kind: LinkKind;
  /** Null: an invitation. */
  accountId: string | null;
  createdAt: number;
  /** Until when it is good, or when it was used or taken back. */
  overAt: number;
  /** Null: it waits, or its time is over. */
  ended: 'used' | 'superseded' | null;
}

/** An event of an account's activity. Events of one type from one source in one hour may be gathered into one. */
export interface StoredEvent extends Actor {
  id: string;
  type: EventType;
  /** Time of the event; of gathered events, time of the last one. */
  at: number;
  /** Of a login: whether no earlier login in the activity came from this browser on this system. */
  newDevice: boolean;
  /** How many events are gathered in this one. */
  count: number;
}

/** A place in the activity, newest first: every event after it is older. */
export type EventPlace = Pick<StoredEvent, 'at' | 'id'>;

/** The failure count of a login attempt: a name, from a network. */
export interface FailureKey {
  /** Hash of the name, whether an account has it or not: a password typed into the wrong field must not be kept. */
  nameHash: string;
  network: string;
  /** Whether the account of the name is known in this network. */
  familiar: boolean;
}

/** A number of logins with a name that failed in a row from a network. */
export interface NetworkFailures {
  /** Empty: all unfamiliar networks together. */
  network: string;
  count: number;
  lastAt: number;
}

/** All that the database holds about an account but its events, which can be many: `eventsOf` gives them. */
export interface Dossier {
  account: Account;
  /** With those that are over and not yet swept. */
  sessions: StoredSession[];
  familiarNetworks: { network: string; lastLoginAt: number }[];
  loginFailures: NetworkFailures[];
  passkeys: StoredPasskey[];
  recoveryCodesLeft: number;
  /** Links that wait for their use. */
  links: StoredLink[];
}

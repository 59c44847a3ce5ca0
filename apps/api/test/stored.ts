import { expect } from 'vitest';
import type {
  Account,
  Actor,
  FailureKey,
  NewSession,
  StoredChallenge,
  StoredPasskey,
} from '../src/store/records.ts';
import type { StoreCaps } from '../src/store/retention.ts';
import type { Store } from '../src/store/store.ts';

// What tests of the store write into it.

/** Opens a store over a fresh database, which closes when the test is over. */
export type OpenStore = (options?: { clock?: () => number; caps?: Partial<StoreCaps> }) => Promise<Store>;

export const minute = 60_000;
export const hour = 60 * minute;
/** The time at which accounts and sessions begin. */
export const start = Date.UTC(2026, 0, 1);

let made = 0;

/** An account that no other test has. */
export const someAccount = (more: Partial<Account> = {}): Account => {
  made += 1;
  return {
    id: `account-${made}`,
    username: `ada${made}`,
    passwordHash: '$argon2id$one',
    displayName: null,
    email: null,
    createdAt: start,
    ...more,
  };
};

/** A session of two hours idle and a day in all. */
export const someSession = <AccountId extends string | null>(
  accountId: AccountId,
  more: Partial<NewSession> = {},
) => {
  made += 1;
  return {
    ticketHash: `hash-${made}`,
    id: `session-${made}`,
    createdAt: start,
    lastSeenAt: start,
    idleExpiresAt: start + 2 * hour,
    expiresAt: start + 24 * hour,
    remember: false,
    address: '192.0.2.1',
    network: '192.0.2.1',
    browser: 'Firefox',
    system: 'Linux',
    ...more,
    accountId,
  };
};

/** A passkey of an account, for the host id.example.com. */
export const somePasskey = (accountId: string, more: Partial<StoredPasskey> = {}): StoredPasskey => {
  made += 1;
  return {
    credentialId: `credential-${made}`,
    id: `passkey-${made}`,
    accountId,
    publicKey: 'AAAA',
    relyingPartyId: 'id.example.com',
    signCount: 0,
    transports: ['internal'],
    name: 'Phone',
    createdAt: start,
    lastUsedAt: null,
    synced: true,
    ...more,
  };
};

/** A challenge of a login, for five minutes. */
export const someChallenge = (more: Partial<StoredChallenge> = {}): StoredChallenge => {
  made += 1;
  return {
    challengeHash: `challenge-${made}`,
    purpose: 'log-in',
    sessionId: null,
    network: '192.0.2.1',
    createdAt: start,
    expiresAt: start + 5 * minute,
    ...more,
  };
};

/** Registers an account. @returns it, its session, and the proof that a login of it gives. */
export async function registered(store: Store) {
  const account = someAccount();
  const session = someSession(account.id);
  expect(await store.register(account, session)).toBe('registered');
  const failureKey = { nameHash: account.username, network: '192.0.2.1', familiar: false };
  const proof = { verifiedHash: account.passwordHash, failureKey };
  return { account, session, proof };
}

export const change = { passwordHash: '$argon2id$two', nameHash: 'name' };
export const by: Actor = { address: '192.0.2.1', browser: 'Firefox', system: 'Linux', sessionId: null };
export const meant = { accountId: undefined, type: 'login-failed' as const, by };

/** @returns what is counted for a name in one network; an empty network is all unfamiliar ones together. */
export async function failuresOf(store: Store, { nameHash, network }: FailureKey) {
  const rows = await store.loginFailures(nameHash);
  const { count, lastAt } = rows.find((row) => row.network === network) ?? { count: 0, lastAt: 0 };
  return { count, lastAt };
}

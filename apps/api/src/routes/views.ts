import type { Event, Identity, Passkey, Session, User } from '@coatcheck/api-types';
import { knownDevice } from '../http/device.ts';
import type { Account, StoredEvent, StoredPasskey, StoredSession } from '../store/records.ts';

const users = new WeakMap<Account, User>();

/** @returns an account as its owner sees it; for the same record the same object, since most requests ask for it. */
export function userOf(account: Account): User {
  let user = users.get(account);
  if (!user) {
    const { id, username, displayName, email, createdAt } = account;
    user = { id, username, displayName, email, createdAt: instant(createdAt) };
    users.set(account, user);
  }
  return user;
}

const identities = new WeakMap<Account, string>();

/**
 * @returns an account as an app sees it, an `Identity` in JSON. It is written once for each record: a proxy asks before
 * every request that it passes on.
 */
export function identityJson(account: Account): string {
  let json = identities.get(account);
  if (json === undefined) {
    const { id, username, displayName } = account;
    json = JSON.stringify({ id, username, displayName } satisfies Identity);
    identities.set(account, json);
  }
  return json;
}

/** @returns a session as its owner sees it. @param current whether the request came with this session */
export function publicSession(session: StoredSession, current: boolean): Session {
  return {
    id: session.id,
    current,
    createdAt: instant(session.createdAt),
    lastSeenAt: instant(session.lastSeenAt),
    idleExpiresAt: instant(session.idleExpiresAt),
    expiresAt: instant(session.expiresAt),
    remember: session.remember,
    address: session.address,
    device: knownDevice(session),
  };
}

/** @returns an event as the account's owner sees it. */
export function publicEvent({ at, browser, system, ...event }: StoredEvent): Event {
  return { ...event, at: instant(at), device: knownDevice({ browser, system }) };
}

/** @returns a passkey as its owner sees it. */
export const publicPasskey = ({ id, name, createdAt, lastUsedAt, synced }: StoredPasskey): Passkey => ({
  id,
  name,
  createdAt: instant(createdAt),
  lastUsedAt: instantOrNull(lastUsedAt),
  synced,
});

/** @returns a time as ISO 8601 in UTC. @param milliseconds since 1970 */
export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** As {@link instant}; null for null. */
export const instantOrNull = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : instant(milliseconds);

import type { Event, Identity, Passkey, Session, User } from '@coatcheck/api-types';
import { knownDevice } from '../http/device.ts';
import type { Account, StoredEvent, StoredPasskey, StoredSession } from '../store/records.ts';

/** @returns an account as its owner sees it. */
export function userOf({ id, username, displayName, email, createdAt }: Account): User {
  return { id, username, displayName, email, createdAt: instant(createdAt) };
}

/** @returns an account as an app sees it. */
export const identityOf = ({ id, username, displayName }: Account): Identity => ({
  id,
  username,
  displayName,
});

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

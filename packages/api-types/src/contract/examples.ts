import { emptyProfile } from '../profile.ts';
import type { Event } from './activity.ts';
import type { House } from './house.ts';
import type { Passkey } from './passkey.ts';
import type { Session } from './session.ts';
import type { User } from './user.ts';

// The values that several schemas show as examples. All examples tell one story, so that a reader of the document meets one person.

/** The account in every example. */
export const ada: User = {
  id: '1F6Z7x2dvW2PugEaBmHnEQ',
  username: 'ada',
  ...emptyProfile,
  email: 'ada@example.com',
  createdAt: '2026-11-23T17:39:37.217Z',
};

/** The session in which Ada reads the example. */
export const adasSession: Session = {
  id: '5-4CePdNQW2HbcJWaLROGQ',
  current: true,
  createdAt: '2026-11-23T17:39:37.217Z',
  lastSeenAt: '2026-11-23T17:52:02.004Z',
  idleExpiresAt: '2026-11-23T19:52:02.004Z',
  expiresAt: '2026-11-24T17:39:37.217Z',
  remember: false,
  address: '192.0.2.1',
  device: { browser: 'Firefox', system: 'Linux' },
};

/** The login that began {@link adasSession}. */
export const adasLogin: Event = {
  id: '0000002a7c3f6e1d9b84a5f20c6be913',
  type: 'logged-in',
  at: '2026-11-23T17:39:37.217Z',
  address: '192.0.2.1',
  device: { browser: 'Firefox', system: 'Linux' },
  sessionId: adasSession.id,
  newDevice: true,
  count: 1,
};

/** The server at which Ada is. */
export const harbour: House = {
  name: 'Harbour Wiki',
  logo: '/house/logo',
  contact: 'help@example.com',
  registration: 'open',
  app: null,
  leadsTo: ['https://notes.example.com'],
};

/** The passkey with which Ada logs in. */
export const adasPasskey: Passkey = {
  id: 'u3ZC1gqPz0e6vJwX5nRb2A',
  name: 'Phone',
  createdAt: '2026-11-23T17:41:10.402Z',
  lastUsedAt: null,
  synced: true,
};

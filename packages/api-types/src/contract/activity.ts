import { Type } from '../type.ts';
import { adasLogin } from './examples.ts';
import { instant, oneOf, schemaOf, shown, textOrNull } from './schema.ts';
import { Device } from './session.ts';

/** The types of events in the activity of an account. */
export type EventType =
  | 'registered'
  | 'logged-in'
  /** A login with a wrong password or recovery code was tried. */
  | 'login-failed'
  | 'logged-out'
  /** Other sessions were ended: `count` says how many. */
  | 'session-ended'
  | 'profile-changed'
  | 'password-changed'
  /** A wrong current password was given from a session that was logged in. */
  | 'password-refused'
  /** The operator of the server set a new password. */
  | 'password-reset'
  | 'passkey-added'
  | 'passkey-removed'
  /** The right password was given where it is not enough, and no passkey beside it. */
  | 'passkey-missing'
  /** Whether the password alone is enough was changed, and all other sessions ended where it no longer is. */
  | 'login-methods-changed'
  | 'recovery-codes-made'
  /** A recovery code replaced a forgotten password, and all other sessions ended. */
  | 'recovery-code-used'
  /** The operator of the server made a one-time link for a new password. */
  | 'reset-link-made'
  /** A new password was set with that link, and all other sessions ended. */
  | 'reset-link-used'
  /** A one-time link to log another device in was made. */
  | 'device-link-made'
  | 'device-link-used';
export const EventType = schemaOf<EventType>()(
  oneOf(
    [
      'registered',
      'logged-in',
      'login-failed',
      'logged-out',
      'session-ended',
      'profile-changed',
      'password-changed',
      'password-refused',
      'password-reset',
      'passkey-added',
      'passkey-removed',
      'passkey-missing',
      'login-methods-changed',
      'recovery-codes-made',
      'recovery-code-used',
      'reset-link-made',
      'reset-link-used',
      'device-link-made',
      'device-link-used',
    ],
    'What happened to the account.',
  ),
);

/**
 * Something that happened to the account. Logins with a wrong password from one network in one hour are one event, and so
 * are changes of the profile by one session.
 */
export interface Event {
  id: string;
  type: EventType;
  /** When the event happened, ISO 8601 in UTC; the last time where `count` is above 1. */
  at: string;
  /** The IP address of the client; null: the operator did it at the server's own terminal. */
  address: string | null;
  device: Device;
  /** The id of the session from which it happened, which may have ended since; null: there was none. */
  sessionId: string | null;
  /** Whether this login came from a browser and system that no earlier event that is kept came from. */
  newDevice: boolean;
  /** The number of tries, changes or sessions that this event is about. */
  count: number;
}
export const Event = schemaOf<Event>()(
  Type.Object(
    {
      id: Type.String(),
      type: EventType,
      at: instant('When; the last time where count is above 1.'),
      address: textOrNull('The IP address it came from; null: from the server’s own terminal.'),
      device: Device,
      sessionId: textOrNull('The session it was done from; null: from none. It may have ended since.'),
      newDevice: Type.Boolean({
        description:
          'Whether this login came from a browser and system that no earlier event that is kept came from.',
      }),
      count: Type.Integer({ minimum: 1, description: 'How many tries, changes or sessions this is about.' }),
    },
    shown<Event>(
      'Something that happened to the account. Wrong passwords from one network in one hour are one event, and so are changes of the profile by one session.',
      adasLogin,
    ),
  ),
);

/** The query of `GET /me/activity`. */
export interface ActivityQuery {
  /** The `next` of the page before. */
  before?: string;
  /** Events on a page: 1 to 100, by default 50. */
  limit?: number;
}
export const ActivityQuery = schemaOf<ActivityQuery>()(
  Type.Object({
    before: Type.Optional(Type.String({ description: 'The `next` of the page before.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  }),
);

/** The data of `GET /me/activity`, the newest event first. At most 10,000 events are kept, for 90 days. */
export interface Activity {
  events: Event[];
  /** The `before` of the next page, which has older events; null: there are none. */
  next: string | null;
}
export const Activity = schemaOf<Activity>()(
  Type.Object(
    {
      events: Type.Array(Event),
      next: textOrNull('The `before` of the next page, which has older events; null: there are none.'),
    },
    shown<Activity>('What happened to this account, newest first.', {
      events: [
        {
          ...adasLogin,
          id: 'c1d0a4b85e7f29361f8e0d4b7a6c5392',
          type: 'login-failed',
          at: '2026-11-24T08:02:11.450Z',
          address: '198.51.100.7',
          device: { browser: null, system: null },
          sessionId: null,
          newDevice: false,
          count: 3,
        },
        adasLogin,
      ],
      next: null,
    }),
  ),
);

import { Type } from '../type.ts';
import { adasSession } from './examples.ts';
import { instant, oneOf, schemaOf, shown, strict, textOrNull } from './schema.ts';

/** What a session is used with, as its `User-Agent` says. */
export interface Device {
  /** The browser in people's words, or the product token of another program (`curl`); null where none is named. */
  browser: string | null;
  /** The operating system in people's words; null where it cannot be told. */
  system: string | null;
}
export const Device = schemaOf<Device>()(
  Type.Object(
    {
      browser: textOrNull(
        'The browser in people’s words, or the product token of another program (`curl`); null where none is named.',
      ),
      system: textOrNull('The operating system in people’s words; null where it cannot be told.'),
    },
    { ...strict, description: 'A browser and the system it runs on.' },
  ),
);

/** The stay of one browser: from the moment the server hands out a ticket until the session ends. */
export interface Session {
  /** The public name of the session, which is never the ticket. */
  id: string;
  /** Whether this is the session that asked. */
  current: boolean;
  /** When the session started, ISO 8601 in UTC. */
  createdAt: string;
  /** When the session was last used, ISO 8601 in UTC, good to a minute. */
  lastSeenAt: string;
  /** When the session ends if it is not used, ISO 8601 in UTC. */
  idleExpiresAt: string;
  /** When the session ends however much it is used, ISO 8601 in UTC. */
  expiresAt: string;
  /** Whether the person asked to stay logged in. */
  remember: boolean;
  /** The IP address from which the session was last used. */
  address: string;
  device: Device;
}
export const Session = schemaOf<Session>()(
  Type.Object(
    {
      id: Type.String({ description: 'Public name of the session. It is never the ticket.' }),
      current: Type.Boolean({ description: 'Whether this is the session that asked.' }),
      createdAt: instant('When it started.'),
      lastSeenAt: instant('When it was last used, accurate to the minute.'),
      idleExpiresAt: instant('When it ends if it is not used.'),
      expiresAt: instant('When it ends however much it is used.'),
      remember: Type.Boolean({ description: 'Whether the person asked to stay logged in.' }),
      address: Type.String({ description: 'The IP address from which it was last used.' }),
      device: Device,
    },
    shown<Session>('One session of one browser.', adasSession),
  ),
);

/** The data of `GET /me/sessions`: at most 100 sessions, the one that asked first, then by last use. */
export interface Sessions {
  sessions: Session[];
}
export const Sessions = schemaOf<Sessions>()(
  Type.Object(
    { sessions: Type.Array(Session) },
    shown<Sessions>('Where the person is logged in: the session that asked first, then by last use.', {
      sessions: [
        adasSession,
        {
          ...adasSession,
          id: 'qgkXZmSbJPNqTRLw4vDq1A',
          current: false,
          address: '198.51.100.7',
          device: { browser: 'Safari', system: 'iOS' },
        },
      ],
    }),
  ),
);

/** Why a ticket that was shown counts for nothing. */
export type EndReason =
  | 'unknown'
  | 'expired-idle'
  | 'expired-absolute'
  | 'logged-out'
  | 'replaced'
  | 'revoked';
export const EndReason = schemaOf<EndReason>()(
  oneOf(
    ['unknown', 'expired-idle', 'expired-absolute', 'logged-out', 'replaced', 'revoked'],
    'Why a cookie that was sent belongs to no live session.',
  ),
);

/** Why a call that needs a login found none: no cookie, the live session of a guest, or a ticket that ended. */
export type NotLoggedInReason = 'no-cookie' | 'guest' | EndReason;
export const NotLoggedInReason = schemaOf<NotLoggedInReason>()(
  oneOf(['no-cookie', 'guest', ...EndReason.enum], 'Why nobody is logged in.'),
);

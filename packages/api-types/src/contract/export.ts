import { Type } from '../type.ts';
import { Event } from './activity.ts';
import { Remembered } from './conversation.ts';
import { ada, adasLogin, adasSession } from './examples.ts';
import { instant, schemaOf, shown, strict, textOrNull } from './schema.ts';
import { Session } from './session.ts';
import { User } from './user.ts';

/** A session with the values that it was asked to remember. */
export interface ExportedSession extends Session {
  remembered: Remembered;
}
export const ExportedSession = schemaOf<ExportedSession>()(
  Type.Object(
    { ...Session.properties, remembered: Remembered },
    { ...strict, description: 'A session with what it was asked to remember.' },
  ),
);

/** The data of `GET /me/export`: all that is stored about an account, but the hashes of its password and tickets. */
export interface Export {
  /** When the server wrote the export, ISO 8601 in UTC. */
  exportedAt: string;
  user: User;
  sessions: ExportedSession[];
  /** Newest first. */
  events: Event[];
  /** The networks from which the account logged in within 30 days: failed logins of others never make it wait there. */
  familiarNetworks: { network: string; lastLoginAt: string }[];
  /** Wrong passwords in a row since the last right one, by network; null: from all unfamiliar networks together. */
  loginFailures: { network: string | null; count: number; lastAt: string }[];
}
export const Export = schemaOf<Export>()(
  Type.Object(
    {
      exportedAt: instant('When this was written.'),
      user: User,
      sessions: Type.Array(ExportedSession),
      events: Type.Array(Event),
      familiarNetworks: Type.Array(
        Type.Object(
          { network: Type.String(), lastLoginAt: instant('When the account last logged in from there.') },
          strict,
        ),
        { description: 'Networks in which failed logins from elsewhere never make this account wait.' },
      ),
      loginFailures: Type.Array(
        Type.Object(
          {
            network: textOrNull(
              'Where they came from; null: all unfamiliar networks together, each of which is listed as well.',
            ),
            count: Type.Integer(),
            lastAt: instant('When the last one was.'),
          },
          strict,
        ),
        { description: 'Wrong passwords in a row since the last right one.' },
      ),
    },
    shown<Export>('Everything that is stored about the account.', {
      exportedAt: '2026-11-24T09:00:00.000Z',
      user: ada,
      sessions: [{ ...adasSession, remembered: {} }],
      events: [adasLogin],
      familiarNetworks: [{ network: '192.0.2.1', lastLoginAt: '2026-11-23T17:39:37.217Z' }],
      loginFailures: [],
    }),
  ),
);

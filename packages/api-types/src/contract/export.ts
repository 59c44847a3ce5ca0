import { Type } from '../type.ts';
import { Event } from './activity.ts';
import { Remembered } from './conversation.ts';
import { ada, adasLogin, adasPasskey, adasSession } from './examples.ts';
import { LinkKind } from './link.ts';
import { Passkey } from './passkey.ts';
import { instant, orNull, schemaOf, shown, strict, textOrNull } from './schema.ts';
import { Session } from './session.ts';
import { User } from './user.ts';

/** A session with the values that it was asked to remember, and the proofs that were given on it. */
export interface ExportedSession extends Session {
  remembered: Remembered;
  /** When the password was last given on it, ISO 8601 in UTC; null: never. */
  passwordProvenAt: string | null;
  /** When a passkey was last shown on it, ISO 8601 in UTC; null: never. */
  passkeyProvenAt: string | null;
}
export const ExportedSession = schemaOf<ExportedSession>()(
  Type.Object(
    {
      ...Session.properties,
      remembered: Remembered,
      passwordProvenAt: orNull(instant('When the password was last given on it; null: never.')),
      passkeyProvenAt: orNull(instant('When a passkey was last shown on it; null: never.')),
    },
    { ...strict, description: 'A session with what it was asked to remember.' },
  ),
);

/** A passkey with what the server needs to check it. */
export interface ExportedPasskey extends Passkey {
  /** The id that its authenticator gave it, base64url. */
  credentialId: string;
  /** COSE key (RFC 9052 section 7), base64url. It is public. */
  publicKey: string;
  /** The host at which it works. */
  relyingPartyId: string;
  /** Uses that the authenticator has counted; 0 where it counts none. */
  signCount: number;
}
export const ExportedPasskey = schemaOf<ExportedPasskey>()(
  Type.Object(
    {
      ...Passkey.properties,
      credentialId: Type.String({ description: 'The id that its authenticator gave it, base64url.' }),
      publicKey: Type.String({ description: 'COSE key (RFC 9052 section 7), base64url.' }),
      relyingPartyId: Type.String({ description: 'The host at which it works.' }),
      signCount: Type.Integer({
        description: 'Uses that the authenticator has counted; 0 where it counts none.',
      }),
    },
    { ...strict, description: 'A passkey with what the server needs to check it.' },
  ),
);

/**
 * The data of `GET /me/export`: all that is stored about an account, but the hashes of its password, tickets, recovery
 * codes and links.
 */
export interface Export {
  /** When the server wrote the export, ISO 8601 in UTC. */
  exportedAt: string;
  user: User;
  sessions: ExportedSession[];
  /** The oldest first. */
  passkeys: ExportedPasskey[];
  recoveryCodesLeft: number;
  /** Whether the password logs in without a passkey beside it. */
  passwordAlone: boolean;
  /** One-time links that wait for a press. */
  links: { kind: LinkKind; createdAt: string; expiresAt: string }[];
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
      passkeys: Type.Array(ExportedPasskey, { description: 'The oldest first.' }),
      recoveryCodesLeft: Type.Integer(),
      passwordAlone: Type.Boolean({
        description: 'Whether the password logs in without a passkey beside it.',
      }),
      links: Type.Array(
        Type.Object(
          {
            kind: LinkKind,
            createdAt: instant('When it was made.'),
            expiresAt: instant('Until when it is good.'),
          },
          strict,
        ),
        { description: 'One-time links that wait for a press.' },
      ),
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
      sessions: [
        { ...adasSession, remembered: {}, passwordProvenAt: adasSession.createdAt, passkeyProvenAt: null },
      ],
      passkeys: [
        {
          ...adasPasskey,
          credentialId: 'q7JmYk2bT0eVw9Xc4nRz1A',
          publicKey: 'pQECAyYgASFYIGVzZXJ2ZWQ',
          relyingPartyId: 'id.example.com',
          signCount: 0,
        },
      ],
      recoveryCodesLeft: 10,
      passwordAlone: true,
      links: [],
      events: [adasLogin],
      familiarNetworks: [{ network: '192.0.2.1', lastLoginAt: '2026-11-23T17:39:37.217Z' }],
      loginFailures: [],
    }),
  ),
);

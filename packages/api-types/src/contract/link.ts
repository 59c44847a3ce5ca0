import { Type } from '../type.ts';
import { newPassword, remember, username } from './fields.ts';
import { instant, oneOf, schemaOf, shown, textOrNull } from './schema.ts';

/** The purpose of a one-time link: a new account, a new password, or a login on another device. */
export type LinkKind = 'invitation' | 'reset' | 'device';
export const LinkKind = schemaOf<LinkKind>()(oneOf(['invitation', 'reset', 'device']));

/** Why a one-time link is good for nothing: no such link, or no longer kept; used; past its time; or taken back. */
export type LinkVoidReason = 'unknown' | 'used' | 'expired' | 'superseded';
export const LinkVoidReason = schemaOf<LinkVoidReason>()(
  oneOf(
    ['unknown', 'used', 'expired', 'superseded'],
    'Why the link is good for nothing. `superseded`: a newer link replaced it, or it was taken back.',
  ),
);

const token = Type.String({
  maxLength: 256,
  description: 'What stands behind `#` in the link.',
});
const exampleToken = 'Nf2GzRkJtY1w6yVbqXo9cHmLd4TsUePa8hKi3CxQvEo';

/** The body of `POST /links/open`. */
export interface LinkToken {
  token: string;
}
export const LinkToken = schemaOf<LinkToken>()(
  Type.Object({ token }, shown<LinkToken>('The token of a one-time link.', { token: exampleToken })),
);

/** The data of `POST /links/open`: what a link is good for. */
export interface OpenedLink {
  kind: LinkKind;
  /** The account that it is for; null: an invitation, whose account is yet to be made. */
  username: string | null;
  /** ISO 8601 in UTC. */
  expiresAt: string;
}
export const OpenedLink = schemaOf<OpenedLink>()(
  Type.Object(
    {
      kind: LinkKind,
      username: textOrNull('The account that it is for; null: the account is yet to be made.'),
      expiresAt: instant('Until when it is good.'),
    },
    shown<OpenedLink>('What a one-time link is good for.', {
      kind: 'reset',
      username: 'ada',
      expiresAt: '2026-11-23T18:39:37.217Z',
    }),
  ),
);

/**
 * The body of `POST /links/use`. An invitation takes `username` and `newPassword`, a reset takes `newPassword`, a device
 * link takes neither.
 */
export interface LinkUse {
  token: string;
  username?: string;
  /** `passwordMinLength` (see {@link Conversation}) to 256 code points of any Unicode. */
  newPassword?: string;
  /** Stay logged in after the browser closes. */
  remember?: boolean;
}
export const LinkUse = schemaOf<LinkUse>()(
  Type.Object(
    {
      token,
      username: Type.Optional(username),
      newPassword: Type.Optional(newPassword),
      remember,
    },
    shown<LinkUse>(
      'A one-time link, and what its kind takes: an invitation both, a reset a new password, a device link neither.',
      { token: exampleToken, newPassword: 'gloves in the left pocket' },
    ),
  ),
);

/** The data of `POST /me/device-links`. */
export interface DeviceLink {
  /** The URL to open on the other device. It logs that device in, once. */
  url: string;
  /** ISO 8601 in UTC. */
  expiresAt: string;
}
export const DeviceLink = schemaOf<DeviceLink>()(
  Type.Object(
    {
      url: Type.String({ description: 'The URL to open on the other device.' }),
      expiresAt: instant('Until when it is good.'),
    },
    shown<DeviceLink>('A link that logs another device in, once.', {
      url: `https://id.example.com/enter#${exampleToken}`,
      expiresAt: '2026-11-23T17:54:31.880Z',
    }),
  ),
);

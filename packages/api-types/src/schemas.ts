import { type TSchema, Type } from 'typebox';
import type { Calls } from './calls.ts';
import { emailPattern, maxEmailLength } from './email.ts';
import type * as problems from './problems.ts';
import type * as types from './types.ts';

// JSON Schemas of the contract, as TypeBox makes them. Each has the name of its type; a test holds the two equal.

const instant = (description: string) =>
  Type.String({ format: 'date-time', description: `${description} ISO 8601 in UTC.` });
// `type: [..., 'null']` and not anyOf: validators and serializers need no trial and error for it.
const textOrNull = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description });
const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
// With its type: code generators turn an enum without one into "any value".
const oneOf = <const Values extends string[]>(values: [...Values]) => Type.Enum(values, { type: 'string' });
const strict = { additionalProperties: false };
/** For objects that are shown in words and by an example; a test holds the example true. */
const shown = <T>(description: string, example: T) => ({ ...strict, description, examples: [example] });

const ada: types.User = {
  id: '1F6Z7x2dvW2PugEaBmHnEQ',
  username: 'ada',
  displayName: null,
  email: 'ada@example.com',
  createdAt: '2026-11-23T17:39:37.217Z',
};
const stay: types.Session = {
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

const loggedIn: types.Event = {
  id: '0000002a7c3f6e1d9b84a5f20c6be913',
  type: 'logged-in',
  at: '2026-11-23T17:39:37.217Z',
  address: '192.0.2.1',
  device: { browser: 'Firefox', system: 'Linux' },
  sessionId: stay.id,
  newDevice: true,
  count: 1,
};

/** As typed: any case. A letter or digit at both ends. */
const Username = Type.String({
  minLength: 3,
  maxLength: 32,
  pattern: '^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$',
  description: '3 to 32 of a-z 0-9 . _ -, a letter or digit at both ends. Kept in lower case.',
});
// The least length is the server's setting: it adds it, and says it in `Conversation.passwordMinLength`.
const Password = Type.String({
  maxLength: 256,
  description: 'Counted in code points after NFC normalisation.',
});
const Remember = Type.Optional(
  Type.Boolean({ description: 'Stay logged in after the browser closes. Default: false.' }),
);

export type Remembered = types.Remembered;
export const Remembered = Type.Unsafe<types.Remembered>({
  type: 'object',
  additionalProperties: true,
  description: 'What this session was asked to remember; as a merge patch (RFC 7396), null forgets.',
  examples: [{ likes: 'cats' }],
});

export type User = types.User;
export const User = Type.Object(
  {
    id: Type.String({ description: 'Public, stable, never reused.' }),
    username: Type.String(),
    displayName: textOrNull('What the person wants to be called.'),
    email: textOrNull('Contact data, not verified.'),
    createdAt: instant('When the account was made.'),
  },
  shown<types.User>('An account as its owner sees it.', ada),
);

export type Device = types.Device;
export const Device = Type.Object(
  {
    browser: textOrNull('In people’s words; null where it cannot be told.'),
    system: textOrNull('In people’s words; null where it cannot be told.'),
  },
  strict,
);

export type Session = types.Session;
export const Session = Type.Object(
  {
    id: Type.String({ description: 'Public name of the session. It is never the ticket.' }),
    current: Type.Boolean({ description: 'Whether this is the session that asked.' }),
    createdAt: instant('When it started.'),
    lastSeenAt: instant('When it was last used, good to a minute.'),
    idleExpiresAt: instant('When it ends if it is not used.'),
    expiresAt: instant('When it ends however much it is used.'),
    remember: Type.Boolean({ description: 'Whether the person asked to stay logged in.' }),
    address: Type.String({ description: 'The address it was last seen from.' }),
    device: Device,
  },
  shown<types.Session>('One browser’s stay.', stay),
);

export type Sessions = types.Sessions;
export const Sessions = Type.Object(
  { sessions: Type.Array(Session) },
  shown<types.Sessions>('Where one is logged in: the session that asked first, then by last use.', {
    sessions: [
      stay,
      {
        ...stay,
        id: 'qgkXZmSbJPNqTRLw4vDq1A',
        current: false,
        address: '198.51.100.7',
        device: { browser: 'Safari', system: 'iOS' },
      },
    ],
  }),
);

export type EventType = types.EventType;
export const EventType = oneOf([
  'registered',
  'logged-in',
  'login-failed',
  'logged-out',
  'session-ended',
  'profile-changed',
  'password-changed',
  'password-refused',
  'password-reset',
]);

export type Event = types.Event;
export const Event = Type.Object(
  {
    id: Type.String(),
    type: EventType,
    at: instant('When; of several, when the last one was.'),
    address: textOrNull('Where it came from; null: from the server’s own terminal.'),
    device: Device,
    sessionId: textOrNull('The session it was done from; null: from none. It may have ended since.'),
    newDevice: Type.Boolean({
      description: 'Whether this login came from a browser and system that no kept one before came from.',
    }),
    count: Type.Integer({ minimum: 1, description: 'How many tries, changes or sessions this is about.' }),
  },
  shown<types.Event>(
    'Something that happened to the account. Wrong passwords from one network in one hour are one event, and so are changes of the profile by one session.',
    loggedIn,
  ),
);

export type ActivityQuery = types.ActivityQuery;
export const ActivityQuery = Type.Object({
  before: Type.Optional(Type.String({ description: 'The `next` of the page before.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
});

export type Activity = types.Activity;
export const Activity = Type.Object(
  {
    events: Type.Array(Event),
    next: textOrNull('For `before`, to get what is older; null: there is nothing older.'),
  },
  shown<types.Activity>('What happened to this account, newest first.', {
    events: [
      {
        ...loggedIn,
        id: 'c1d0a4b85e7f29361f8e0d4b7a6c5392',
        type: 'login-failed',
        at: '2026-11-24T08:02:11.450Z',
        address: '198.51.100.7',
        device: { browser: null, system: null },
        sessionId: null,
        newDevice: false,
        count: 3,
      },
      loggedIn,
    ],
    next: null,
  }),
);

export type ExportedSession = types.ExportedSession;
export const ExportedSession = Type.Object(
  { ...Session.properties, remembered: Remembered },
  { ...strict, description: 'A session with what it was asked to remember.' },
);

export type Export = types.Export;
export const Export = Type.Object(
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
      { description: 'Where strangers’ tries never make this account wait.' },
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
  shown<types.Export>('All that is stored about me.', {
    exportedAt: '2026-11-24T09:00:00.000Z',
    user: ada,
    sessions: [{ ...stay, remembered: {} }],
    events: [loggedIn],
    familiarNetworks: [{ network: '192.0.2.1', lastLoginAt: '2026-11-23T17:39:37.217Z' }],
    loginFailures: [],
  }),
);

export type EndReason = types.EndReason;
export const EndReason = oneOf([
  'unknown',
  'expired-idle',
  'expired-absolute',
  'logged-out',
  'replaced',
  'revoked',
]);

export type NotLoggedInReason = types.NotLoggedInReason;
export const NotLoggedInReason = oneOf(['no-cookie', 'guest', ...EndReason.enum]);

export type CookieFacts = types.CookieFacts;
export const CookieFacts = Type.Object(
  {
    name: Type.String(),
    sent: Type.Boolean({ description: 'Whether this request carried it.' }),
    attributes: Type.Object(
      {
        httpOnly: Type.Literal(true),
        secure: Type.Boolean(),
        sameSite: Type.Literal('Lax'),
        path: Type.Literal('/'),
        expires: textOrNull(
          'When the browser drops it, ISO 8601 in UTC; null: with the browser’s own session.',
        ),
      },
      strict,
    ),
  },
  strict,
);

export type Conversation = types.Conversation;
export const Conversation = Type.Object(
  {
    user: orNull(User),
    session: orNull(Session),
    remembered: Remembered,
    cookie: CookieFacts,
    reason: orNull(EndReason),
    now: instant('The server’s clock.'),
    passwordMinLength: Type.Integer({ description: 'Code points a new password must have at least.' }),
  },
  shown<types.Conversation>('What the server remembers about whoever holds the cookie.', {
    user: ada,
    session: stay,
    remembered: {},
    cookie: {
      name: '__Host-coatcheck',
      sent: true,
      attributes: { httpOnly: true, secure: true, sameSite: 'Lax', path: '/', expires: null },
    },
    reason: null,
    now: '2026-11-23T17:52:31.880Z',
    passwordMinLength: 15,
  }),
);

const email = {
  pattern: emailPattern,
  maxLength: maxEmailLength,
  description: 'Contact data, not verified, in any script (RFC 6531).',
};

export type Registration = types.Registration;
export const Registration = Type.Object(
  {
    username: Username,
    password: Password,
    email: Type.Optional(Type.String(email)),
    remember: Remember,
  },
  shown<types.Registration>('What makes an account.', {
    username: 'ada',
    password: 'umbrella left by the door',
  }),
);

export type ProfilePatch = types.ProfilePatch;
export const ProfilePatch = Type.Object(
  {
    displayName: Type.Optional(
      Type.Unsafe<string | null>({
        type: ['string', 'null'],
        minLength: 1,
        maxLength: 64,
        description: 'What the person wants to be called, any Unicode; null clears it.',
      }),
    ),
    email: Type.Optional(
      Type.Unsafe<string | null>({
        ...email,
        type: ['string', 'null'],
        description: 'Contact data, not verified, in any script; null clears it.',
      }),
    ),
  },
  shown<types.ProfilePatch>('What is left out stays, null clears.', {
    displayName: 'Ada Lovelace',
    email: null,
  }),
);

export type PasswordChange = types.PasswordChange;
export const PasswordChange = Type.Object(
  { currentPassword: Password, newPassword: Password },
  shown<types.PasswordChange>('The password that is, and the one that will be.', {
    currentPassword: 'umbrella left by the door',
    newPassword: 'gloves in the left pocket',
  }),
);

export type PasswordProof = types.PasswordProof;
export const PasswordProof = Type.Object(
  { password: Password },
  shown<types.PasswordProof>('That it is really you.', { password: 'umbrella left by the door' }),
);

export type Credentials = types.Credentials;
export const Credentials = Type.Object(
  { username: Username, password: Password, remember: Remember },
  shown<types.Credentials>('What logs in.', { username: 'ada', password: 'umbrella left by the door' }),
);

export type Health = types.Health;
export const Health = Type.Object(
  { status: Type.Literal('ok') },
  shown<types.Health>('All is well.', { status: 'ok' }),
);

export type FieldRule = problems.FieldRule;
export const FieldRule = oneOf([
  'required',
  'wrong-type',
  'too-short',
  'too-long',
  'bad-characters',
  'too-common',
  'is-username',
  'unknown-field',
  'malformed',
]);

export type FieldError = problems.FieldError;
export const FieldError = Type.Object(
  {
    pointer: Type.String({ description: 'JSON Pointer as a URI fragment, #/password; # is the whole body.' }),
    rule: FieldRule,
    detail: Type.String({ description: 'What to do, for a person.' }),
    limit: Type.Optional(Type.Integer({ description: 'The length that is allowed, in code points.' })),
    actual: Type.Optional(Type.Integer({ description: 'The length that was found, in code points.' })),
  },
  strict,
);

const problem = <
  Slug extends problems.ProblemSlug,
  Status extends number,
  More extends Record<string, TSchema>,
>(
  slug: Slug,
  status: Status,
  more: More,
) =>
  Type.Object(
    {
      type: Type.Literal(`/problems/${slug}`),
      title: Type.String(),
      status: Type.Literal(status),
      detail: Type.String({ description: 'What happened and what to do, for a person.' }),
      ...more,
    },
    strict,
  );
const retryAfter = Type.Integer({ description: 'Seconds to wait, the same as the Retry-After header.' });

export type InvalidRequest = problems.InvalidRequest;
export const InvalidRequest = problem('invalid-request', 400, { errors: Type.Array(FieldError) });
export type InvalidCredentials = problems.InvalidCredentials;
export const InvalidCredentials = problem('invalid-credentials', 401, {});
export type NotLoggedIn = problems.NotLoggedIn;
export const NotLoggedIn = problem('not-logged-in', 401, { reason: NotLoggedInReason });
export type WrongPassword = problems.WrongPassword;
export const WrongPassword = problem('wrong-password', 403, {});
export type OriginNotAllowed = problems.OriginNotAllowed;
export const OriginNotAllowed = problem('origin-not-allowed', 403, {});
export type NotFound = problems.NotFound;
export const NotFound = problem('not-found', 404, {});
export type MethodNotAllowed = problems.MethodNotAllowed;
export const MethodNotAllowed = problem('method-not-allowed', 405, {});
export type UsernameTaken = problems.UsernameTaken;
export const UsernameTaken = problem('username-taken', 409, {});
export type TooLarge = problems.TooLarge;
export const TooLarge = problem('too-large', 413, {});
export type UnsupportedMediaType = problems.UnsupportedMediaType;
export const UnsupportedMediaType = problem('unsupported-media-type', 415, {});
export type TooManyRequests = problems.TooManyRequests;
export const TooManyRequests = problem('too-many-requests', 429, { retryAfter });
export type InternalError = problems.InternalError;
export const InternalError = problem('internal-error', 500, {});
export type Unavailable = problems.Unavailable;
export const Unavailable = problem('unavailable', 503, { retryAfter });

/** Every problem's schema, by its slug. */
export const problemSchemas = {
  'invalid-request': InvalidRequest,
  'invalid-credentials': InvalidCredentials,
  'not-logged-in': NotLoggedIn,
  'wrong-password': WrongPassword,
  'origin-not-allowed': OriginNotAllowed,
  'not-found': NotFound,
  'method-not-allowed': MethodNotAllowed,
  'username-taken': UsernameTaken,
  'too-large': TooLarge,
  'unsupported-media-type': UnsupportedMediaType,
  'too-many-requests': TooManyRequests,
  'internal-error': InternalError,
  unavailable: Unavailable,
} as const satisfies { [Slug in problems.ProblemSlug]: TSchema };

/** `GET /me`, `POST /login`, …: every call of {@link Calls} by one name. */
export type CallName = {
  [Method in keyof Calls]: `${Method} ${Extract<keyof Calls[Method], string>}`;
}[keyof Calls];

type RefusalOf<Name extends CallName> = Name extends `${infer Method extends keyof Calls} ${infer Path}`
  ? Path extends keyof Calls[Method]
    ? Calls[Method][Path] extends {
        problem: { type: `/problems/${infer Slug extends problems.ProblemSlug}` };
      }
      ? Slug
      : never
    : never
  : never;

const server = ['internal-error', 'unavailable'] as const;
const withBody = [
  'origin-not-allowed',
  'invalid-request',
  'too-large',
  'unsupported-media-type',
  ...server,
] as const;

/** What each call can be refused with: the `problem` of {@link Calls} at run time. A test holds the two equal. */
export const refusals = {
  'GET /me': ['not-logged-in', ...server],
  'PATCH /me': ['not-logged-in', 'too-many-requests', ...withBody],
  'DELETE /me': ['not-logged-in', 'wrong-password', 'too-many-requests', ...withBody],
  'PUT /me/password': ['not-logged-in', 'wrong-password', 'too-many-requests', ...withBody],
  'GET /me/sessions': ['not-logged-in', ...server],
  'DELETE /me/sessions': ['origin-not-allowed', 'not-logged-in', ...server],
  'DELETE /me/sessions/{id}': ['origin-not-allowed', 'not-logged-in', 'not-found', ...server],
  'GET /me/activity': ['invalid-request', 'not-logged-in', ...server],
  'GET /me/export': ['origin-not-allowed', 'not-logged-in', 'too-many-requests', ...server],
  'GET /session': server,
  'PATCH /session': ['too-many-requests', ...withBody],
  'GET /healthz': server,
  'GET /readyz': server,
  'GET /openapi.json': server,
  'POST /register': ['username-taken', 'too-many-requests', ...withBody],
  'POST /login': ['invalid-credentials', 'too-many-requests', ...withBody],
  'POST /logout': ['origin-not-allowed', ...server],
} as const satisfies { [Name in CallName]: readonly RefusalOf<Name>[] };

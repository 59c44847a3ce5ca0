import type { TSchema } from 'typebox';
import { Type } from '../type.ts';
import { FieldError } from './field-error.ts';
import { LinkVoidReason } from './link.ts';
import { ProofWay } from './login-methods.ts';
import { schemaOf, strict } from './schema.ts';
import { NotLoggedInReason } from './session.ts';

// RFC 9457 problem details, one interface a slug, written out flat so that an editor shows each whole.

/** The schema of a problem. @param more the schemas of the members beyond type, title, status and detail */
const problem = <Slug extends string, Status extends number, More extends Record<string, TSchema>>(
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

/** The body, the query or the HTTP message itself cannot be used; `errors` says where. */
export interface InvalidRequest {
  type: '/problems/invalid-request';
  title: string;
  status: 400;
  detail: string;
  errors: FieldError[];
}
export const InvalidRequest = schemaOf<InvalidRequest>()(
  problem('invalid-request', 400, { errors: Type.Array(FieldError) }),
);

/** The username or the password is not right. The problem never says which of the two. */
export interface InvalidCredentials {
  type: '/problems/invalid-credentials';
  title: string;
  status: 401;
  detail: string;
}
export const InvalidCredentials = schemaOf<InvalidCredentials>()(problem('invalid-credentials', 401, {}));

/** The password is right, and this account asks for a passkey beside it. Nobody was logged in. */
export interface PasskeyRequired {
  type: '/problems/passkey-required';
  title: string;
  status: 401;
  detail: string;
}
export const PasskeyRequired = schemaOf<PasskeyRequired>()(problem('passkey-required', 401, {}));

/** The one-time link is good for nothing; `reason` says why. */
export interface LinkVoid {
  type: '/problems/link-void';
  title: string;
  status: 401;
  detail: string;
  reason: LinkVoidReason;
}
export const LinkVoid = schemaOf<LinkVoid>()(problem('link-void', 401, { reason: LinkVoidReason }));

/** The call needs a session that is logged in; `reason` says why there is none. */
export interface NotLoggedIn {
  type: '/problems/not-logged-in';
  title: string;
  status: 401;
  detail: string;
  reason: NotLoggedInReason;
}
export const NotLoggedIn = schemaOf<NotLoggedIn>()(
  problem('not-logged-in', 401, { reason: NotLoggedInReason }),
);

/** The current password, asked for again, was not right. */
export interface WrongPassword {
  type: '/problems/wrong-password';
  title: string;
  status: 403;
  detail: string;
}
export const WrongPassword = schemaOf<WrongPassword>()(problem('wrong-password', 403, {}));

/** The call changes how the owner logs in, and asks for a proof that is younger than five minutes; `ways` says by which means. */
export interface ProofRequired {
  type: '/problems/proof-required';
  title: string;
  status: 403;
  detail: string;
  /** The ways in which this account can prove itself. */
  ways: ProofWay[];
}
export const ProofRequired = schemaOf<ProofRequired>()(
  problem('proof-required', 403, { ways: Type.Array(ProofWay) }),
);

/** Nobody can register here, or nobody without an invitation. */
export interface RegistrationClosed {
  type: '/problems/registration-closed';
  title: string;
  status: 403;
  detail: string;
}
export const RegistrationClosed = schemaOf<RegistrationClosed>()(problem('registration-closed', 403, {}));

/** A page of an origin that is not on the list tried to change something. */
export interface OriginNotAllowed {
  type: '/problems/origin-not-allowed';
  title: string;
  status: 403;
  detail: string;
  /** The origin of the server's own pages, `https://id.example.com`: the URL to open instead. */
  home: string;
}
export const OriginNotAllowed = schemaOf<OriginNotAllowed>()(
  problem('origin-not-allowed', 403, {
    home: Type.String({ description: 'The origin of the server’s own pages: the URL to open instead.' }),
  }),
);

/** Nothing is at this path, or nothing that this caller may see. */
export interface NotFound {
  type: '/problems/not-found';
  title: string;
  status: 404;
  detail: string;
}
export const NotFound = schemaOf<NotFound>()(problem('not-found', 404, {}));

/** The path exists, the method does not; the `Allow` header lists those that do. */
export interface MethodNotAllowed {
  type: '/problems/method-not-allowed';
  title: string;
  status: 405;
  detail: string;
}
export const MethodNotAllowed = schemaOf<MethodNotAllowed>()(problem('method-not-allowed', 405, {}));

/** This username cannot be registered: an account has it, a deleted account had it, or it is reserved. */
export interface UsernameTaken {
  type: '/problems/username-taken';
  title: string;
  status: 409;
  detail: string;
}
export const UsernameTaken = schemaOf<UsernameTaken>()(problem('username-taken', 409, {}));

/** Without this way to log in nothing would be left that is enough. */
export interface LastWayIn {
  type: '/problems/last-way-in';
  title: string;
  status: 409;
  detail: string;
}
export const LastWayIn = schemaOf<LastWayIn>()(problem('last-way-in', 409, {}));

/** The body, or what the session would have to remember, is over its limit. */
export interface TooLarge {
  type: '/problems/too-large';
  title: string;
  status: 413;
  detail: string;
}
export const TooLarge = schemaOf<TooLarge>()(problem('too-large', 413, {}));

/** The body is not `application/json` in UTF-8. */
export interface UnsupportedMediaType {
  type: '/problems/unsupported-media-type';
  title: string;
  status: 415;
  detail: string;
}
export const UnsupportedMediaType = schemaOf<UnsupportedMediaType>()(
  problem('unsupported-media-type', 415, {}),
);

/** A limit on how often something may be done was reached. */
export interface TooManyRequests {
  type: '/problems/too-many-requests';
  title: string;
  status: 429;
  detail: string;
  /** Seconds to wait, the same as the `Retry-After` header. */
  retryAfter: number;
}
export const TooManyRequests = schemaOf<TooManyRequests>()(problem('too-many-requests', 429, { retryAfter }));

/** The server failed. The server's log has the cause; the problem does not. */
export interface InternalError {
  type: '/problems/internal-error';
  title: string;
  status: 500;
  detail: string;
}
export const InternalError = schemaOf<InternalError>()(problem('internal-error', 500, {}));

/** The server stands in front of an app, and the app does not answer. */
export interface AppUnreachable {
  type: '/problems/app-unreachable';
  title: string;
  status: 502;
  detail: string;
}
export const AppUnreachable = schemaOf<AppUnreachable>()(problem('app-unreachable', 502, {}));

/** The server cannot do this now: it is busy, or its database does not answer. */
export interface Unavailable {
  type: '/problems/unavailable';
  title: string;
  status: 503;
  detail: string;
  /** Seconds to wait, the same as the `Retry-After` header. */
  retryAfter: number;
}
export const Unavailable = schemaOf<Unavailable>()(problem('unavailable', 503, { retryAfter }));

/** Every problem that the API answers with, told apart by `type`. */
export type Problem =
  | InvalidRequest
  | InvalidCredentials
  | PasskeyRequired
  | LinkVoid
  | NotLoggedIn
  | WrongPassword
  | ProofRequired
  | RegistrationClosed
  | OriginNotAllowed
  | NotFound
  | MethodNotAllowed
  | UsernameTaken
  | LastWayIn
  | TooLarge
  | UnsupportedMediaType
  | TooManyRequests
  | InternalError
  | AppUnreachable
  | Unavailable;

/** The last part of a problem's `type`. */
export type ProblemSlug = Problem['type'] extends `/problems/${infer Slug}` ? Slug : never;

/** The problem that has a slug. */
export type ProblemOf<Slug extends ProblemSlug> = {
  [Each in ProblemSlug]: Extract<Problem, { type: `/problems/${Each}` }>;
}[Slug];

/** Every problem's schema, by its slug. */
export const problemSchemas = {
  'invalid-request': InvalidRequest,
  'invalid-credentials': InvalidCredentials,
  'passkey-required': PasskeyRequired,
  'link-void': LinkVoid,
  'not-logged-in': NotLoggedIn,
  'wrong-password': WrongPassword,
  'proof-required': ProofRequired,
  'registration-closed': RegistrationClosed,
  'origin-not-allowed': OriginNotAllowed,
  'not-found': NotFound,
  'method-not-allowed': MethodNotAllowed,
  'username-taken': UsernameTaken,
  'last-way-in': LastWayIn,
  'too-large': TooLarge,
  'unsupported-media-type': UnsupportedMediaType,
  'too-many-requests': TooManyRequests,
  'internal-error': InternalError,
  'app-unreachable': AppUnreachable,
  unavailable: Unavailable,
} as const satisfies {
  [Slug in ProblemSlug]: TSchema & { properties: { type: { const: `/problems/${Slug}` } } };
};

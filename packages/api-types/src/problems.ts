import type { NotLoggedInReason } from './types.ts';

/** What is wrong with one field. A closed union: switch on it, never on text. */
export type FieldRule =
  | 'required'
  | 'wrong-type'
  | 'too-short'
  | 'too-long'
  | 'bad-characters'
  | 'too-common'
  | 'is-username'
  | 'unknown-field'
  | 'malformed';

/** One thing to mend in a request. */
export interface FieldError {
  /** JSON Pointer as a URI fragment (RFC 6901 section 6), `#/password`; `#` is the whole body. */
  pointer: string;
  rule: FieldRule;
  /** What to do, for a person. */
  detail: string;
  /** The length that is allowed, in code points, where `rule` is about length. */
  limit?: number;
  /** The length that was found, in code points, where `rule` is about length. */
  actual?: number;
}

// RFC 9457 problem details, one interface a slug, written out flat so that an editor shows each whole.

/** The body, the query or the HTTP message itself cannot be used; `errors` says where. */
export interface InvalidRequest {
  type: '/problems/invalid-request';
  title: string;
  status: 400;
  detail: string;
  errors: FieldError[];
}

/** Username or password is not right, and nobody is told which. */
export interface InvalidCredentials {
  type: '/problems/invalid-credentials';
  title: string;
  status: 401;
  detail: string;
}

/** The call needs somebody logged in; `reason` says why nobody is. */
export interface NotLoggedIn {
  type: '/problems/not-logged-in';
  title: string;
  status: 401;
  detail: string;
  reason: NotLoggedInReason;
}

/** The current password, asked for again, was not right. */
export interface WrongPassword {
  type: '/problems/wrong-password';
  title: string;
  status: 403;
  detail: string;
}

/** A page of an origin that is not on the list tried to change something. */
export interface OriginNotAllowed {
  type: '/problems/origin-not-allowed';
  title: string;
  status: 403;
  detail: string;
}

/** Nothing is at this path, or not for the one who asks. */
export interface NotFound {
  type: '/problems/not-found';
  title: string;
  status: 404;
  detail: string;
}

/** The path exists, the method does not; the `Allow` header lists those that do. */
export interface MethodNotAllowed {
  type: '/problems/method-not-allowed';
  title: string;
  status: 405;
  detail: string;
}

/** Somebody else has this username. */
export interface UsernameTaken {
  type: '/problems/username-taken';
  title: string;
  status: 409;
  detail: string;
}

/** The body is over the limit. */
export interface TooLarge {
  type: '/problems/too-large';
  title: string;
  status: 413;
  detail: string;
}

/** The body is not `application/json` in UTF-8. */
export interface UnsupportedMediaType {
  type: '/problems/unsupported-media-type';
  title: string;
  status: 415;
  detail: string;
}

/** A limit was reached. */
export interface TooManyRequests {
  type: '/problems/too-many-requests';
  title: string;
  status: 429;
  detail: string;
  /** Seconds to wait, the same as the `Retry-After` header. */
  retryAfter: number;
}

/** A fault of the server. Its log has the cause; the answer does not. */
export interface InternalError {
  type: '/problems/internal-error';
  title: string;
  status: 500;
  detail: string;
}

/** The server cannot do this now: it is busy, or its database does not answer. */
export interface Unavailable {
  type: '/problems/unavailable';
  title: string;
  status: 503;
  detail: string;
  /** Seconds to wait, the same as the `Retry-After` header. */
  retryAfter: number;
}

/** Everything the API can refuse with, told apart by `type`. */
export type Problem =
  | InvalidRequest
  | InvalidCredentials
  | NotLoggedIn
  | WrongPassword
  | OriginNotAllowed
  | NotFound
  | MethodNotAllowed
  | UsernameTaken
  | TooLarge
  | UnsupportedMediaType
  | TooManyRequests
  | InternalError
  | Unavailable;

/** The last part of a problem's `type`. */
export type ProblemSlug = Problem['type'] extends `/problems/${infer Slug}` ? Slug : never;

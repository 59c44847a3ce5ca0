import type {
  InternalError,
  InvalidCredentials,
  InvalidRequest,
  NotFound,
  NotLoggedIn,
  OriginNotAllowed,
  TooLarge,
  TooManyRequests,
  Unavailable,
  UnsupportedMediaType,
  UsernameTaken,
  WrongPassword,
} from './problems.ts';
import type {
  Activity,
  ActivityQuery,
  Conversation,
  Credentials,
  Export,
  Health,
  PasswordChange,
  PasswordProof,
  ProfilePatch,
  Registration,
  Remembered,
  Sessions,
  User,
} from './types.ts';

/** Any call may meet these. */
type ServerProblem = InternalError | Unavailable;
/** What a call with a body may be refused for before it is even looked at. */
type BodyProblem = OriginNotAllowed | InvalidRequest | TooLarge | UnsupportedMediaType | ServerProblem;

/**
 * Every JSON call of the API: what it takes (`body`, `params` for what stands in braces in its
 * path, `query`), what it gives (`data`) and all it can be refused with
 * (`problem`). The client is typed by it, and the server's OpenAPI document is tested against it.
 */
export interface Calls {
  GET: {
    /** Who am I? */
    '/me': { data: User; problem: NotLoggedIn | ServerProblem };
    /** Where am I logged in? */
    '/me/sessions': { data: Sessions; problem: NotLoggedIn | ServerProblem };
    /** What happened to my account? */
    '/me/activity': {
      query: ActivityQuery;
      data: Activity;
      problem: InvalidRequest | NotLoggedIn | ServerProblem;
    };
    /** All that is stored about me. */
    '/me/export': { data: Export; problem: OriginNotAllowed | NotLoggedIn | TooManyRequests | ServerProblem };
    /** What does the server remember about whoever holds this cookie? Strangers get an answer too. */
    '/session': { data: Conversation; problem: ServerProblem };
    /** Is the process alive? */
    '/healthz': { data: Health; problem: ServerProblem };
    /** Should it get traffic? */
    '/readyz': { data: Health; problem: ServerProblem };
    /** The OpenAPI 3.1 document. */
    '/openapi.json': { data: { [key: string]: unknown }; problem: ServerProblem };
  };
  POST: {
    /** Make an account and log in. */
    '/register': { body: Registration; data: User; problem: BodyProblem | UsernameTaken | TooManyRequests };
    /** Log in; the session gets a new ticket. */
    '/login': { body: Credentials; data: User; problem: BodyProblem | InvalidCredentials | TooManyRequests };
    /** End this session, if there is one. */
    '/logout': { data: undefined; problem: OriginNotAllowed | ServerProblem };
  };
  PUT: {
    /** Change my password; every other session of mine ends, this one gets a new ticket. */
    '/me/password': {
      body: PasswordChange;
      data: undefined;
      problem: BodyProblem | NotLoggedIn | WrongPassword | TooManyRequests;
    };
  };
  PATCH: {
    /** Change what I am called and how I am reached. */
    '/me': { body: ProfilePatch; data: User; problem: BodyProblem | NotLoggedIn | TooManyRequests };
    /** Remember this; whoever has no session gets one. */
    '/session': { body: Remembered; data: Conversation; problem: BodyProblem | TooManyRequests };
  };
  DELETE: {
    /** Remove my account and everything kept about me. */
    '/me': {
      body: PasswordProof;
      data: undefined;
      problem: BodyProblem | NotLoggedIn | WrongPassword | TooManyRequests;
    };
    /** End all my sessions but this one. */
    '/me/sessions': { data: undefined; problem: OriginNotAllowed | NotLoggedIn | ServerProblem };
    /** End one of my sessions. */
    '/me/sessions/{id}': {
      params: { id: string };
      data: undefined;
      problem: OriginNotAllowed | NotLoggedIn | NotFound | ServerProblem;
    };
  };
}

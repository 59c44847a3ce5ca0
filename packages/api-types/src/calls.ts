import type { Credentials, PasswordChange, PasswordProof, Registration } from './contract/account.ts';
import type { Activity, ActivityQuery } from './contract/activity.ts';
import type { Conversation, Remembered } from './contract/conversation.ts';
import type { Export } from './contract/export.ts';
import type { Health } from './contract/health.ts';
import type { ProblemOf, ProblemSlug } from './contract/problem.ts';
import type { ProfilePatch } from './contract/profile.ts';
import type { Sessions } from './contract/session.ts';
import type { User } from './contract/user.ts';

/** What each call takes (`body`, `query`, `params` for the braces in its path) and what it returns (`data`). */
interface Exchanges {
  GET: {
    /**
     * Who am I?
     * @example
     * const me = await coatcheck.GET('/me');
     * if (me.ok) console.log(me.data.username);
     */
    '/me': { data: User };
    /**
     * Where am I logged in?
     * @example
     * const answer = await coatcheck.GET('/me/sessions');
     * if (answer.ok) console.log(answer.data.sessions.map(({ device }) => device.browser));
     */
    '/me/sessions': { data: Sessions };
    /**
     * What happened to my account? Newest first, a page at a time.
     * @example
     * const newest = await coatcheck.GET('/me/activity', { query: { limit: 10 } });
     * if (newest.ok && newest.data.next !== null) {
     *   await coatcheck.GET('/me/activity', { query: { limit: 10, before: newest.data.next } });
     * }
     */
    '/me/activity': { query: ActivityQuery; data: Activity };
    /**
     * All that is stored about me.
     * @example
     * const all = await coatcheck.GET('/me/export');
     * if (all.ok) console.log(all.data.events.length);
     */
    '/me/export': { data: Export };
    /**
     * What does the server remember about the holder of this cookie? Strangers get an answer too.
     * @example
     * const session = await coatcheck.GET('/session');
     * if (session.ok) console.log(session.data.user?.username ?? 'a guest or a stranger');
     */
    '/session': { data: Conversation };
    /**
     * Is the process alive?
     * @example
     * const { ok } = await coatcheck.GET('/healthz', { credentials: 'omit' });
     */
    '/healthz': { data: Health };
    /**
     * Should the process get traffic?
     * @example
     * const ready = await coatcheck.GET('/readyz', { credentials: 'omit' });
     * if (!ready.ok) console.error(ready.problem.detail);
     */
    '/readyz': { data: Health };
    /**
     * The OpenAPI 3.1 document.
     * @example
     * const document = await coatcheck.GET('/openapi.json');
     * if (document.ok) console.log(document.data.paths);
     */
    '/openapi.json': { data: { [key: string]: unknown } };
  };
  POST: {
    /**
     * Make an account and log in.
     * @example
     * const answer = await coatcheck.POST('/register', {
     *   body: { username: 'ada', password: 'umbrella left by the door' },
     * });
     * if (!answer.ok && answer.problem.type === '/problems/username-taken') console.log('Choose another name.');
     */
    '/register': { body: Registration; data: User };
    /**
     * Log in; the session gets a new ticket.
     * @example
     * const answer = await coatcheck.POST('/login', {
     *   body: { username: 'ada', password: 'umbrella left by the door', remember: true },
     * });
     * if (!answer.ok && answer.problem.status === 429) console.log(`Wait ${answer.problem.retryAfter} seconds.`);
     */
    '/login': { body: Credentials; data: User };
    /**
     * End this session, if there is one.
     * @example
     * await coatcheck.POST('/logout');
     */
    '/logout': { data: undefined };
  };
  PUT: {
    /**
     * Change my password; every other session of mine ends, this one gets a new ticket.
     * @example
     * const changed = await coatcheck.PUT('/me/password', {
     *   body: { currentPassword: 'umbrella left by the door', newPassword: 'gloves in the left pocket' },
     * });
     * if (!changed.ok && changed.problem.type === '/problems/wrong-password') console.log('Type it again.');
     */
    '/me/password': { body: PasswordChange; data: undefined };
  };
  PATCH: {
    /**
     * Change what I am called and how I am reached.
     * @example
     * await coatcheck.PATCH('/me', { body: { displayName: 'Ada Lovelace', email: null } });
     */
    '/me': { body: ProfilePatch; data: User };
    /**
     * Remember this. A visitor without a session gets a guest's.
     * @example
     * const session = await coatcheck.PATCH('/session', { body: { likes: 'cats' } });
     * if (session.ok) console.log(session.data.remembered);
     */
    '/session': { body: Remembered; data: Conversation };
  };
  DELETE: {
    /**
     * Remove my account and everything that is kept about me.
     * @example
     * await coatcheck.DELETE('/me', { body: { password: 'umbrella left by the door' } });
     */
    '/me': { body: PasswordProof; data: undefined };
    /**
     * End all my sessions but this one.
     * @example
     * await coatcheck.DELETE('/me/sessions');
     */
    '/me/sessions': { data: undefined };
    /**
     * End one of my sessions.
     * @example
     * await coatcheck.DELETE('/me/sessions/{id}', { params: { id: '5-4CePdNQW2HbcJWaLROGQ' } });
     */
    '/me/sessions/{id}': { params: { id: string }; data: undefined };
  };
}

/** `GET /me`, `POST /login`, …: every call of {@link Calls} by one name. */
export type CallName = {
  [Method in keyof Exchanges]: `${Method} ${Extract<keyof Exchanges[Method], string>}`;
}[keyof Exchanges];

/** Any call may meet these. */
const server = ['internal-error', 'unavailable'] as const;
/** A call with a body may meet these before the server looks at what the body says. */
const withBody = [
  'origin-not-allowed',
  'invalid-request',
  'too-large',
  'unsupported-media-type',
  ...server,
] as const;

/**
 * The problems that each call can answer with. The client's types and the server's OpenAPI document follow from this list.
 * A call that is missing here does not compile, and neither does one that does not exist.
 */
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
} as const satisfies { [Name in CallName]: readonly ProblemSlug[] };

/**
 * Every JSON call of the API, by method and path: what it takes (`body`, `query`, `params` for the braces in its path),
 * what it returns (`data`) and every problem it can answer with (`problem`).
 */
export type Calls = {
  [Method in keyof Exchanges]: {
    [Path in keyof Exchanges[Method]]: Exchanges[Method][Path] & {
      problem: ProblemOf<(typeof refusals)[Extract<`${Method} ${Extract<Path, string>}`, CallName>][number]>;
    };
  };
};

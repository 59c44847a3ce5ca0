import type { Credentials, PasswordChange, PasswordProof, Registration } from './contract/account.ts';
import type { Activity, ActivityQuery } from './contract/activity.ts';
import type { Conversation, Remembered } from './contract/conversation.ts';
import type { Export } from './contract/export.ts';
import type { Health } from './contract/health.ts';
import type { Identity, VerifyQuery } from './contract/identity.ts';
import type { DeviceLink, LinkToken, LinkUse, OpenedLink } from './contract/link.ts';
import type { LoginMethods, LoginMethodsPatch, Proof } from './contract/login-methods.ts';
import type {
  NewPasskey,
  Passkey,
  PasskeyCreationOptions,
  PasskeyLogin,
  PasskeyName,
  PasskeyRequestOptions,
} from './contract/passkey.ts';
import type { ProblemOf, ProblemSlug } from './contract/problem.ts';
import type { ProfilePatch } from './contract/profile.ts';
import type { Recovery, RecoveryCodes } from './contract/recovery.ts';
import type { Sessions } from './contract/session.ts';
import type { User } from './contract/user.ts';

/** The input of each call (`body`, `query`, `params` for the braces in its path) and its output (`data`). */
interface Exchanges {
  GET: {
    /**
     * The account that is logged in.
     * @example
     * const me = await coatcheck.GET('/me');
     * if (me.ok) console.log(me.data.username);
     */
    '/me': { data: User };
    /**
     * The live sessions of the account.
     * @example
     * const answer = await coatcheck.GET('/me/sessions');
     * if (answer.ok) console.log(answer.data.sessions.map(({ device }) => device.browser));
     */
    '/me/sessions': { data: Sessions };
    /**
     * The events of the account, the newest first, a page at a time.
     * @example
     * const newest = await coatcheck.GET('/me/activity', { query: { limit: 10 } });
     * if (newest.ok && newest.data.next !== null) {
     *   await coatcheck.GET('/me/activity', { query: { limit: 10, before: newest.data.next } });
     * }
     */
    '/me/activity': { query: ActivityQuery; data: Activity };
    /**
     * The ways in which the owner of the account logs in.
     * @example
     * const methods = await coatcheck.GET('/me/login-methods');
     * if (methods.ok) console.log(methods.data.passkeys.map(({ name }) => name));
     */
    '/me/login-methods': { data: LoginMethods };
    /**
     * All that the server stores about the account.
     * @example
     * const all = await coatcheck.GET('/me/export');
     * if (all.ok) console.log(all.data.events.length);
     */
    '/me/export': { data: Export };
    /**
     * The memory of the server about the holder of this cookie. Strangers may call this, too.
     * @example
     * const session = await coatcheck.GET('/session');
     * if (session.ok) {
     *   const { user, house } = session.data;
     *   console.log(`${user?.username ?? 'a guest or a stranger'} at ${house.name ?? 'Coatcheck'}`);
     * }
     */
    '/session': { data: Conversation };
    /**
     * The person who sent a request to your own service: pass the Cookie header of that request on.
     * @example
     * const who = await coatcheck.GET('/verify', { headers: { cookie: 'coatcheck=…' } });
     * if (who.ok) console.log(who.data.username);
     */
    '/verify': { query: VerifyQuery; data: Identity };
    /**
     * Tells whether the process is alive.
     * @example
     * const { ok } = await coatcheck.GET('/healthz', { credentials: 'omit' });
     */
    '/healthz': { data: Health };
    /**
     * Tells whether the process should get traffic.
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
     * Makes an account and logs in.
     * @example
     * const answer = await coatcheck.POST('/register', {
     *   body: { username: 'ada', password: 'umbrella left by the door' },
     * });
     * if (!answer.ok && answer.problem.type === '/problems/username-taken') console.log('Choose another name.');
     */
    '/register': { body: Registration; data: User };
    /**
     * Logs in. The session gets a new ticket.
     * @example
     * const answer = await coatcheck.POST('/login', {
     *   body: { username: 'ada', password: 'umbrella left by the door', remember: true },
     * });
     * if (!answer.ok && answer.problem.status === 429) console.log(`Wait ${answer.problem.retryAfter} seconds.`);
     */
    '/login': { body: Credentials; data: User };
    /**
     * Begins a login with a passkey: gives the options for `navigator.credentials.get`.
     * @example
     * const options = await coatcheck.POST('/login/passkey/options');
     * if (options.ok) console.log(options.data.rpId);
     */
    '/login/passkey/options': { data: PasskeyRequestOptions };
    /**
     * Logs in with a passkey. The session gets a new ticket.
     * @example
     * const options = await coatcheck.POST('/login/passkey/options');
     * if (options.ok) {
     *   const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.data);
     *   const shown = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
     *   const response = shown.toJSON() as AuthenticationResponseJSON;
     *   await coatcheck.POST('/login/passkey', { body: { response } });
     * }
     */
    '/login/passkey': { body: PasskeyLogin; data: User };
    /**
     * Logs in with a recovery code and a new password. Every other session of the account ends.
     * @example
     * const answer = await coatcheck.POST('/recover', {
     *   body: { username: 'ada', code: '7XKD-2M4Q-WN9R-TB5H', newPassword: 'gloves in the left pocket' },
     * });
     * if (!answer.ok && answer.problem.status === 429) console.log(`Wait ${answer.problem.retryAfter} seconds.`);
     */
    '/recover': { body: Recovery; data: User };
    /**
     * Says what a one-time link is good for, and uses nothing up.
     * @example
     * const link = await coatcheck.POST('/links/open', { body: { token: location.hash.slice(1) } });
     * if (link.ok) console.log(link.data.kind, link.data.username);
     */
    '/links/open': { body: LinkToken; data: OpenedLink };
    /**
     * Uses a one-time link up, and logs in.
     * @example
     * const answer = await coatcheck.POST('/links/use', {
     *   body: { token: 'Nf2GzRkJtY1w6yVbqXo9cHmLd4TsUePa8hKi3CxQvEo', newPassword: 'gloves in the left pocket' },
     * });
     * if (!answer.ok && answer.problem.type === '/problems/link-void') console.log(answer.problem.reason);
     */
    '/links/use': { body: LinkUse; data: User };
    /**
     * Gives the options with which `navigator.credentials.get` shows a passkey of this account, for `POST /me/proof`.
     * @example
     * const options = await coatcheck.POST('/me/proof/options');
     * if (options.ok) console.log(options.data.allowCredentials.length);
     */
    '/me/proof/options': { data: PasskeyRequestOptions };
    /**
     * Proves for five minutes that the owner of the account is at the keyboard, in this session and in no other.
     * @example
     * const proven = await coatcheck.POST('/me/proof', { body: { password: 'umbrella left by the door' } });
     * if (!proven.ok && proven.problem.type === '/problems/wrong-password') console.log('Type it again.');
     */
    '/me/proof': { body: Proof; data: undefined };
    /**
     * Begins to add a passkey: gives the options for `navigator.credentials.create`.
     * @example
     * const options = await coatcheck.POST('/me/passkeys/options');
     * if (!options.ok && options.problem.type === '/problems/proof-required') console.log(options.problem.ways);
     */
    '/me/passkeys/options': { data: PasskeyCreationOptions };
    /**
     * Adds a passkey that the browser has made.
     * @example
     * const options = await coatcheck.POST('/me/passkeys/options');
     * if (options.ok) {
     *   const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options.data);
     *   const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
     *   const response = made.toJSON() as RegistrationResponseJSON;
     *   await coatcheck.POST('/me/passkeys', { body: { name: 'Phone', response } });
     * }
     */
    '/me/passkeys': { body: NewPasskey; data: Passkey };
    /**
     * Makes ten recovery codes, which are shown this once. The earlier ones are void.
     * @example
     * const made = await coatcheck.POST('/me/recovery-codes');
     * if (made.ok) console.log(made.data.codes.join('\n'));
     */
    '/me/recovery-codes': { data: RecoveryCodes };
    /**
     * Makes a link that logs another device in, once, within two minutes.
     * @example
     * const link = await coatcheck.POST('/me/device-links');
     * if (link.ok) console.log(link.data.url);
     */
    '/me/device-links': { data: DeviceLink };
    /**
     * Ends this session, if there is one.
     * @example
     * await coatcheck.POST('/logout');
     */
    '/logout': { data: undefined };
  };
  PUT: {
    /**
     * Changes the password. Every other session of the account ends, and this one gets a new ticket.
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
     * Changes the display name and the email address.
     * @example
     * await coatcheck.PATCH('/me', { body: { displayName: 'Ada Lovelace', email: null } });
     */
    '/me': { body: ProfilePatch; data: User };
    /**
     * Says whether the password alone is to be enough. If it no longer is, all other sessions of the account end.
     * @example
     * const changed = await coatcheck.PATCH('/me/login-methods', { body: { passwordAlone: false } });
     * if (!changed.ok && changed.problem.type === '/problems/last-way-in') console.log('Add a passkey and codes first.');
     */
    '/me/login-methods': { body: LoginMethodsPatch; data: LoginMethods };
    /**
     * Gives a passkey another name.
     * @example
     * await coatcheck.PATCH('/me/passkeys/{id}', { params: { id: 'u3ZC1gqPz0e6vJwX5nRb2A' }, body: { name: 'Phone' } });
     */
    '/me/passkeys/{id}': { params: { id: string }; body: PasskeyName; data: Passkey };
    /**
     * Has the session remember something. A visitor without a session gets a guest's.
     * @example
     * const session = await coatcheck.PATCH('/session', { body: { likes: 'cats' } });
     * if (session.ok) console.log(session.data.remembered);
     */
    '/session': { body: Remembered; data: Conversation };
  };
  DELETE: {
    /**
     * Removes the account and everything that is kept about its owner. The hash of the username stays, so that the name is
     * not given out again.
     * @example
     * await coatcheck.DELETE('/me', { body: { password: 'umbrella left by the door' } });
     */
    '/me': { body: PasswordProof; data: undefined };
    /**
     * Ends all sessions of the account but this one.
     * @example
     * await coatcheck.DELETE('/me/sessions');
     */
    '/me/sessions': { data: undefined };
    /**
     * Ends one session of the account.
     * @example
     * await coatcheck.DELETE('/me/sessions/{id}', { params: { id: '5-4CePdNQW2HbcJWaLROGQ' } });
     */
    '/me/sessions/{id}': { params: { id: string }; data: undefined };
    /**
     * Removes a passkey of the account.
     * @example
     * const gone = await coatcheck.DELETE('/me/passkeys/{id}', { params: { id: 'u3ZC1gqPz0e6vJwX5nRb2A' } });
     * if (!gone.ok && gone.problem.type === '/problems/last-way-in') console.log('Add another one first.');
     */
    '/me/passkeys/{id}': { params: { id: string }; data: undefined };
  };
}

/** `GET /me`, `POST /login`, …: every call of {@link Calls} by one name. */
export type CallName = {
  [Method in keyof Exchanges]: `${Method} ${Extract<keyof Exchanges[Method], string>}`;
}[keyof Exchanges];

/** The problems of the server itself, which any call may be answered with. */
const server = ['internal-error', 'unavailable'] as const;
/** The problems that a call with a body may be answered with before the server looks at what the body says. */
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
  'GET /me/login-methods': ['not-logged-in', ...server],
  'PATCH /me/login-methods': [
    'not-logged-in',
    'proof-required',
    'last-way-in',
    'too-many-requests',
    ...withBody,
  ],
  'POST /me/proof/options': ['origin-not-allowed', 'not-logged-in', 'too-many-requests', ...server],
  'POST /me/proof': ['not-logged-in', 'wrong-password', 'too-many-requests', ...withBody],
  'POST /me/passkeys/options': [
    'origin-not-allowed',
    'not-logged-in',
    'proof-required',
    'too-many-requests',
    ...server,
  ],
  'POST /me/passkeys': ['not-logged-in', 'proof-required', 'too-many-requests', ...withBody],
  'PATCH /me/passkeys/{id}': ['not-logged-in', 'not-found', ...withBody],
  'DELETE /me/passkeys/{id}': [
    'origin-not-allowed',
    'not-logged-in',
    'proof-required',
    'not-found',
    'last-way-in',
    ...server,
  ],
  'POST /me/recovery-codes': [
    'origin-not-allowed',
    'not-logged-in',
    'proof-required',
    'too-many-requests',
    ...server,
  ],
  'POST /me/device-links': [
    'origin-not-allowed',
    'not-logged-in',
    'proof-required',
    'not-found',
    'too-many-requests',
    ...server,
  ],
  'GET /session': server,
  'PATCH /session': ['too-many-requests', ...withBody],
  'GET /verify': ['not-logged-in', ...server],
  'GET /healthz': server,
  'GET /readyz': server,
  'GET /openapi.json': server,
  'POST /register': ['registration-closed', 'username-taken', 'too-many-requests', ...withBody],
  'POST /login': ['invalid-credentials', 'passkey-required', 'too-many-requests', ...withBody],
  'POST /login/passkey/options': ['origin-not-allowed', 'too-many-requests', ...server],
  'POST /login/passkey': ['invalid-credentials', 'too-many-requests', ...withBody],
  'POST /recover': ['invalid-credentials', 'too-many-requests', ...withBody],
  'POST /links/open': ['link-void', 'too-many-requests', ...withBody],
  'POST /links/use': ['link-void', 'registration-closed', 'username-taken', 'too-many-requests', ...withBody],
  'POST /logout': ['origin-not-allowed', ...server],
} as const satisfies { [Name in CallName]: readonly ProblemSlug[] };

/**
 * Every JSON call of the API, by method and path: its input (`body`, `query`, `params` for the braces in its path), its
 * output (`data`) and every problem that it can answer with (`problem`).
 */
export type Calls = {
  [Method in keyof Exchanges]: {
    [Path in keyof Exchanges[Method]]: Exchanges[Method][Path] & {
      problem: ProblemOf<(typeof refusals)[Extract<`${Method} ${Extract<Path, string>}`, CallName>][number]>;
    };
  };
};

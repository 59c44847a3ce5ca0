import type { ProblemOf, ProblemSlug } from '@coatcheck/api-types';
import { installation } from '../installation.ts';

/** The constant part of a problem, which its `type` names (RFC 9457 section 3.1.1). */
interface ProblemType<Slug extends ProblemSlug = ProblemSlug> {
  status: ProblemOf<Slug>['status'];
  /** A few words about the cause (RFC 9457 section 3.1.3). */
  title: string;
  /** Sentences for a person: the meaning of the problem, with every cause. Text between backticks is code. */
  means: string | ((limits: StatedLimits) => string);
  /** Sentences for a person: the remedy. Text between backticks is code. */
  todo: string;
}

/** The limits that the sentences state. The caller takes them from the modules that hold them. */
export interface StatedLimits {
  maxBodyBytes: number;
  maxChunksPerTurn: number;
  maxRememberedBytes: number;
}

/** @returns a number of bytes in KiB, for people: `8 KiB`. */
export const inKiB = (bytes: number): string => `${bytes / 1024} KiB`;

/** Every problem, by its slug. Responses, the OpenAPI document and the pages at /problems are made from this table. */
export const problemTypes: { [Slug in ProblemSlug]: ProblemType<Slug> } = {
  'invalid-request': {
    status: 400,
    title: 'Invalid request',
    means: 'The request is not well-formed HTTP, or its body or query is not what the call takes.',
    todo: 'Each entry of `errors` has the field (`pointer`), the broken `rule` and a hint (`detail`). Correct the fields and send the request again.',
  },
  'invalid-credentials': {
    status: 401,
    title: 'Wrong username or password',
    means:
      'No account has this username with this password or recovery code, or the passkey was refused. The answer never says which of the two is wrong.',
    todo: `Check both. If the password is forgotten, a recovery code replaces it, and the operator of this server can make a link for a new one: \`${installation.command} link NAME\`.`,
  },
  'passkey-required': {
    status: 401,
    title: 'Passkey required',
    means:
      'The password is right, and it is not enough: the owner of this account decided that a passkey has to be shown. Nobody was logged in.',
    todo: 'Log in with a passkey: `POST /login/passkey/options`, then `POST /login/passkey`. A recovery code replaces a lost passkey for one login: `POST /recover`.',
  },
  'link-void': {
    status: 401,
    title: 'Link no longer good',
    means:
      'The one-time link is good for nothing. It was used, its time is over, a newer link replaced it, or this server never made it: `reason` says which.',
    todo: 'Ask for a new link where this one came from.',
  },
  'not-logged-in': {
    status: 401,
    title: 'Not logged in',
    means:
      'The call needs a session that is logged in. The cookie is missing, or it does not belong to such a session: `reason` says why.',
    todo: '`POST /login`, and send the cookie that it sets. With curl, give `-b jar -c jar` on every line. In a page, call `fetch` with `credentials: "include"`.',
  },
  'wrong-password': {
    status: 403,
    title: 'Wrong password',
    means:
      'The call asks for the current password again, or for a passkey of this account, and what came with it is wrong or proves nothing: while `passwordAlone` is false, no password is a proof.',
    todo: 'Type the current password again, or show a passkey. Wrong passwords here count as failed logins.',
  },
  'proof-required': {
    status: 403,
    title: 'Proof required',
    means:
      'The call changes how the owner of the account logs in. It needs a proof, younger than five minutes, that the owner is at the keyboard.',
    todo: '`POST /me/proof` with one of the `ways`, and send the request again. A login with a recovery code or a link is no proof.',
  },
  'registration-closed': {
    status: 403,
    title: 'Registration closed',
    means:
      'Nobody can register at this server, or nobody without an invitation: `house.registration` in `GET /session` says which, and `detail`.',
    todo: `Ask the operator: \`${installation.command} invite\` prints an invitation, where there are any, and \`${installation.command} add NAME\` makes an account. \`house\` in \`GET /session\` has the contact, where one is set. \`REGISTRATION=open\` lets anyone register.`,
  },
  'origin-not-allowed': {
    status: 403,
    title: 'Origin not allowed',
    means:
      'A page of another origin sent a request that changes something, or that downloads what is stored about a person. Browsers add the cookie to such requests unasked, so the server refuses them (protection against cross-site request forgery, CSRF).',
    todo: 'Open the URL in `home`. To let another front end call, add its exact origin to `ALLOWED_ORIGINS`. A program that is no browser sends no `Origin` header.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    means: 'There is nothing at this path, or nothing that this session may see.',
    todo: 'Check the path. `GET /openapi.json` lists every call, and `/docs` shows them.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    means: 'The path exists, but not with this method.',
    todo: 'Use a method that the `Allow` header lists.',
  },
  'username-taken': {
    status: 409,
    title: 'Username taken',
    means:
      'Another account has this username, or had it until it was deleted, or the username is reserved. Upper and lower case make no difference.',
    todo: 'Choose another username, or log in if the account is yours.',
  },
  'last-way-in': {
    status: 409,
    title: 'Last way in',
    means:
      'The change would leave the account without a way to log in that is enough. While the password alone is not enough, the account needs a passkey; to ask for a passkey beside the password, it needs recovery codes, too.',
    todo: 'Add a passkey and make recovery codes, or let the password alone be enough again: `PATCH /me/login-methods`.',
  },
  'too-large': {
    status: 413,
    title: 'Too large',
    means: ({ maxBodyBytes, maxChunksPerTurn, maxRememberedBytes }) =>
      `The body is over ${inKiB(maxBodyBytes)}; or over ${maxChunksPerTurn} chunks of it came at once; or what the session is to remember would be over ${inKiB(maxRememberedBytes)}.`,
    todo: 'Send less, in fewer and larger chunks, or set to `null` what the session no longer needs to remember.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Body must be JSON',
    means: 'The body is not `application/json` in UTF-8.',
    todo: 'Set `Content-Type: application/json`. curl does so with `--json`, and not with `--data`.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    means:
      'A limit was reached: failed logins with one username or from one IP address; registrations, sessions without a login, attempts at taken usernames or links that are good for nothing from one IP address; exports, profile changes, passkeys, recovery codes or links for other devices of one account, or decisions whether its password is enough.',
    todo: 'Wait as many seconds as `Retry-After` says. Earlier attempts are refused, too, and change nothing.',
  },
  'internal-error': {
    status: 500,
    title: 'Server error',
    means: 'Something went wrong on the server. The cause is in its log, and is told to nobody else.',
    todo: 'Try again. If it keeps happening, tell the operator of this server when it happened.',
  },
  'app-unreachable': {
    status: 502,
    title: 'App unreachable',
    means:
      'This server stands in front of an app, and the app does not answer, or broke off before its answer began.',
    todo: 'Try again. The operator of this server finds the cause in its log: look whether the app runs at the origin in `IN_FRONT_OF`.',
  },
  unavailable: {
    status: 503,
    title: 'Temporarily unavailable',
    means:
      'The server cannot do this right now: it is busy or shutting down, or its database does not answer.',
    todo: 'Try again after as many seconds as `Retry-After` says. If you were changing something, check before you repeat it.',
  },
};

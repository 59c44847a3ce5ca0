import type { ProblemOf, ProblemSlug } from '@coatcheck/api-types';

/** The constant part of a problem, which its `type` names (RFC 9457 section 3.1.1). */
interface ProblemType<Slug extends ProblemSlug = ProblemSlug> {
  status: ProblemOf<Slug>['status'];
  /** A few words about the cause (RFC 9457 section 3.1.3). */
  title: string;
  /** Sentences for a person: the meaning of the problem, with every cause. */
  means: string | ((limits: StatedLimits) => string);
  /** Sentences for a person: the remedy. */
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
    title: 'Something in the request does not fit',
    means: 'The request is not well-formed HTTP, or something in it does not fit what the call takes.',
    todo: 'The answer’s errors name each place (pointer), the rule that the place breaks and what would be right. Mend those and send the request again.',
  },
  'invalid-credentials': {
    status: 401,
    title: 'Username or password is not right',
    means:
      'No account has this username with this password. The answer never says which of the two is wrong.',
    todo: 'Check both. The operator of this server can set a new password for you: pnpm coatcheck password NAME.',
  },
  'not-logged-in': {
    status: 401,
    title: 'Not logged in',
    means:
      'This call needs a session that is logged in, and the cookie that came with it (if any) stands for none. The answer’s reason says why.',
    todo: 'POST /login and send the cookie it sets. With curl, give -b jar -c jar on every line; in a page, fetch with credentials: "include".',
  },
  'wrong-password': {
    status: 403,
    title: 'Password is not right',
    means: 'The call asks for your current password once more, and it was not right.',
    todo: 'Type the current password again. Tries are counted like logins.',
  },
  'origin-not-allowed': {
    status: 403,
    title: 'This page may not call here',
    means:
      'A page of another origin made a call here that changes something, or that downloads what is stored about a person. Browsers attach cookies to such calls unasked, so the server refuses them.',
    todo: 'Open the address that the answer names. To let another front end call, add its exact origin to ALLOWED_ORIGINS.',
  },
  'not-found': {
    status: 404,
    title: 'Nothing here',
    means: 'Nothing is at this path.',
    todo: 'GET /openapi.json lists every call, /docs shows them.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method does not exist here',
    means: 'The path exists, but not with this method.',
    todo: 'Use one of the methods in the Allow header.',
  },
  'username-taken': {
    status: 409,
    title: 'Username is taken',
    means: 'Another account has this username. Upper and lower case make no difference.',
    todo: 'Choose another username, or log in if the account is yours.',
  },
  'too-large': {
    status: 413,
    title: 'Body is too large',
    means: ({ maxBodyBytes, maxChunksPerTurn, maxRememberedBytes }) =>
      `The body is over ${inKiB(maxBodyBytes)}, more than any call here takes, or more than ${maxChunksPerTurn} chunks of it came at once, or what the session was to remember would be over ${inKiB(maxRememberedBytes)}.`,
    todo: 'Send less, in fewer and larger chunks, or set to null what the session no longer needs to remember.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Body is not JSON',
    means: 'The body is not application/json in UTF-8.',
    todo: 'Set Content-Type: application/json. curl’s --json does, its --data does not.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many tries',
    means:
      'A limit was reached: wrong passwords for one name or from one address; accounts, guests’ sessions or tries of taken names from one address; exports or profile changes of one account.',
    todo: 'Wait as many seconds as Retry-After says. Trying earlier changes nothing.',
  },
  'internal-error': {
    status: 500,
    title: 'A fault of the server',
    means: 'The server failed. The cause is in its log and stays there.',
    todo: 'Try again. If the problem stays, tell the operator of this server when it happened.',
  },
  unavailable: {
    status: 503,
    title: 'Not available right now',
    means: 'The server cannot do this right now: it is busy, closing down, or its database does not answer.',
    todo: 'Try again after as many seconds as Retry-After says. If you were changing something, check before you repeat it.',
  },
};

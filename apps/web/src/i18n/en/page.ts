import type { EndReason, FieldRule, ProblemSlug } from '@coatcheck/api-types';
import type { Failure, ValidationError } from '../../session/failure.ts';
import { isolated } from '../isolated.ts';
import { timesIn } from '../times.ts';

/** The facts that a sentence about a failed call may mention. */
export interface Circumstances {
  /** The name in question, as the server would keep it. */
  username: string;
  /** Seconds until a new try makes sense; 0: at once. */
  seconds: number;
  /** The server's own sentence. */
  detail: string;
  /** The status of a response that Coatcheck did not write. */
  status: number | undefined;
  /** Whether the page tries the call again by itself. */
  byItself: boolean;
}

/** The sentence about a rule that a field breaks. @param username the username as it was typed */
export type OfField = (error: ValidationError, username: string) => string;
/** The sentences about one field, one for each rule that it can break. */
export type FieldSentences = Partial<Record<FieldRule, OfField>> & { required: OfField };
/** The fields of the first page's forms. The account's words have those of the fields that only its forms have. */
export type FieldName = 'username' | 'password';
/** The failures that this page finds out by itself and tells in one sentence. Other parts have the words about passkeys. */
type OwnFailure = Exclude<Failure['type'], `/problems/${string}` | 'mistyped' | 'no-passkey'>;

const { moment, day, clock, when, dayHeading, duration, wait } = timesIn('en');

const asksAgain = 'Retrying automatically';
const tryAgain = ({ seconds, byItself }: Circumstances) =>
  byItself ? asksAgain : seconds > 0 ? `Try again in ${wait(seconds)}` : 'Try again now';
/** Joins an advice with the advice to try again. */
const andTryAgain = (what: string, { byItself }: Circumstances) =>
  byItself ? `${what}. ${asksAgain}` : `${what} and try again`;
const mismatch = () => 'This page is out of date. Reload the page and try again';

const tooLong =
  (what: string): OfField =>
  ({ limit = 0, actual = 0 }) =>
    `${what} must be at most ${limit} characters. This one has ${actual}`;
const tooShort =
  (what: string): OfField =>
  ({ limit = 0, actual = 0 }) =>
    `${what} must be at least ${limit} characters. This one has ${actual}`;

const fields: Record<FieldName, FieldSentences> = {
  username: {
    required: () => 'Enter a username',
    'too-short': tooShort('Username'),
    'too-long': tooLong('Username'),
    'bad-characters': (_, username) =>
      /^[a-z0-9._-]+$/i.test(username)
        ? 'Username must start and end with a letter or a digit'
        : 'Username can use only letters a to z, digits, dots, dashes and underscores',
  },
  password: {
    required: () => 'Enter a password',
    'too-long': tooLong('Password'),
    'bad-characters': () => 'Password has a character that is not allowed. Type it again without that one',
  },
};

const closed = 'Registration is closed';

const problems: Record<
  Exclude<ProblemSlug, 'invalid-request' | 'link-void'>,
  (of: Circumstances) => string
> = {
  'invalid-credentials': () => 'Wrong username or password. Check both and try again',
  'passkey-required': () => 'This account asks for a passkey',
  'proof-required': () => 'Prove that it is you, and try again',
  'last-way-in': () => 'This is your last way to log in. Add another one first',
  'not-logged-in': () => 'You are not logged in. Log in and try again',
  'registration-closed': () => closed,
  'wrong-password': () => 'Wrong current password. Check it and try again',
  // The one sentence of the server that no page can know: it names the address to open instead.
  'origin-not-allowed': ({ detail }) => detail,
  'not-found': mismatch,
  'method-not-allowed': mismatch,
  'app-unreachable': mismatch,
  'too-large': mismatch,
  'unsupported-media-type': mismatch,
  'username-taken': ({ username }) =>
    `${username} is taken. Choose another username, or log in if it is yours`,
  'too-many-requests': (of) => `Too many tries. ${tryAgain(of)}`,
  unavailable: (of) => `The server cannot do this now. ${tryAgain(of)}`,
  'internal-error': ({ byItself }) => `Something broke on the server. ${byItself ? asksAgain : 'Try again'}`,
};

const failures: Record<OwnFailure, (of: Circumstances) => string> = {
  'no-answer': (of) => `No answer. ${andTryAgain('Check your connection', of)}.`,
  'foreign-answer': (of) => {
    switch (of.status) {
      case 408:
        return andTryAgain('This took too long to reach the server. Check your connection', of);
      case 413:
        return `Something before the server found this too long. ${of.byItself ? asksAgain : 'Shorten what you typed and try again'}`;
      case 431:
        return andTryAgain(
          'Your browser holds more cookies for this site than the server takes. Delete this site’s cookies',
          of,
        );
      case 429:
        return `Too many requests. ${of.byItself ? asksAgain : 'Wait a moment, then try again'}`;
      case 401:
      case 403:
      case 404:
      case 500:
        return `Something else answered in the server’s place. ${of.byItself ? asksAgain : 'Check the address, then try again in a moment'}`;
      case 502:
      case 503:
      case 504:
        return `The server behind this address does not answer. ${of.byItself ? asksAgain : 'Try again in a moment'}`;
      default:
        return andTryAgain('Something else answered in the server’s place. Check your connection', of);
    }
  },
  stopped: () => 'You stopped waiting. Try again, or reload the page to see whether it worked',
  'cookie-not-kept': () =>
    'Your browser did not keep the cookie. Allow cookies for this site, then log in again',
};

const reasons: Record<EndReason, (idle: number | undefined) => string> = {
  unknown: () => 'The server does not know this session. Log in to start a new one.',
  'expired-idle': (idle) =>
    idle ? `Logged out after ${duration(idle)} without use.` : 'Logged out after a while without use.',
  'expired-absolute': () => 'Logged out because this session had reached its time limit.',
  'logged-out': () => 'You logged out.',
  replaced: () =>
    'A newer ticket took the place of this browser’s, at a login, a registration or a password change.',
  revoked: () => 'This session was ended, for example from another device or by a password change.',
};

/** The name of an app. @param name its host, or that of the house where the operator gives one */
const app = (name: string | null | undefined) => (name ? isolated(name) : 'the app');

/** English: the words of the first page, and how times and counts are written. */
export const words = {
  fields,
  problems,
  failures,
  reasons,
  mismatch: mismatch(),

  moment,
  day,
  clock,
  when,
  dayHeading,
  duration,

  errorTitle: (title: string) => `Error: ${title}`,
  skip: 'Skip to content',
  places: 'Pages',
  problem: 'There is a problem',
  tryAgain: 'Try again',
  tryAgainNow: 'You can try again now.',
  waitFor: (seconds: number) => `Wait ${wait(seconds)}`,
  takingLong: 'This takes longer than usual.',
  stopWaiting: 'Stop waiting',
  mayBeOld: 'This may be out of date.',
  home: 'Go to the start page',
  backTo: (name: string | null | undefined) => `Back to ${app(name)}`,
  languages: 'Language',
  runBy: 'Run by',
  contact: 'Contact',
  source: 'Source',
  help: 'Need help?',

  loading: 'Asking the server who you are…',
  unreachable: {
    noAnswer: 'No answer from the server',
    unavailable: 'The server is not available',
    body: 'Nobody is at the counter. Your coat still hangs where it hung.',
  },
  why: 'Why am I not logged in?',

  loggedInAs: (name: string) => `Logged in as ${name}`,
  watch: 'See how it works',
  stranger: {
    title: 'You are not logged in',
    lead: 'Hand over your coat and take a ticket.',
    toUse: (house: string) => `Log in or register to use ${isolated(house)}.`,
  },
  terminal: { title: 'From a terminal', copy: 'Copy', copied: 'Copied' },
  known: {
    body: 'Your browser shows this ticket, a cookie, with every request. That is how the server knows you again.',
    account: 'Your account',
    kept: 'You stay logged in until',
    unlessUnused: (idle: number | undefined) => (idle ? `, unless you are away for ${duration(idle)}.` : '.'),
  },

  username: 'Username',
  password: 'Password',
  optional: 'optional',
  remember: 'Stay logged in on this device',
  rememberHint: 'For a limited time, even after you close the browser. Do not use this on a shared device.',
  capsLock: 'Caps Lock is on.',
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  shown: 'Your password is shown.',
  hidden: 'Your password is hidden.',

  register: {
    title: 'Register',
    action: 'Register',
    done: (name: string) => `You are registered, ${name}`,
    closed,
  },
  logIn: {
    title: 'Log in',
    action: 'Log in',
    doing: 'Logging in…',
    to: (house: string) => `Log in to ${isolated(house)}`,
    toSee: 'Log in to see this page.',
    instead: 'New here?',
    forgotten: 'Forgot your password?',
  },
  already: {
    title: (name: string) => `You are already logged in as ${name}`,
    body: 'To use another account, log out first.',
    meanwhile: (name: string) => `You have logged in as ${name} in another tab.`,
  },
  goOn: {
    action: 'Continue',
    to: (name: string | null | undefined) => `Continue to ${app(name)}`,
    wanted: (host: string) => `to go on to ${host}`,
    going: (host: string | undefined) => (host ? `Going on to ${host}…` : 'Going on…'),
  },
  logOut: {
    action: 'Log out',
    doing: 'Logging out…',
    done: 'You are logged out',
    torn: (ticket: string | undefined) =>
      `${ticket ? `Ticket ${ticket}` : 'Your ticket'} is torn up; no copy of it works.`,
    again: 'Log in again',
  },

  account: {
    title: 'Your account',
  },
  leave: {
    goodbye: 'Goodbye',
    gone: 'Your account and your data are deleted. Thank you for leaving your coat with us.',
  },
  ticket: {
    name: 'Ticket',
    none: (had: boolean): string => (had ? 'No ticket.' : 'No ticket yet.'),
    stranger: 'Once you log in, your browser gets one, a cookie, and shows it with every request.',
    torn: 'The last one is torn up, and the server no longer takes it.',
    since: 'since',
    guest: 'A guest',
    unknownDevice: 'An unnamed program',
    device: (browser: string | null, system: string | null) =>
      browser && system ? `${browser} on ${system}` : (browser ?? system),
  },

  notFound: {
    title: 'Page not found',
    body: 'No coat hangs on this hook. Check the address, or start again from the start page.',
  },
  broken: {
    title: 'This page broke',
    body: 'The rail came down. Your login is untouched. Reload the page, or go to the start page.',
    reload: 'Reload the page',
  },
  outdated: {
    title: 'Reload this page to continue',
    body: 'A part of it cannot be fetched, most likely because there is a new version.',
    part: 'A part of this page cannot be fetched, most likely because there is a new version.',
    typed: 'What you typed stays until you reload.',
  },
};

/** The words of the first page; every language has exactly these entries. */
export type Words = typeof words;

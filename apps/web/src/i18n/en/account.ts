import type { EventType, Profile } from '@coatcheck/api-types';
import { isolated } from '../isolated.ts';
import { timesIn } from '../times.ts';
import type { FieldName, FieldSentences } from './page.ts';

const { plural, number, clock } = timesIn('en');

// A count of failed tries stands before the sentence.
const events: Record<EventType, (count: number) => string> = {
  registered: () => 'Registered',
  'logged-in': () => 'Logged in',
  'login-failed': (count) => plural(count, 'Login with a wrong password', 'Logins with a wrong password'),
  'logged-out': () => 'Logged out',
  'session-ended': (count) => plural(count, 'Another session ended', `${number(count)} other sessions ended`),
  'profile-changed': () => 'Name or email changed',
  'password-changed': () => 'Password changed, all other sessions ended',
  'password-refused': (count) =>
    plural(count, 'Wrong current password entered', 'Wrong current passwords entered'),
  'password-reset': () => 'Password reset, all sessions ended',
  'passkey-added': () => 'Passkey added',
  'passkey-removed': () => 'Passkey removed',
  'passkey-missing': (count) =>
    plural(count, 'Right password, no passkey: not logged in', 'Right passwords, no passkey: not logged in'),
  'login-methods-changed': () => 'Changed whether the password alone is enough',
  'recovery-codes-made': () => 'New recovery codes made, earlier ones void',
  'recovery-code-used': () => 'Recovery code used, password replaced, all other sessions ended',
  'reset-link-made': () => 'The operator made a link for a new password',
  'reset-link-used': () => 'Link used, password replaced, all other sessions ended',
  'device-link-made': () => 'Link made to log another device in',
  'device-link-used': () => 'Another device logged in with your link',
};

const noAddress = () => 'Enter an email address like ada@example.com, or leave it empty';
const profileFields: Record<Exclude<keyof Profile, FieldName>, FieldSentences> = {
  displayName: {
    required: () => 'Enter a name, or leave it empty',
    'too-long': ({ limit = 0, actual = 0 }) =>
      `Name must be at most ${limit} characters. This one has ${actual}`,
    'bad-characters': () => 'Name has a character that is not allowed. Type it again without that one',
  },
  email: {
    required: noAddress,
    'too-long': ({ limit = 0, actual = 0 }) =>
      `Email address must be at most ${limit} characters. This one has ${actual}`,
    malformed: noAddress,
    'bad-characters': noAddress,
  },
};

/** English: the words of the account's pages. */
export const words = {
  area: {
    title: 'Your account’s pages',
    asking: 'Asking the server…',
  },
  overview: {
    link: 'Account',
  },
  profile: {
    title: 'Profile',
    username: 'Username',
    since: 'Registered',
    name: 'Name',
    nameHint: 'Shown instead of your username.',
    email: 'Email',
    emailHint: 'Only stored with your account, not verified. We send no email.',
    action: 'Save',
    doing: 'Saving…',
    saved: 'Saved.',
    fields: profileFields,
  },
  doors: {
    title: 'Security and data',
    sessions: (count: number) => `${number(count)} active`,
  },
  data: {
    title: 'Your data',
    body: 'Everything stored about you, in one JSON file.',
    action: 'Download',
    ofWhat: ' your data',
    doing: 'Downloading…',
  },
  sessions: {
    link: 'Sessions',
    title: 'Where you are logged in',
    explained:
      'A session is one login in one browser; several on one device are normal. Times are accurate to the minute.',
    notYours: 'Something here that is not you? End it, then',
    changePassword: 'change your password',
    current: 'Current session',
    activeNow: 'Active now',
    justNow: 'just now',
    details: 'More',
    about: (session: string) => ` about ${session}`,
    seen: 'Last used',
    started: 'Started',
    expires: 'Expires',
    ifUnused: (idle: string) => `or after ${idle} without use`,
    cookie: 'Cookie',
    remembered: 'stays when the browser closes',
    untilClosed: 'ends when the browser closes',
    end: 'End',
    ending: 'Ending…',
    name: (device: string, number: string) => `${device}, ticket ${number}`,
    of: (session: string) => ` session ${session}`,
    ended: 'Ended just now',
    said: (session: string) => `Ended: ${session}.`,
    endOthers: (count: number) =>
      plural(count, 'End the other session', `End ${number(count)} other sessions`),
    othersEnded: (count: number) =>
      plural(count, 'The other session ended.', `${number(count)} other sessions ended.`),
    alone: 'You have no other sessions.',
    more: (count: number) => `Show ${number(count)} more`,
  },
  newPassword: {
    link: 'Password',
    title: 'Change your password',
    explained: 'You stay logged in here. All other sessions end.',
    current: 'Current password',
    fresh: 'New password',
    action: 'Change password',
    doing: 'Changing…',
    done: (ended: number | undefined) => {
      if (ended === undefined) return 'Your password is changed. All other sessions ended.';
      if (ended === 0) return 'Your password is changed.';
      const sessions = plural(ended, 'The other session', `${number(ended)} other sessions`);
      return `Your password is changed. ${sessions} ended.`;
    },
  },
  confirmLogOut: {
    title: (house: string | null) => (house ? `Log out of ${isolated(house)}?` : 'Log out?'),
  },
  leave: {
    link: 'Delete account',
    title: 'Delete account',
    explained:
      'Your account, your sessions, your activity and everything else stored about you are deleted at once. This cannot be undone. Your username is not given out again, not even to you: its fingerprint (a hash) stays for that.',
    download: 'Download your data',
    action: 'Delete account',
    doing: 'Deleting…',
  },
  ending: {
    title: 'Your session',
    soon: (at: number) => `You will be logged out at ${clock(at)} unless you stay active.`,
    forGood: (at: number) =>
      `This session reaches its time limit at ${clock(at)}. Finish what you do here; then log in again.`,
    stay: 'Stay logged in',
  },
  activity: {
    link: 'Activity',
    title: 'Account activity',
    explained: 'Entries older than 90 days are deleted.',
    events,
    failed: (count: number) => (count === 1 ? 'Failed' : `Failed × ${number(count)}`),
    lastFrom: 'last from',
    newDevice: 'New device',
    server: 'on the server itself',
    notYou: 'Not you? End that session, then',
    nothing: 'Nothing has happened in the last 90 days. Logins, changes and failed tries will appear here.',
    earlier: 'Show earlier',
    beginning: 'No older entries.',
  },
};

/** The words of these pages in a language. Every language has exactly these entries. */
export type AccountWords = typeof words;

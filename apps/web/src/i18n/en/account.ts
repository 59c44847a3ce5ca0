import type { EventType, Profile } from '@coatcheck/api-types';
import type { PasskeyTrouble } from '../../webauthn/webauthn.ts';
import { isolated } from '../isolated.ts';
import { timesIn } from '../times.ts';
import type { FieldName, FieldSentences } from './page.ts';

const { plural, number, clock, day } = timesIn('en');

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

const passkeyFields: Record<'name', FieldSentences> = {
  name: {
    required: () => 'Enter a name for this passkey',
    'too-long': ({ limit = 0, actual = 0 }) =>
      `Name must be at most ${limit} characters. This one has ${actual}`,
    'bad-characters': () => 'Name has a character that is not allowed. Type it again without that one',
  },
};

const unsupported = 'This browser or device has no passkeys, or no screen lock to unlock them with';
const wrongHost = 'The passkeys of this server belong to another address than this page’s';
const notMade: Record<PasskeyTrouble, string> = {
  cancelled: 'No passkey was added: the dialog was closed, or its time ran out. Try again when you are ready',
  'already-here': 'There is a passkey of your account on this device already',
  unsupported,
  'wrong-host': wrongHost,
  failed: 'The browser could not make a passkey. Try again, or try another browser',
};
const notShown: Record<PasskeyTrouble | 'refused', string> = {
  cancelled: 'No passkey was shown: the dialog was closed, or its time ran out. Try again when you are ready',
  'already-here': 'The browser could not show this passkey. Try another one',
  unsupported,
  'wrong-host': wrongHost,
  failed: 'The browser could not show a passkey. Try again, or try another browser',
  refused: 'The server did not accept this passkey. Try another one',
};

/** On paper and in the file. */
const made = (iso: string) => `Made on ${day(iso)}. Earlier codes are void.`;

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
    codes: (left: number) =>
      left === 0 ? 'no recovery codes' : plural(left, '1 code left', `${number(left)} codes left`),
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
  ways: {
    link: 'Ways to log in',
    title: 'Ways to log in',
  },
  proof: {
    title: 'Prove that it is you',
    explained:
      'What comes next changes who can get into your account. After this, five minutes pass before you are asked again.',
    passkey: 'Use a passkey',
    showing: 'Waiting for your passkey…',
    insteadOf: 'Or type your password.',
    action: 'Continue',
    doing: 'Checking…',
    cancel: 'Cancel',
    notShown,
    /** For an account whose password alone is not enough. */
    lost: 'Lost your passkey? Ask the operator of this site to let your password be enough again.',
    /** In a form that asks for the password. */
    standsIn: 'No password at hand?',
    shown: 'You have shown a passkey. Your password is not needed.',
  },
  passkeys: {
    title: 'Passkeys',
    explained:
      'A passkey logs you in with a fingerprint, your face or your screen lock. There is nothing to type, and nothing that could be guessed.',
    none: 'You have none yet.',
    add: 'Add a passkey',
    adding: 'Waiting for your browser…',
    added: (name: string) => `Added: ${isolated(name)}. Give it a name that you will know it by.`,
    since: (day: string) => `added ${day}`,
    used: (ago: string) => `last used ${ago}`,
    unused: 'not used yet',
    synced: 'Synced to your other devices',
    single: 'Only on one device',
    change: 'Change',
    of: (name: string) => ` passkey ${isolated(name)}`,
    name: 'Name of this passkey',
    save: 'Save',
    saving: 'Saving…',
    saved: (name: string) => `Saved: ${isolated(name)}.`,
    remove: 'Remove',
    /** Asked before a passkey is removed. */
    removal: (name: string) => `Remove ${isolated(name)}? It will log nobody in any more.`,
    keep: 'Keep it',
    last: 'Your account asks for a passkey, and this is the only one. Add another first, or let the password be enough again: both are on this page, further down',
    removing: 'Removing…',
    removed: (name: string) =>
      `Removed: ${isolated(name)}. It logs nobody in any more. Delete it from your device as well.`,
    fields: passkeyFields,
    notMade,
    elsewhere: 'Passkeys do not work at an address made of numbers.',
    open: (host: string) => `Open this page at ${host}`,
    unnamed: 'My passkey',
  },
  codes: {
    title: 'Recovery codes',
    explained: 'A recovery code replaces a forgotten password. Each code works once.',
    none: 'You have no recovery codes.',
    first: 'Make some now, and a forgotten password does not cost you your account.',
    left: (count: number) => `${number(count)} of 10 codes left.`,
    few: 'Make new ones before you need the last.',
    make: 'Make recovery codes',
    again: 'Make new codes',
    voids: 'New codes replace the earlier ones, which no longer work then.',
    making: 'Making codes…',
    shown: 'Your recovery codes',
    once: 'You see them this once. Keep them where you would keep a spare key, not beside your password.',
    whose: (username: string, house: string) => `For ${username} at ${isolated(house)}`,
    list: 'Recovery codes',
    copy: 'Copy',
    save: 'Save as a file',
    print: 'Print',
    kept: 'I have kept them',
    leave: 'Leave without keeping the codes? You cannot see them again, and the earlier ones are void.',
    made,
    done: 'Your new recovery codes are in force.',
    lost: 'Your session ended while your new recovery codes were shown. If you have not kept them, make new ones once you have logged in: the earlier ones are void.',
    /** What the file says around the codes. @param at the page where a code is typed */
    file: (username: string, house: string, at: string, iso: string) => ({
      before: `Recovery codes for ${username} at ${house}\n${made(iso)}`,
      after: `Each code replaces a forgotten password once:\n${at}`,
    }),
  },
  passwordWay: {
    alone: 'Your password logs you in.',
    notAlone:
      'Your password alone is not enough. You log in with a passkey, or with a recovery code and a new password.',
    change: 'Change your password',
    title: 'Not by password alone',
    explained:
      'Turn this on, and somebody who learns your password still does not get in: logging in takes one of your passkeys. All other sessions end.',
    second:
      'Best add a second passkey first. Without any passkey you cannot turn this off; only the operator of this site can.',
    needs: {
      both: 'For this you need a passkey and recovery codes first.',
      passkey: 'For this you need a passkey first.',
      codes: 'For this you need recovery codes first.',
    },
    demand: 'Ask for a passkey every time',
    allow: 'Let the password be enough again',
    doing: 'Changing…',
    demanded: 'From now on your password alone is not enough. All other sessions ended.',
    allowed: 'From now on your password is enough again.',
  },
  otherDevice: {
    title: 'Another device',
    explained: 'A code on this screen logs a phone or another computer in. You type no password there.',
    action: 'Show a code',
    doing: 'Making a code…',
    notOffered: 'This server can be reached from this machine only, so no other device can be logged in',
    shown: 'Log another device in',
    how: (username: string) =>
      `Scan this with the camera of the other device. It asks whether to log in as ${username}; a press there does it.`,
    once: 'The code works once, for whoever logs in with it first. Show it to nobody else.',
    after: 'When the other device is in, it stands among',
    sessions: 'your sessions',
    picture: 'QR code of the link',
    left: (time: string) => `Good once, for ${time}`,
    over: 'This code has run out.',
    anew: 'Make a new code',
    copy: 'Copy the link',
    close: 'Done',
  },
  copied: 'Copied',
  notCopied: 'The browser does not let this page copy. Select the text and copy it.',
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
    lookAt: 'Then look at your',
    ways: 'ways to log in',
    nothing: 'Nothing has happened in the last 90 days. Logins, changes and failed tries will appear here.',
    earlier: 'Show earlier',
    beginning: 'No older entries.',
  },
};

/** The words of these pages in a language. Every language has exactly these entries. */
export type AccountWords = typeof words;

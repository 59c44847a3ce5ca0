import type { EventType, Profile } from '@coatcheck/api-types';
import { timesIn } from '../times.ts';
import type { FieldName, FieldSentences } from './page.ts';

const { plural, number } = timesIn('en');

const events: Record<EventType, (count: number) => string> = {
  registered: () => 'You registered',
  'logged-in': () => 'Logged in',
  'login-failed': (count) =>
    plural(count, 'A login with a wrong password', `${number(count)} logins with a wrong password`),
  'logged-out': () => 'Logged out',
  'session-ended': (count) => plural(count, 'Ended another session', `Ended ${number(count)} other sessions`),
  'profile-changed': () => 'Changed name or email',
  'password-changed': () => 'Changed the password, which ended all other sessions',
  'password-refused': (count) =>
    plural(count, 'A wrong current password', `${number(count)} wrong current passwords`),
  'password-reset': () => 'A new password was set, which ended all sessions',
};

const profileFields: Record<Exclude<keyof Profile, FieldName>, FieldSentences> = {
  displayName: {
    required: () => 'Enter a name, or leave it empty',
    'too-long': ({ limit = 0, actual = 0 }) =>
      `Name must be at most ${limit} characters. This one has ${actual}`,
    'bad-characters': () => 'Name has a character that cannot be kept. Type it again without that one',
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
    username: 'Username',
    name: 'Name',
    since: 'Registered',
    session: 'This session',
    explained: 'A session is one browser’s stay. Times are good to a minute.',
    device: 'Device',
    started: 'Started',
    seen: 'Last seen',
    ends: 'Lasts until',
    address: 'Address',
    cookie: 'Cookie',
    remembered: 'stays when the browser closes',
    forgotten: 'ends when the browser closes',
  },
  profile: {
    title: 'Profile',
    nameHint: 'Shown instead of your username.',
    action: 'Save',
    doing: 'Saving…',
    saved: 'Saved.',
    fields: profileFields,
  },
  data: {
    title: 'Your data',
    body: 'All that is kept about you, in one JSON file.',
    action: 'Download',
    doing: 'Downloading…',
  },
  sessions: {
    link: 'Sessions',
    title: 'Where you are logged in',
    explained: 'A session is one browser’s stay; several per device are normal. Times are good to a minute.',
    notYours: 'Not yours? End it, then',
    changePassword: 'change your password',
    thisDevice: 'This device',
    seen: 'Last seen',
    started: 'Started',
    lasts: 'Lasts until',
    end: 'End session',
    ending: 'Ending…',
    of: (device: string, number: string) => ` ${device}, ticket ${number}`,
    ended: 'Ended just now',
    said: (device: string, number: string) => `Ended: ${device}, ticket ${number}.`,
    endOthers: (count: number) =>
      plural(count, 'End the other session', `End ${number(count)} other sessions`),
    othersEnded: (count: number) =>
      plural(count, 'The other session is ended.', `${number(count)} other sessions are ended.`),
    alone: 'Only this device is logged in.',
    more: (count: number) => `Show ${number(count)} more`,
  },
  newPassword: {
    link: 'Password',
    title: 'Change your password',
    explained: 'This browser stays logged in. All other sessions end.',
    current: 'Current password',
    fresh: 'New password',
    action: 'Change password',
    doing: 'Changing…',
    done: 'Your password is changed. All other sessions ended.',
  },
  leave: {
    link: 'Leave',
    title: 'Leave for good',
    explained:
      'Your account, your sessions, your activity and everything else kept about you are removed at once. Nobody can bring them back, and your username becomes free.',
    before: 'Before you go, you can take your data with you.',
    action: 'Remove my account',
    doing: 'Removing…',
  },
  activity: {
    link: 'Activity',
    title: 'What happened here',
    explained: 'What is older than 90 days is forgotten.',
    events,
    newDevice: 'New device',
    server: 'on the server itself',
    notYou: 'Was it not you? End its session, then',
    nothing: 'Nothing has happened in the last 90 days. Logins, changes and failed tries will stand here.',
    earlier: 'Show earlier',
    beginning: 'That is all.',
  },
};

/** The words of these pages in a language. Every language has exactly these entries. */
export type AccountWords = typeof words;

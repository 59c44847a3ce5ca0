import { type LinkVoidReason, maxUsernameLength, minUsernameLength } from '@coatcheck/api-types';
import { isolated } from '../isolated.ts';
import { timesIn } from '../times.ts';
import type { FieldSentences } from './page.ts';

const { when } = timesIn('en');

const code: FieldSentences = {
  required: () => 'Enter a recovery code',
  'too-long': () => 'Recovery codes have 16 characters. Enter one of them',
  'bad-characters': () => 'Recovery codes have letters, digits and dashes. Enter one of them',
};

/** A heading and the sentence below it. */
interface Said {
  title: string;
  body: string;
}

const voidLinks: Record<LinkVoidReason, Said> = {
  unknown: {
    title: 'This link is not known here',
    body: 'Perhaps a part of it was lost when it was copied. Open it again, whole, or ask for a new link.',
  },
  used: {
    title: 'This link has been used',
    body: 'Each link works once. If that was you, log in. If it was not you, ask for a new link, and say so.',
  },
  expired: {
    title: 'This link has expired',
    body: 'Its time is over, and nobody can use it any more. Ask for a new link.',
  },
  superseded: {
    title: 'This link was replaced',
    body: 'A newer link took its place, or it was taken back. Open the newest link, or ask for one.',
  },
};

/** English: the words of the registration, of the recovery, of one-time links and of the login with a passkey. */
export const words = {
  register: {
    doing: 'Registering…',
    at: (house: string) => `Register at ${isolated(house)}`,
    usernameHint: `${minUsernameLength} to ${maxUsernameLength} letters a to z, digits, dots, dashes or underscores`,
    instead: 'Already registered?',
    byOperator: 'The operator of this site makes the accounts. Ask for yours.',
    logInAs: (name: string) => `Log in as ${name}`,
    byInvitation: 'Registration is by invitation',
    invitation:
      'An invitation is a link that the operator of this site gives you. Ask for one, and open it in this browser.',
  },
  passkey: {
    action: 'Log in with a passkey',
    doing: 'Waiting for your passkey…',
    refused: 'This passkey does not log in here. Use another one, or log in another way',
    notShown: 'The browser showed no passkey. Try again, or log in another way',
    elsewhere: 'Log in with a passkey at localhost',
    required: 'Your password is right. Show your passkey too, and you are logged in.',
    none: 'Your password is right, but this browser has no passkeys. Use another browser, or a recovery code.',
    code: 'Use a recovery code',
    another: 'Log in with another account',
  },
  offer: {
    title: 'Next time without a password?',
    body: 'A passkey logs you in with a fingerprint, your face or your screen lock.',
    action: 'Add a passkey',
    no: 'Not now',
  },
  recover: {
    title: 'Set a new password',
    body: 'A recovery code takes the place of a forgotten password, once. You choose a new password, and all other sessions end.',
    code: 'Recovery code',
    codeHint: 'Any of your codes. Dashes and capitals do not matter.',
    fields: { code },
    wrong: 'Wrong username or recovery code. Check both, or try another code',
    none: 'No recovery code?',
    ask: 'Ask for a link with which you choose a new password:',
    askOperator: 'Ask the operator of this site for a link with which you choose a new password.',
  },
  passwordSet: {
    title: (name: string) => `Logged in as ${name}`,
    body: 'Your new password is set. All other sessions ended.',
    addPasskey: 'Add a passkey and forget no password again',
    ways: 'See your ways to log in',
    codesLeft: (count: number) =>
      count === 0
        ? 'You have no recovery codes.'
        : `You have ${count} recovery ${count === 1 ? 'code' : 'codes'} left.`,
    makeCodes: 'Make new codes before you need one.',
    asksForPasskey:
      'The next login asks for your passkey again. If you have lost it, ask the operator of this site now to let your password be enough.',
  },
  newPassword: 'New password',
  setPassword: 'Set password and log in',
  setting: 'Setting the password…',
  link: {
    opening: 'Checking the link…',
    notLookedAt: 'The link could not be checked',
    lost: {
      title: 'Open the link once more',
      body: 'This page keeps no link, so a reload loses it. Unless it has been used, the link is still good: open or scan it again.',
    },
    voids: voidLinks,
    /** In place of the sentence about a used link, to a person who is logged in. */
    usedBy: (name: string) =>
      `Each link works once. You are logged in as ${isolated(name)}. If it was not you who used the link, ask for a new one, and say so.`,
    logIn: 'Log in',
    help: 'Where to ask:',
    askSender: 'Ask the person who sent it to you.',
    until: (end: string) => `This link works once, until ${when(end)}.`,
    ends: (name: string) => `${isolated(name)} is logged in in this browser. That session ends.`,
    stay: (name: string) => `Keep ${isolated(name)} logged in`,
    reset: (name: string) => `New password for ${isolated(name)}`,
    resetBody: 'You choose a new password and are logged in. All other sessions end.',
    invitation: (house: string | null) =>
      house ? `You are invited to ${isolated(house)}` : 'You are invited',
    invitationBody: 'Choose a username and a password. You are logged in then.',
    device: (name: string) => `Log in as ${isolated(name)}?`,
    deviceBody: (name: string) =>
      `This logs this device in as ${isolated(name)}. Go on only if that is your account.`,
    deviceAction: (name: string) => `Log in as ${isolated(name)}`,
    deviceDoing: 'Logging in…',
    alreadyBody: 'The link is for another device. It is still good there.',
  },
};

/** The words of this part in a language. Every language has exactly these entries. */
export type EnterWords = typeof words;

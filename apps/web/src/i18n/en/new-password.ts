import type { FieldSentences } from './page.ts';

const field: FieldSentences = {
  required: () => 'Enter a password',
  'too-short': ({ limit = 0, actual = 0 }) =>
    `Password must be at least ${limit} characters. This one has ${actual}`,
  'too-long': ({ limit = 0, actual = 0 }) =>
    `Password must be at most ${limit} characters. This one has ${actual}`,
  'too-common': () => 'Choose a password that is harder to guess. This one is on a list of common passwords',
  'is-username': () => 'Password must not be your username',
  'bad-characters': () => 'Password has a character that is not allowed. Type it again without that one',
};

/** English: the words about a password to be set. */
export const words = {
  /** The sentences about the field. */
  field,
  hint: 'Several words work well.',
  counted: (typed: number, needed: number) =>
    typed === 0
      ? `At least ${needed} characters.`
      : typed < needed
        ? `${typed} of ${needed} characters.`
        : `${needed} or more: long enough.`,
};

/** These words in a language. Every language has exactly these entries. */
export type NewPasswordWords = typeof words;

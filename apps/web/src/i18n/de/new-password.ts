import type { NewPasswordWords } from '../en/new-password.ts';

/** German: the words about a password to be set. */
export const words: NewPasswordWords = {
  field: {
    required: () => 'Gib ein Passwort ein',
    'too-short': ({ limit = 0, actual = 0 }) =>
      `Das Passwort braucht mindestens ${limit} Zeichen. Hier sind es ${actual}`,
    'too-long': ({ limit = 0, actual = 0 }) =>
      `Das Passwort darf höchstens ${limit} Zeichen haben. Hier sind es ${actual}`,
    'too-common': () =>
      'Wähle ein Passwort, das schwerer zu erraten ist. Dieses steht auf einer Liste verbreiteter Passwörter',
    'is-username': () => 'Das Passwort darf nicht dein Benutzername sein',
    'bad-characters': () =>
      'Das Passwort enthält ein Zeichen, das nicht erlaubt ist. Gib es ohne dieses Zeichen ein',
  },
  hint: 'Mehrere Wörter sind gut.',
  counted: (typed, needed) =>
    typed === 0
      ? `Mindestens ${needed} Zeichen.`
      : typed < needed
        ? `${typed} von ${needed} Zeichen.`
        : `${needed} oder mehr: lang genug.`,
};

import { invalidRequest } from '../http/problems.ts';
import type { Blocklist } from './blocklist.ts';

/**
 * Refuses the passwords that NIST SP 800-63B-4 section 3.1.1.2 forbids: common and expected ones, and those made from
 * the username. Their length is checked by the schema.
 * @param username in lower case.
 * @param pointer the JSON Pointer of the password in the body, for the error.
 * @throws {ProblemError} 400 `invalid-request`.
 */
export async function requireGoodPassword(
  password: string,
  username: string,
  isCommon: Blocklist,
  pointer = '#/password',
): Promise<void> {
  if (isVariantOf(password, username)) {
    throw invalidRequest([
      { pointer, rule: 'is-username', detail: 'Password must not be your username or a variant of it.' },
    ]);
  }
  if ((await isCommon(password)) || isVariantOf(password, 'coatcheck')) {
    throw invalidRequest([
      {
        pointer,
        rule: 'too-common',
        detail:
          'Choose a password that is harder to guess. This one is on a list of common passwords or follows a plain pattern.',
      },
    ]);
  }
}

/**
 * @returns whether a password is a variant of a word: any case, forwards or backwards, once or often, its letters
 * swapped for look-alikes, its dots and dashes anywhere, and nothing but digits and signs around it.
 */
function isVariantOf(password: string, word: string): boolean {
  const letters = [...word.replaceAll(/[._-]/g, '')].map((letter) => lookAlikes[letter] ?? letter);
  const forwards = letters.join('[._\\s-]*');
  const backwards = letters.toReversed().join('[._\\s-]*');
  const rest = password.replaceAll(new RegExp(`${forwards}|${backwards}`, 'giu'), '');
  return rest !== password && !/\p{L}/u.test(rest);
}

const lookAlikes: Record<string, string> = {
  a: '[a4@]',
  b: '[b8]',
  e: '[e3]',
  g: '[g9]',
  i: '[i1!]',
  l: '[l1!]',
  o: '[o0]',
  s: '[s5$]',
  t: '[t7+]',
  z: '[z2]',
};

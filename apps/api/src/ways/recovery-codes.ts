import { randomBytes, randomInt } from 'node:crypto';
import { hashPassword } from '../password/hash.ts';

/** Codes that an account is given at a time. */
const codesAtATime = 10;
/** Crockford's base32: digits and letters without I, L, O and U. Each character is five random bits. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 80 random bits: a stolen database may be searched for them, and Argon2id makes each try cost. */
const charactersPerCode = 16;
const charactersPerGroup = 4;

/** @returns ten new recovery codes as people see them: four groups of four characters, with dashes between. */
export const newRecoveryCodes = (): string[] => Array.from({ length: codesAtATime }, newCode);

function newCode(): string {
  const characters = Array.from({ length: charactersPerCode }, () => alphabet[randomInt(alphabet.length)]);
  return characters.join('').match(groups)?.join('-') ?? '';
}

const groups = new RegExp(`.{${charactersPerGroup}}`, 'g');

/**
 * @returns the characters that are hashed of a code as a person typed it: without dashes and blanks, in upper case, with
 * the digits that letters were taken for.
 */
export const plainCode = (typed: string): string =>
  typed
    .replaceAll(/[\p{Dash}\s]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

/**
 * Hashes the codes of an account under one salt, so that one hash checks a typed code against all of them.
 * @param inTurn runs each hash in a turn of its own, so that other people's passwords get theirs in between.
 * @returns the hashes in PHC string format.
 */
export async function hashRecoveryCodes(
  codes: string[],
  inTurn: (job: () => Promise<string>) => Promise<string>,
): Promise<string[]> {
  const salt = randomBytes(16);
  const hashes: string[] = [];
  for (const code of codes) hashes.push(await inTurn(() => hashPassword(plainCode(code), salt)));
  return hashes;
}

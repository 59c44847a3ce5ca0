import { maxPasswordLength } from '@coatcheck/api-types';
import type { Config } from '../config.ts';
import { createBlocklist } from '../password/blocklist.ts';
import { hashPassword } from '../password/hash.ts';
import { requireGoodPassword } from '../password/policy.ts';
import { askPassword } from './ask-password.ts';
import { UsageError } from './usage-error.ts';

/**
 * Asks for a password that an account is to have, and holds it to the rules of a registration.
 * @returns its hash.
 * @throws {UsageError} when no password is given, or when its length is not allowed.
 * @throws {ProblemError} when it is easy to guess.
 */
export async function askNewPassword(
  question: string,
  username: string,
  { passwordMinLength }: Config,
): Promise<string> {
  const password = (await askPassword(question)).normalize('NFC');
  const { length } = [...password];
  if (length < passwordMinLength || length > maxPasswordLength) {
    throw new UsageError(
      `Password must have ${passwordMinLength} to ${maxPasswordLength} characters. This one has ${length}.`,
    );
  }
  await requireGoodPassword(password, username, createBlocklist(passwordMinLength));
  return hashPassword(password);
}

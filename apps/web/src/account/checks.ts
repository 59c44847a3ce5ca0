import {
  isEmail,
  maxProfileLengths,
  type PasswordChange,
  type PasswordProof,
  type Profile,
} from '@coatcheck/api-types';
import { checkPresent } from '../form/checks.ts';
import { checkLength, checkPassword } from '../form/new/checks.ts';
import type { ValidationError } from '../session/failure.ts';

/**
 * The rules that a change of the password breaks, as far as this page can tell without asking the server. The current
 * password may be left out: a passkey stands in for it.
 * @param minLength code points that a new password must have, from the server
 */
export function checkPasswordChange(
  { currentPassword, newPassword }: PasswordChange,
  minLength: number,
): ValidationError[] {
  return [
    ...(currentPassword === undefined ? [] : checkPresent('#/currentPassword', currentPassword)),
    ...checkPassword(newPassword, minLength, '#/newPassword'),
  ];
}

/** The rules that a profile breaks, as far as this page can tell without asking the server. */
export function checkProfile({ email, ...others }: Profile): ValidationError[] {
  const lengths = Object.entries(others).flatMap(([field, text]) =>
    checkLength(`#/${field}`, [...(text ?? '')].length, 0, maxProfileLengths[field as keyof Profile]),
  );
  return [...lengths, ...checkEmail(email)];
}

/** The rules that an email address breaks. Without an address, it breaks none. */
function checkEmail(email: string | null): ValidationError[] {
  if (!email) return [];
  const pointer = '#/email';
  const errors = checkLength(pointer, [...email].length, 0, maxProfileLengths.email);
  if (errors.length > 0) return errors;
  return isEmail(email) ? [] : [{ pointer, rule: 'malformed' }];
}

/**
 * The rule that a proof of the password breaks. Whether the password is right, only the server can tell. The password may be
 * left out: a passkey stands in for it.
 */
export const checkProof = ({ password }: PasswordProof): ValidationError[] =>
  password === undefined ? [] : checkPresent('#/password', password);

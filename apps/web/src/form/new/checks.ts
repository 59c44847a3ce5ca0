import { maxPasswordLength, maxUsernameLength, minUsernameLength } from '@coatcheck/api-types';
import type { ValidationError } from '../../session/failure.ts';
import { checkPresent, type TypedCredentials } from '../checks.ts';

/** The length of a password as the server counts it: code points after NFC normalisation. */
export function passwordLength(password: string): number {
  return [...password.normalize('NFC')].length;
}

/**
 * The rules that a registration breaks, as far as this page can tell without asking the server.
 * @param minLength code points that a new password must have, from the server
 */
export function checkRegistration(typed: TypedCredentials, minLength: number): ValidationError[] {
  return [...checkUsername(typed.username), ...checkPassword(typed.password, minLength)];
}

/** The rules that a new username breaks. */
export function checkUsername(username: string): ValidationError[] {
  const pointer = '#/username';
  if (username === '') return checkPresent(pointer, username);
  if (!/^[a-z0-9._-]+$/i.test(username)) return [{ pointer, rule: 'bad-characters' }];
  const errors = checkLength(pointer, username.length, minUsernameLength, maxUsernameLength);
  if (errors.length > 0) return errors;
  return /^[a-z0-9].*[a-z0-9]$/i.test(username) ? [] : [{ pointer, rule: 'bad-characters' }];
}

/**
 * The rules that a new password breaks.
 * @param minLength code points that a new password must have, from the server
 * @param pointer where the password stands in the request (RFC 6901)
 */
export function checkPassword(
  password: string,
  minLength: number,
  pointer = '#/password',
): ValidationError[] {
  if (password === '') return checkPresent(pointer, password);
  return checkLength(pointer, passwordLength(password), minLength, maxPasswordLength);
}

/**
 * The rule that a value breaks by its length. Lengths are code points.
 * @param pointer where the value stands in the request (RFC 6901)
 */
export function checkLength(pointer: string, actual: number, min: number, max: number): ValidationError[] {
  if (actual < min) return [{ pointer, rule: 'too-short', limit: min, actual }];
  return actual > max ? [{ pointer, rule: 'too-long', limit: max, actual }] : [];
}

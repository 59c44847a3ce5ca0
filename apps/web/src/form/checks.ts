import { isEmail, maxEmailLength } from '@coatcheck/api-types';
import type { ValidationError } from '../session/failure.ts';

/** The length of a password as the server counts it: code points after NFC normalisation. */
export function passwordLength(password: string) {
  return [...password.normalize('NFC')].length;
}

/** What a login lacks. Anything else about it only the server can tell. */
export function checkCredentials({
  username,
  password,
}: {
  username: string;
  password: string;
}): ValidationError[] {
  return [...missing('#/username', username), ...missing('#/password', password)];
}

interface Typed {
  username: string;
  password: string;
  email?: string;
}

/**
 * What can be said about a registration without asking the server, in the server's own rules.
 *
 * @param least code points a new password must have, from the server
 */
export function checkRegistration(typed: Typed, least: number): ValidationError[] {
  return [
    ...checkUsername(typed.username),
    ...checkPassword(typed.password, least),
    ...checkEmail(typed.email),
  ];
}

function checkUsername(username: string): ValidationError[] {
  const pointer = '#/username';
  const actual = [...username].length;
  if (actual === 0) return missing(pointer, username);
  if (!/^[a-z0-9._-]+$/i.test(username)) return [{ pointer, rule: 'bad-characters' }];
  if (actual < 3) return [{ pointer, rule: 'too-short', limit: 3, actual }];
  if (actual > 32) return [{ pointer, rule: 'too-long', limit: 32, actual }];
  if (!/^[a-z0-9].*[a-z0-9]$/i.test(username)) return [{ pointer, rule: 'bad-characters' }];
  return [];
}

/**
 * The rules that a new password breaks.
 * @param least code points that a new password must have, from the server
 * @param pointer where the password stands in the request (RFC 6901)
 */
export function checkPassword(password: string, least: number, pointer = '#/password'): ValidationError[] {
  const actual = passwordLength(password);
  if (actual === 0) return missing(pointer, password);
  if (actual < least) return [{ pointer, rule: 'too-short', limit: least, actual }];
  if (actual > 256) return [{ pointer, rule: 'too-long', limit: 256, actual }];
  return [];
}

/** The rules that an email address breaks; none if there is no address. */
export function checkEmail(email: string | undefined): ValidationError[] {
  if (!email) return [];
  const pointer = '#/email';
  const actual = [...email].length;
  if (actual > maxEmailLength) return [{ pointer, rule: 'too-long', limit: maxEmailLength, actual }];
  return isEmail(email) ? [] : [{ pointer, rule: 'malformed' }];
}

/** The rule that an empty value breaks. @param pointer where the value stands in the request (RFC 6901) */
export function missing(pointer: string, value: string): ValidationError[] {
  return value === '' ? [{ pointer, rule: 'required' }] : [];
}

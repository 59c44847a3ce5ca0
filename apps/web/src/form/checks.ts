import type { ValidationError } from '../session/failure.ts';

/** The values that a person has typed into the form for a login or a registration. */
export interface TypedCredentials {
  username: string;
  password: string;
}

/** The rules that a login breaks: nothing may be empty. Only the server can tell whether the password is right. */
export function checkCredentials({ username, password }: TypedCredentials): ValidationError[] {
  return [...checkPresent('#/username', username), ...checkPresent('#/password', password)];
}

/** The rule that an empty value breaks. @param pointer where the value stands in the request (RFC 6901) */
export function checkPresent(pointer: string, value: string): ValidationError[] {
  return value === '' ? [{ pointer, rule: 'required' }] : [];
}

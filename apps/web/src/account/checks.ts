import { checkEmail, checkLength, checkPassword, checkPresent } from '../form/checks.ts';
import type { ValidationError } from '../session/failure.ts';

/** The server's limit in code points. */
const maxDisplayNameLength = 64;

/**
 * The rules that a change of the password breaks, as far as this page can tell without asking the server.
 * @param minLength code points that a new password must have, from the server
 */
export function checkPasswordChange(
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
  minLength: number,
): ValidationError[] {
  return [
    ...checkPresent('#/currentPassword', currentPassword),
    ...checkPassword(newPassword, minLength, '#/newPassword'),
  ];
}

/** What a person has typed into the profile. Null removes what the server has. */
interface TypedProfile {
  displayName: string | null;
  email: string | null;
}

/** The rules that a profile breaks, as far as this page can tell without asking the server. */
export function checkProfile({ displayName, email }: TypedProfile): ValidationError[] {
  return [
    ...checkLength('#/displayName', [...(displayName ?? '')].length, 0, maxDisplayNameLength),
    ...checkEmail(email ?? undefined),
  ];
}

/** The rule that a proof of the password breaks. Whether the password is right, only the server can tell. */
export const checkProof = ({ password }: { password: string }): ValidationError[] =>
  checkPresent('#/password', password);

import { checkEmail, checkPassword, missing } from '../form/checks.ts';
import type { ValidationError } from '../session/failure.ts';

/**
 * The rules that a change of the password breaks, as far as this page can tell without asking the server.
 * @param least code points that a new password must have, from the server
 */
export function checkPasswordChange(
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
  least: number,
): ValidationError[] {
  return [
    ...missing('#/currentPassword', currentPassword),
    ...checkPassword(newPassword, least, '#/newPassword'),
  ];
}

/** What a person has typed into the profile. Null removes what the server has. */
interface TypedProfile {
  displayName: string | null;
  email: string | null;
}

/** The rules that a profile breaks, as far as this page can tell without asking the server. */
export function checkProfile({ displayName, email }: TypedProfile): ValidationError[] {
  const pointer = '#/displayName';
  const actual = [...(displayName ?? '')].length;
  const tooLong: ValidationError[] = actual > 64 ? [{ pointer, rule: 'too-long', limit: 64, actual }] : [];
  return [...tooLong, ...checkEmail(email ?? undefined)];
}

/** The rule that a proof of the password breaks. Whether the password is right, only the server can tell. */
export const checkProof = ({ password }: { password: string }): ValidationError[] =>
  missing('#/password', password);

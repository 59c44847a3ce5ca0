import { invalidRequest } from '../http/problems.ts';
import type { Member } from '../session/authentication.ts';
import type { Proofs } from '../ways/proof.ts';

/**
 * Lets a member leave the current password out who showed a passkey on this session within five minutes.
 * @param field the member of the body that has the password.
 * @throws {ProblemError} 400 `invalid-request`, which asks for that field.
 */
export function requirePasskeyProof(proofs: Proofs, member: Member, field: string): void {
  if (proofs.isProvenByPasskey(member)) return;
  const detail = 'The current password is required, unless a passkey was shown here within five minutes.';
  throw invalidRequest([{ pointer: `#/${field}`, rule: 'required', detail }]);
}

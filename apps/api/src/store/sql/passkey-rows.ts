import { type PasskeyRow, passkeys } from '../engines/tables.ts';
import { all, change, type Work } from '../engines/work.ts';
import type { PasskeyUse, StoredPasskey } from '../records.ts';

/** @returns the account's passkeys, the oldest first. */
export function* findPasskeys(accountId: string): Work<StoredPasskey[]> {
  const sql = `SELECT ${passkeys.columns} FROM passkeys WHERE account_id = ? ORDER BY created_at, id`;
  return (yield* all<PasskeyRow>(sql, accountId)).map(passkeys.toRecord);
}

/** @returns how many of some passkeys work at a host. */
export const countAt = (relyingPartyId: string, some: StoredPasskey[]): number =>
  some.filter((passkey) => passkey.relyingPartyId === relyingPartyId).length;

/**
 * Notes a use of an account's passkey.
 * @returns whether the passkey is still there and its sign count rose, or is 0 as before (WebAuthn section 7.2, step 22).
 */
export function* notePasskeyUse(
  accountId: string,
  { credentialId, signCount }: PasskeyUse,
  now: number,
): Work<boolean> {
  const noted = yield* change(
    `UPDATE passkeys SET sign_count = ?, last_used_at = ?
     WHERE credential_id = ? AND account_id = ? AND (sign_count < ? OR (sign_count = 0 AND ? = 0))`,
    ...[signCount, now, credentialId, accountId, signCount, signCount],
  );
  return noted > 0;
}

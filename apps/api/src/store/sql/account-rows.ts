import type { Engine } from '../engines/engine.ts';
import { type AccountRow, accounts } from '../engines/tables.ts';
import { change, one, type Work } from '../engines/work.ts';
import { isPasswordAlone, withMark } from '../password-mark.ts';

// An account whose events are still being removed has this in the place of its password hash, and is gone for everybody.
const accountById = `SELECT ${accounts.columns} FROM accounts WHERE id = ? AND password_hash <> 'leaving'`;

/** @returns the account's row, or undefined when it is gone. */
export const findAccountRow = (accountId: string): Work<AccountRow | undefined> =>
  one<AccountRow>(accountById, accountId);

/**
 * Holds an account's row until the transaction ends. Work that writes sessions of an account holds its row first, so
 * that logins and a new password come one by one.
 * @returns the row, or undefined when the account is gone.
 */
export const holdAccountRow = ({ lockingRows }: Engine, accountId: string): Work<AccountRow | undefined> =>
  one<AccountRow>(`${accountById} ${lockingRows}`, accountId);

/**
 * Sets the password of an account whose row is held.
 * @param hash in PHC string format. @param isAlone whether it is enough alone; left out: that stays as it is
 */
export const setPasswordHash = (
  account: AccountRow,
  hash: string,
  isAlone = isPasswordAlone(account.password_hash),
): Work<number> =>
  change('UPDATE accounts SET password_hash = ? WHERE id = ?', withMark(hash, isAlone), account.id);

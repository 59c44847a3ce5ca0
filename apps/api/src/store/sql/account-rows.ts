import type { Engine } from '../engines/engine.ts';
import { type AccountRow, accounts } from '../engines/tables.ts';
import { one, type Work } from '../engines/work.ts';

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

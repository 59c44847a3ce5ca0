import { monotonicClock } from '../clock.ts';
import { nameHash } from '../password/limits.ts';
import { askNewPassword } from './new-password.ts';
import { withDatabase } from './open-database.ts';
import { logOperatorEvent } from './operator-log.ts';
import { noAccount } from './usage-error.ts';

/**
 * Sets a new password for a person who forgot the old one, and ends all sessions of that person. No old password is
 * asked for: the operator can write into the database anyway.
 * @param username lower case.
 * @param options `isAlone`: the password is enough without a passkey from now on, for a person who has none left.
 * @throws {UsageError} when no account has the username, or when the new password is not good enough.
 */
export const setPassword = (username: string, { isAlone }: { isAlone: boolean }): Promise<void> =>
  withDatabase(async (store, config) => {
    const account = await store.findAccount(username);
    if (!account) throw noAccount(username);
    const passwordHash = await askNewPassword(`New password for ${username}: `, username, config);
    const change = { passwordHash, nameHash: nameHash(username), ...(isAlone && { isAlone }) };
    if ((await store.setPassword(username, change, monotonicClock()())) === 'no-such-account') {
      throw noAccount(username);
    }
    logOperatorEvent('authn_password_change', account.id);
    process.stdout.write(
      `The password of ${username} is changed, and all sessions of ${username} are revoked.\n${isAlone ? 'It is enough without a passkey.\n' : ''}`,
    );
  });

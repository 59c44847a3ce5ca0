import type { Engine } from '../engines/engine.ts';
import { change, one } from '../engines/work.ts';
import { isPasswordAlone } from '../password-mark.ts';
import type { PasswordStore } from '../passwords.ts';
import { holdAccountRow, setPasswordHash } from './account-rows.ts';
import { recordEvent, terminal } from './activity.ts';
import { takeLinksBack } from './link-rows.ts';
import { endSessionsBut, writeTombstones } from './session-rows.ts';

/** @returns the part of the store that replaces passwords. */
export function createPasswordStore(engine: Engine): PasswordStore {
  const { write } = engine;

  return {
    changePassword: (accountId, { passwordHash, verifiedHash, nameHash }, { shownHash, newHash }, by, now) =>
      write(function* () {
        const account = yield* holdAccountRow(engine, accountId);
        const shown = yield* one(
          'SELECT id FROM sessions WHERE ticket_hash = ? AND account_id = ?',
          ...[shownHash, accountId],
        );
        if (!shown) return 'not-live';
        if (account?.password_hash !== verifiedHash) return 'credentials-changed';
        const sql = 'UPDATE sessions SET ticket_hash = ? WHERE ticket_hash = ?';
        // On PostgreSQL the session may have ended since the SELECT.
        if ((yield* change(sql, newHash, shownHash)) === 0) return 'not-live';
        yield* writeTombstones([{ ticketHash: shownHash, reason: 'replaced' }], now);
        yield* endSessionsBut(accountId, newHash, now);
        yield* setPasswordHash(account, passwordHash);
        yield* takeLinksBack(accountId, ['reset'], now);
        yield* change('DELETE FROM login_failures WHERE name_hash = ?', nameHash);
        yield* recordEvent(accountId, 'password-changed', by, now);
        return 'changed';
      }),

    setPassword: (username, { passwordHash, nameHash, isAlone }, now) =>
      write(function* () {
        const found = yield* one<{ id: string }>('SELECT id FROM accounts WHERE username = ?', username);
        const account = found && (yield* holdAccountRow(engine, found.id));
        if (!account) return 'no-such-account';
        yield* setPasswordHash(account, passwordHash, isAlone);
        yield* endSessionsBut(account.id, '', now);
        yield* takeLinksBack(account.id, ['reset'], now);
        yield* change('DELETE FROM login_failures WHERE name_hash = ?', nameHash);
        yield* recordEvent(account.id, 'password-reset', terminal, now);
        if (isAlone && !isPasswordAlone(account.password_hash))
          yield* recordEvent(account.id, 'login-methods-changed', terminal, now);
        return 'set';
      }),
  };
}

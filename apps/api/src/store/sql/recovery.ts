import type { Engine } from '../engines/engine.ts';
import { all, change, insert, one, type Work } from '../engines/work.ts';
import type { RecoveryStore } from '../recovery.ts';
import type { StoreCaps } from '../retention.ts';
import { holdAccountRow } from './account-rows.ts';
import { actorOf, recordEvent } from './activity.ts';
import { holdMember, replacePassword } from './member-sessions.ts';

/** @returns the part of the store that keeps recovery codes. */
export function createRecoveryStore(engine: Engine, caps: StoreCaps): RecoveryStore {
  const { read, write } = engine;

  return {
    async recoveryCodesOf(accountId) {
      const sql = 'SELECT code_hash FROM recovery_codes WHERE account_id = ? ORDER BY code_hash';
      return (await read(all<{ code_hash: string }>(sql, accountId))).map((row) => row.code_hash);
    },

    replaceRecoveryCodes: (hashes, member, now) =>
      write(function* () {
        const { accountId } = member;
        if ((yield* holdMember(engine, member)) === undefined) return 'not-live';
        yield* change('DELETE FROM recovery_codes WHERE account_id = ?', accountId);
        yield* insert(
          'recovery_codes',
          hashes.map((hash) => ({ account_id: accountId, code_hash: hash })),
        );
        yield* recordEvent(accountId, 'recovery-codes-made', member.by, now);
        return 'replaced';
      }),

    recover: (session, { codeHash, passwordHash, nameHash }, shownTicketHash) =>
      write(function* () {
        const account = yield* holdAccountRow(engine, session.accountId);
        if (!account) return 'refused';
        const sql = 'DELETE FROM recovery_codes WHERE account_id = ? AND code_hash = ?';
        // Of many at once with one code the first deletes it.
        if ((yield* change(sql, account.id, codeHash)) === 0) return 'refused';
        yield* recordEvent(account.id, 'recovery-code-used', actorOf(session), session.createdAt);
        yield* replacePassword(account, { passwordHash, nameHash }, session, shownTicketHash, caps);
        return 'recovered';
      }),
  };
}

/** @returns how many recovery codes an account has left. */
export function* countRecoveryCodes(accountId: string): Work<number> {
  const sql = 'SELECT count(*) AS codes FROM recovery_codes WHERE account_id = ?';
  return Number((yield* one<{ codes: number }>(sql, accountId))?.codes ?? 0);
}

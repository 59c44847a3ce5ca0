import type { Engine } from '../engines/engine.ts';
import { accounts, type PasskeyRow, passkeys } from '../engines/tables.ts';
import { change, insert, one } from '../engines/work.ts';
import type { PasskeyStore } from '../passkeys.ts';
import { isPasswordAlone } from '../password-mark.ts';
import type { StoreCaps } from '../retention.ts';
import { findAccountRow, holdAccountRow } from './account-rows.ts';
import { recordEvent } from './activity.ts';
import { takeLinksBack } from './link-rows.ts';
import { holdMember, startMemberSession } from './member-sessions.ts';
import { countAt, findPasskeys, notePasskeyUse } from './passkey-rows.ts';

/** @returns the part of the store that keeps passkeys. */
export function createPasskeyStore(engine: Engine, caps: StoreCaps): PasskeyStore {
  const { read, write } = engine;

  function* find(credentialId: string) {
    const sql = `SELECT ${passkeys.columns} FROM passkeys WHERE credential_id = ?`;
    const row = yield* one<PasskeyRow>(sql, credentialId);
    const account = row && (yield* findAccountRow(row.account_id));
    return account && { passkey: passkeys.toRecord(row), account: accounts.toRecord(account) };
  }

  return {
    passkeysOf: (accountId) => read(findPasskeys(accountId)),

    findPasskey: (credentialId) => read(find(credentialId)),

    async findOtherRelyingParty(relyingPartyId) {
      // Each part finds its answer in the index, without a look at every passkey.
      const part = (compared: string) =>
        `SELECT relying_party_id AS other FROM passkeys WHERE relying_party_id ${compared} ?`;
      const sql = `${part('<')} UNION ALL ${part('>')} LIMIT 1`;
      return (await read(one<{ other: string }>(sql, relyingPartyId, relyingPartyId)))?.other;
    },

    addPasskey: (passkey, member, now) =>
      write(function* () {
        const { accountId } = member;
        if ((yield* holdMember(engine, member)) === undefined) return 'not-live';
        if ((yield* findPasskeys(accountId)).length >= caps.maxPasskeysPerAccount) return 'too-many';
        const rows = [passkeys.toRow(passkey)];
        const added = yield* insert('passkeys', rows, 'ON CONFLICT (credential_id) DO NOTHING');
        if (added === 0) return 'known';
        yield* recordEvent(accountId, 'passkey-added', member.by, now);
        return 'added';
      }),

    renamePasskey: (accountId, id, name) =>
      write(function* () {
        const row = yield* one<PasskeyRow>(
          `UPDATE passkeys SET name = ? WHERE id = ? AND account_id = ? RETURNING ${passkeys.columns}`,
          ...[name, id, accountId],
        );
        return row && passkeys.toRecord(row);
      }),

    removePasskey: (id, relyingPartyId, member, now) =>
      write(function* () {
        const { accountId } = member;
        const password = yield* holdMember(engine, member);
        if (password === undefined) return 'not-live';
        const own = yield* findPasskeys(accountId);
        const others = own.filter((passkey) => passkey.id !== id);
        if (others.length === own.length) return 'not-found';
        // Passkeys of other hosts may go, whatever is left: they are no way in.
        const isLast = countAt(relyingPartyId, own) > 0 && countAt(relyingPartyId, others) === 0;
        if (isLast && !isPasswordAlone(password)) return 'last-way-in';
        yield* change('DELETE FROM passkeys WHERE id = ?', id);
        // Whoever holds the passkey, lost or stolen, may have shown it a moment ago.
        yield* change(
          'UPDATE sessions SET passkey_proven_at = NULL WHERE account_id = ? AND ticket_hash <> ?',
          ...[accountId, member.ticketHash],
        );
        yield* takeLinksBack(accountId, ['device'], now);
        yield* recordEvent(accountId, 'passkey-removed', member.by, now);
        return 'removed';
      }),

    logInWithPasskey: (session, use, shownTicketHash) =>
      write(function* () {
        const account = yield* holdAccountRow(engine, session.accountId);
        if (!account) return 'refused';
        if (!(yield* notePasskeyUse(session.accountId, use, session.createdAt))) return 'refused';
        yield* startMemberSession(session, shownTicketHash, caps);
        return 'logged-in';
      }),
  };
}

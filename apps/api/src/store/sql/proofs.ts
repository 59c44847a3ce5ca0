import type { Engine } from '../engines/engine.ts';
import { change } from '../engines/work.ts';
import { isPasswordAlone, withMark, withoutMark } from '../password-mark.ts';
import type { ProofStore } from '../proofs.ts';
import { holdAccountRow } from './account-rows.ts';
import { idOfHour, recordEvent } from './activity.ts';
import { findFailures, forgetFailures } from './logins.ts';
import { holdMember } from './member-sessions.ts';
import { countAt, findPasskeys, notePasskeyUse } from './passkey-rows.ts';
import { countRecoveryCodes } from './recovery.ts';
import { endSessionsBut } from './session-rows.ts';

/** @returns the part of the store that keeps proofs, and which proof a login needs. */
export function createProofStore(engine: Engine): ProofStore {
  const { write } = engine;

  return {
    proveByPasskey: (accountId, ticketHash, use, now) =>
      write(function* () {
        if ((yield* holdMember(engine, { accountId, ticketHash })) === undefined) return 'not-live';
        if (!(yield* notePasskeyUse(accountId, use, now))) return 'refused';
        yield* change('UPDATE sessions SET passkey_proven_at = ? WHERE ticket_hash = ?', now, ticketHash);
        return 'proven';
      }),

    proveByPassword: (accountId, ticketHash, { verifiedHash, failureKey }, now) =>
      write(function* () {
        const password = yield* holdMember(engine, { accountId, ticketHash });
        if (password === undefined) return 'not-live';
        if (password !== verifiedHash) return 'credentials-changed';
        yield* change('UPDATE sessions SET password_proven_at = ? WHERE ticket_hash = ?', now, ticketHash);
        yield* forgetFailures(failureKey);
        return 'proven';
      }),

    setPasswordAlone: (passwordAlone, relyingPartyId, member, now) =>
      write(function* () {
        const { accountId, ticketHash, by } = member;
        const password = yield* holdMember(engine, member);
        if (password === undefined) return 'not-live';
        if (!passwordAlone) {
          const isEnough =
            countAt(relyingPartyId, yield* findPasskeys(accountId)) > 0 &&
            (yield* countRecoveryCodes(accountId)) > 0;
          if (!isEnough) return 'last-way-in';
        }
        if (isPasswordAlone(password) === passwordAlone) return 'set';
        yield* change(
          'UPDATE accounts SET password_hash = ? WHERE id = ?',
          ...[withMark(withoutMark(password), passwordAlone), accountId],
        );
        if (!passwordAlone) yield* endSessionsBut(accountId, ticketHash, now);
        yield* recordEvent(accountId, 'login-methods-changed', by, now);
        return 'set';
      }),

    notePasskeyMissing: (accountId, { nameHash, network }, by, now) =>
      write(function* () {
        // As many statements as where a failure is counted, so that the time does not tell that the password was right.
        yield* findFailures(nameHash);
        yield* holdAccountRow(engine, accountId);
        const id = idOfHour(accountId, 'passkey-missing', network, now);
        yield* recordEvent(accountId, 'passkey-missing', by, now, { id });
      }),
  };
}

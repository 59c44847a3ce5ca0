import { emptyProfile, type Profile } from '@coatcheck/api-types';
import type { AccountStore, NameRefusal } from '../accounts.ts';
import type { Engine } from '../engines/engine.ts';
import {
  type AccountRow,
  accounts,
  columnOf,
  type LinkRow,
  links,
  type SessionRow,
  sessions,
} from '../engines/tables.ts';
import { all, change, insert, one, type Work } from '../engines/work.ts';
import { StoreUnavailable } from '../errors.ts';
import type { Account, Dossier } from '../records.ts';
import { windowsOfAccounts } from '../windows.ts';
import { findAccountRow, holdAccountRow } from './account-rows.ts';
import { actorOf, idOfHour, recordEvent, terminal } from './activity.ts';
import { eraseAccount } from './erase.ts';
import { findFailures } from './logins.ts';
import { isNameLeft, keepLeftName } from './names.ts';
import { findPasskeys } from './passkey-rows.ts';
import { countRecoveryCodes } from './recovery.ts';
import { endSessionsBut, startSession } from './session-rows.ts';

const profileFields = Object.keys(emptyProfile) as (keyof Profile)[];
const settingProfile = (value: string) =>
  profileFields.map((field) => `${columnOf(field)} = ${value}`).join(', ');

/** @returns the part of the store that keeps accounts. */
export function createAccountStore(engine: Engine): AccountStore {
  const { read, write } = engine;

  return {
    async findAccount(username) {
      const sql = `SELECT ${accounts.columns} FROM accounts WHERE username = ?`;
      const row = await read(one<AccountRow>(sql, username));
      return row && accounts.toRecord(row);
    },

    register: (account, session, shownTicketHash) =>
      write(function* () {
        const outcome = yield* insertAccount(account);
        if (outcome !== 'inserted') return outcome;
        yield* startSession(session, shownTicketHash);
        yield* recordEvent(account.id, 'registered', actorOf(session), session.createdAt);
        return 'registered';
      }),

    addAccount: (account) =>
      write(function* () {
        const outcome = yield* insertAccount(account);
        if (outcome !== 'inserted') return outcome;
        yield* recordEvent(account.id, 'registered', terminal, account.createdAt);
        return 'added';
      }),

    changeProfile: (accountId, change, by, now) =>
      write(function* () {
        const row = yield* holdAccountRow(engine, accountId);
        if (!row) return undefined;
        const profile = { ...accounts.toRecord(row), ...change };
        const changed = yield* one<AccountRow>(
          `UPDATE accounts SET ${settingProfile('?')} WHERE id = ? RETURNING ${accounts.columns}`,
          ...[...profileFields.map((field) => profile[field]), accountId],
        );
        const id = idOfHour(accountId, 'profile-changed', by.sessionId ?? '', now);
        yield* recordEvent(accountId, 'profile-changed', by, now, { id });
        return changed && accounts.toRecord(changed);
      }),

    everythingAbout: (accountId, nameHash, now) => read(collectDossier(accountId, nameHash, now)),

    async deleteAccount(accountId, { verifiedHash, nameHash }, now) {
      const outcome = await write(function* () {
        const account = yield* holdAccountRow(engine, accountId);
        if (account?.password_hash !== verifiedHash) return 'credentials-changed';
        yield* endSessionsBut(accountId, '', now);
        // Nothing tells whose session it was that ended earlier. No ended session can answer a challenge, so all of them go.
        yield* change(
          `DELETE FROM challenges WHERE session_id IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.id = challenges.session_id)`,
        );
        for (const table of ['familiar_networks', 'passkeys', 'recovery_codes', 'links']) {
          yield* change(`DELETE FROM ${table} WHERE account_id = ?`, accountId);
        }
        yield* change('DELETE FROM login_failures WHERE name_hash = ?', nameHash);
        for (const name of Object.values(windowsOfAccounts)) {
          yield* change('DELETE FROM windows WHERE key = ?', `${name}:${accountId}`);
        }
        yield* keepLeftName(account.username);
        // The account can have many events. From here on they belong to nobody, and are removed in pieces.
        yield* change(
          `UPDATE accounts SET username = ?, password_hash = 'leaving', ${settingProfile('NULL')} WHERE id = ?`,
          ...[`~${accountId}`, accountId],
        );
        return 'deleted';
      });
      if (outcome === 'deleted') await eraseAccount(engine, accountId).catch(leaveToTheSweep);
      engine.noteErasure();
      return outcome;
    },
  };
}

/** Writes the row of an account, unless its name is taken. */
export function* insertAccount(account: Account): Work<'inserted' | NameRefusal> {
  const rows = [accounts.toRow(account)];
  const inserted = yield* insert('accounts', rows, 'ON CONFLICT (username) DO NOTHING');
  if (inserted === 0) return 'username-taken';
  // Looked at only now: on PostgreSQL the INSERT waits for a transaction that is deleting an account of this name.
  if (!(yield* isNameLeft(account.username))) return 'inserted';
  yield* change('DELETE FROM accounts WHERE id = ?', account.id);
  return 'name-left';
}

function* collectDossier(accountId: string, nameHash: string, now: number): Work<Dossier | undefined> {
  const own = (columns: string, table: string) => `SELECT ${columns} FROM ${table} WHERE account_id = ?`;
  const account = yield* findAccountRow(accountId);
  if (!account) return undefined;
  const rows = yield* all<SessionRow>(own(sessions.columns, 'sessions'), accountId);
  return {
    account: accounts.toRecord(account),
    sessions: rows.map(sessions.toRecord),
    familiarNetworks: yield* all(
      own('network, last_login_at AS "lastLoginAt"', 'familiar_networks'),
      accountId,
    ),
    loginFailures: yield* findFailures(nameHash),
    passkeys: yield* findPasskeys(accountId),
    recoveryCodesLeft: yield* countRecoveryCodes(accountId),
    links: (yield* all<LinkRow>(
      `${own(links.columns, 'links')} AND ended IS NULL AND over_at > ? ORDER BY created_at`,
      ...[accountId, now],
    )).map(links.toRecord),
  };
}

/** The account is gone whatever happens. The next sweep removes what is left. */
function leaveToTheSweep(error: unknown): void {
  if (!(error instanceof StoreUnavailable)) throw error;
}

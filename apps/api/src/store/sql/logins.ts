import type { Engine } from '../engines/engine.ts';
import { all, change, insert, one, type Work } from '../engines/work.ts';
import type { LoginStore } from '../logins.ts';
import type { FailureKey, NetworkFailures } from '../records.ts';
import { retentionMs, type StoreCaps } from '../retention.ts';
import { holdAccountRow, setPasswordHash } from './account-rows.ts';
import { idOfHour, recordEvent } from './activity.ts';
import { startMemberSession } from './member-sessions.ts';

/** @returns the part of the store that keeps logins, successful and failed ones. */
export function createLoginStore(engine: Engine, caps: StoreCaps): LoginStore {
  const { read, write } = engine;

  return {
    logIn: (session, { verifiedHash, newHash, failureKey }, shownTicketHash) =>
      write(function* () {
        const { accountId } = session;
        const account = yield* holdAccountRow(engine, accountId);
        if (account?.password_hash !== verifiedHash) return 'credentials-changed';
        if (newHash !== undefined) {
          yield* setPasswordHash(account, newHash);
        }
        yield* startMemberSession(session, shownTicketHash, caps);
        yield* forgetFailures(failureKey);
        return 'logged-in';
      }),

    loginFailures: (nameHash) => read(findFailures(nameHash)),

    countLoginFailure: (key, meant, now) =>
      write(function* () {
        // The time of the last failure is the time at which it was counted: a time of a wrong clock does not stay.
        yield* insert(
          'login_failures',
          countedUnder(key).map((network) => ({
            name_hash: key.nameHash,
            network,
            failures: 1,
            last_at: now,
          })),
          `ON CONFLICT (name_hash, network) DO UPDATE SET
             failures = CASE WHEN login_failures.last_at <= excluded.last_at - ${retentionMs.loginFailures} THEN 1
                             ELSE login_failures.failures + 1 END,
             last_at = excluded.last_at`,
        );
        // The statements are the same with and without such an account, so that the time they take does not tell.
        const accountId = meant.accountId ?? '';
        yield* holdAccountRow(engine, accountId);
        // Strangers must not fill the list: one event for each of their networks and hours.
        const id = idOfHour(accountId, meant.type, key.network, now);
        yield* recordEvent(accountId, meant.type, meant.by, now, { id });
      }),

    async isFamiliarNetwork(accountId, network, since) {
      const sql = `SELECT last_login_at FROM familiar_networks
                   WHERE account_id = ? AND network = ? AND last_login_at > ?`;
      return (await read(one(sql, accountId, network, since))) !== undefined;
    },
  };
}

/** Forgets the failures under which an attempt falls. */
export function* forgetFailures(key: FailureKey): Work<void> {
  for (const network of countedUnder(key)) {
    const sql = 'DELETE FROM login_failures WHERE name_hash = ? AND network = ?';
    yield* change(sql, key.nameHash, network);
  }
}

/** @returns the failed logins that are counted for a name. */
export const findFailures = (nameHash: string): Work<NetworkFailures[]> =>
  all<NetworkFailures>(
    'SELECT network, failures AS count, last_at AS "lastAt" FROM login_failures WHERE name_hash = ?',
    nameHash,
  );

/** @returns the counts under which an attempt falls, in an order in which two transactions never wait for each other. */
const countedUnder = ({ network, familiar }: FailureKey) => (familiar ? [network] : ['', network]);

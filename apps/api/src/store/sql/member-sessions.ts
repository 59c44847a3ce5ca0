import type { Engine } from '../engines/engine.ts';
import type { AccountRow } from '../engines/tables.ts';
import { all, change, one, type Work } from '../engines/work.ts';
import type { LiveMember, NewSession } from '../records.ts';
import type { StoreCaps } from '../retention.ts';
import { holdAccountRow, setPasswordHash } from './account-rows.ts';
import { actorOf, isNewDevice, recordEvent } from './activity.ts';
import { takeLinksBack } from './link-rows.ts';
import { endSession, endSessionsBut, startSession } from './session-rows.ts';

/**
 * Starts the session of a login, whichever way the member came in, and records it. The caller holds the account's row.
 * Above `maxSessionsPerAccount` live sessions, the least recently used ones end as `revoked`.
 */
export function* startMemberSession(
  session: NewSession & { accountId: string },
  shownTicketHash: string | undefined,
  { maxSessionsPerAccount }: StoreCaps,
): Work<void> {
  const { accountId, createdAt, ticketHash } = session;
  yield* startSession(session, shownTicketHash);
  const by = actorOf(session);
  const newDevice = yield* isNewDevice(accountId, by);
  yield* recordEvent(accountId, 'logged-in', by, createdAt, { newDevice });
  const others = yield* all<{ ticket_hash: string }>(
    'SELECT ticket_hash FROM sessions WHERE account_id = ? AND ticket_hash <> ? ORDER BY last_seen_at DESC',
    ...[accountId, ticketHash],
  );
  for (const surplus of others.slice(maxSessionsPerAccount - 1)) {
    yield* endSession(surplus.ticket_hash, 'revoked', createdAt);
  }
}

/**
 * Sets a password for a person who came in without the old one, and starts their session. Every other session of the
 * account ends as `revoked`, waiting links of the account are taken back, and the failed logins that are counted for the
 * name are forgotten.
 * @param account its row, which the caller holds. @param change `passwordHash` in PHC string format
 */
export function* replacePassword(
  account: AccountRow,
  { passwordHash, nameHash }: { passwordHash: string; nameHash: string },
  session: NewSession & { accountId: string },
  shownTicketHash: string | undefined,
  caps: StoreCaps,
): Work<void> {
  yield* setPasswordHash(account, passwordHash);
  yield* startMemberSession(session, shownTicketHash, caps);
  yield* endSessionsBut(account.id, session.ticketHash, session.createdAt);
  yield* takeLinksBack(account.id, ['reset'], session.createdAt);
  yield* change('DELETE FROM login_failures WHERE name_hash = ?', nameHash);
}

/**
 * Holds the rows of a member's account and session until the transaction ends.
 * @returns the stored password of the account, or undefined when the session has ended.
 */
export function* holdMember(
  engine: Engine,
  { accountId, ticketHash }: Pick<LiveMember, 'accountId' | 'ticketHash'>,
): Work<string | undefined> {
  const account = yield* holdAccountRow(engine, accountId);
  const session = yield* one(
    `SELECT id FROM sessions WHERE ticket_hash = ? AND account_id = ? ${engine.lockingRows}`,
    ...[ticketHash, accountId],
  );
  return session === undefined ? undefined : account?.password_hash;
}

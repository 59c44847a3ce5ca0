import type { Engine } from '../engines/engine.ts';
import { type LinkRow, links } from '../engines/tables.ts';
import { all, change, insert, one, type Work } from '../engines/work.ts';
import type { LinkStore, NamedLink, NewLink } from '../links.ts';
import type { StoreCaps } from '../retention.ts';
import { findAccountRow, holdAccountRow } from './account-rows.ts';
import { insertAccount } from './accounts.ts';
import { actorOf, recordEvent, terminal } from './activity.ts';
import { takeLinksBack, useLink } from './link-rows.ts';
import { holdMember, replacePassword, startMemberSession } from './member-sessions.ts';
import { startSession } from './session-rows.ts';

/** @returns the part of the store that keeps one-time links. */
export function createLinkStore(engine: Engine, caps: StoreCaps): LinkStore {
  const { read, write } = engine;

  return {
    makeInvitation: (link, now) =>
      write(function* () {
        const sql = `SELECT count(*) AS waiting FROM links WHERE kind = 'invitation' AND ended IS NULL AND over_at > ?`;
        const row = yield* one<{ waiting: number }>(sql, now);
        if (Number(row?.waiting) >= caps.maxWaitingInvitations) return 'too-many';
        yield* insertLink(link);
        return 'made';
      }),

    makeResetLink: (link, now) =>
      write(function* () {
        if (!(yield* holdAccountRow(engine, link.accountId))) return 'no-such-account';
        yield* takeLinksBack(link.accountId, ['reset'], now);
        yield* insertLink(link);
        yield* recordEvent(link.accountId, 'reset-link-made', terminal, now);
        return 'made';
      }),

    makeDeviceLink: (link, member, now) =>
      write(function* () {
        if ((yield* holdMember(engine, member)) === undefined) return 'not-live';
        yield* takeLinksBack(link.accountId, ['device'], now);
        yield* insertLink(link);
        yield* recordEvent(link.accountId, 'device-link-made', member.by, now);
        return 'made';
      }),

    findLink: (tokenHash) => read(findNamed(tokenHash)),

    acceptInvitation: (tokenHash, account, session, shownTicketHash) =>
      write(function* () {
        const { createdAt } = account;
        const waits = yield* one(
          `SELECT 1 FROM links WHERE token_hash = ? AND kind = 'invitation' AND ended IS NULL AND over_at > ?
           ${engine.lockingRows}`,
          ...[tokenHash, createdAt],
        );
        if (!waits) return 'void';
        const outcome = yield* insertAccount(account);
        if (outcome !== 'inserted') return outcome;
        yield* useLink(tokenHash, 'invitation', null, createdAt);
        yield* startSession(session, shownTicketHash);
        yield* recordEvent(account.id, 'registered', actorOf(session), createdAt);
        return 'used';
      }),

    resetPassword: (tokenHash, session, password, shownTicketHash) =>
      write(function* () {
        const account = yield* holdAccountRow(engine, session.accountId);
        if (!account) return 'void';
        if (!(yield* useLink(tokenHash, 'reset', account.id, session.createdAt))) return 'void';
        yield* recordEvent(account.id, 'reset-link-used', actorOf(session), session.createdAt);
        yield* replacePassword(account, password, session, shownTicketHash, caps);
        return 'used';
      }),

    logInByLink: (tokenHash, session, shownTicketHash) =>
      write(function* () {
        const account = yield* holdAccountRow(engine, session.accountId);
        if (!account) return 'void';
        if (!(yield* useLink(tokenHash, 'device', account.id, session.createdAt))) return 'void';
        yield* recordEvent(account.id, 'device-link-used', actorOf(session), session.createdAt);
        yield* startMemberSession(session, shownTicketHash, caps);
        return 'used';
      }),

    waitingLinks: (now) => read(findWaiting(now)),

    voidLink: (id, now) =>
      write(function* () {
        const sql = `UPDATE links SET ended = 'superseded', over_at = ? WHERE id = ? AND ended IS NULL AND over_at > ?`;
        return (yield* change(sql, now, id, now)) > 0 ? 'voided' : 'not-waiting';
      }),

    voidInvitations: (now) =>
      write(() =>
        change(
          `UPDATE links SET ended = 'superseded', over_at = ?
           WHERE kind = 'invitation' AND ended IS NULL AND over_at > ?`,
          ...[now, now],
        ),
      ),
  };
}

function* insertLink(link: NewLink): Work<void> {
  yield* insert('links', [links.toRow({ ...link, ended: null })]);
}

function* named(row: LinkRow): Work<NamedLink | undefined> {
  const link = links.toRecord(row);
  if (link.accountId === null) return { ...link, username: null };
  const account = yield* findAccountRow(link.accountId);
  return account && { ...link, username: account.username };
}

function* findNamed(tokenHash: string): Work<NamedLink | undefined> {
  const row = yield* one<LinkRow>(`SELECT ${links.columns} FROM links WHERE token_hash = ?`, tokenHash);
  return row && (yield* named(row));
}

function* findWaiting(now: number): Work<NamedLink[]> {
  const sql = `SELECT ${links.columns} FROM links WHERE ended IS NULL AND over_at > ? ORDER BY created_at, id`;
  const found: NamedLink[] = [];
  for (const row of yield* all<LinkRow>(sql, now)) {
    const link = yield* named(row);
    if (link) found.push(link);
  }
  return found;
}

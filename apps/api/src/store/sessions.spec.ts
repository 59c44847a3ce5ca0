import { describe, expect, it } from 'vitest';
import {
  by,
  hour,
  minute,
  type OpenStore,
  registered,
  someAccount,
  someSession,
  start,
} from '../../test/stored.ts';
import { recordOf } from './session-record.ts';
import type { Store } from './store.ts';

/** What every database promises of sessions, as tests. */
export function sessionContract(open: OpenStore): void {
  describe('a session', () => {
    it('is found by its ticket’s hash, with its account', async () => {
      const store = await open();
      const { account, session } = await registered(store);
      expect(await store.findSession(session.ticketHash, start)).toEqual({
        live: true,
        account,
        session: recordOf(session, {}),
      });
    });

    it('ends once, and says why from then on', async () => {
      const store = await open();
      const { session } = await registered(store);
      expect(await store.logOut(session.ticketHash, by, start)).toBe('ended');
      expect(await store.logOut(session.ticketHash, by, start)).toBe('not-live');
      expect(await store.findSession(session.ticketHash, start)).toEqual({
        live: false,
        reason: 'logged-out',
      });
    });

    it('is live among others until it ends or expires', async () => {
      const store = await open();
      const first = await registered(store);
      const second = { session: someSession(null) };
      await store.startGuest(second.session, {});
      const ids = ['nobody’s', first.session.id, second.session.id];
      expect(await store.liveAmong(ids, start)).toEqual(new Set(ids.slice(1)));
      await store.logOut(first.session.ticketHash, by, start);
      expect(await store.liveAmong(ids, start)).toEqual(new Set(ids.slice(2)));
      expect(await store.liveAmong(ids, second.session.idleExpiresAt - 1)).toEqual(new Set(ids.slice(2)));
      expect(await store.liveAmong(ids, second.session.idleExpiresAt)).toEqual(new Set());
      expect(await store.liveAmong([], start)).toEqual(new Set());
    });

    it('that never was leaves no trace by being ended', async () => {
      const store = await open();
      expect(await store.logOut('nobody', by, start)).toBe('not-live');
      expect(await store.findSession('nobody', start)).toEqual({ live: false, reason: 'unknown' });
    });

    it('is not brought back by a late renewal', async () => {
      const store = await open();
      const { session } = await registered(store);
      await store.logOut(session.ticketHash, by, start);
      const use = { lastSeenAt: start + minute, idleExpiresAt: start + 3 * hour, address: '192.0.2.1' };
      await store.renewSession(session.ticketHash, use);
      expect(await store.findSession(session.ticketHash, start)).toEqual({
        live: false,
        reason: 'logged-out',
      });
    });

    it('is renewed forwards only, and never past its end', async () => {
      const store = await open();
      const { session } = await registered(store);
      const renew = (lastSeenAt: number, idleExpiresAt: number) =>
        store.renewSession(session.ticketHash, { lastSeenAt, idleExpiresAt, address: '192.0.2.2' });
      await renew(start + hour, start + 3 * hour);
      await renew(start + minute, start + 2 * hour + minute);
      expect(await store.findSession(session.ticketHash, start + hour)).toMatchObject({
        session: { lastSeenAt: start + hour, idleExpiresAt: start + 3 * hour, address: '192.0.2.2' },
      });
      await renew(start + 2 * hour, start + 100 * hour);
      expect(await store.findSession(session.ticketHash, start + 2 * hour)).toMatchObject({
        session: { idleExpiresAt: session.expiresAt },
      });
    });

    it('lives until its idle limit, and stays ended when the clock is set back', async () => {
      const store = await open();
      const { session } = await registered(store);
      expect(await store.findSession(session.ticketHash, session.idleExpiresAt - 1)).toMatchObject({
        live: true,
      });
      const ended = { live: false, reason: 'expired-idle' };
      expect(await store.findSession(session.ticketHash, session.idleExpiresAt)).toEqual(ended);
      expect(await store.findSession(session.ticketHash, start)).toEqual(ended);
    });

    it('says that its whole life is over when that was the limit it reached', async () => {
      const store = await open();
      const account = someAccount();
      const session = someSession(account.id, { idleExpiresAt: start + hour, expiresAt: start + hour });
      await store.register(account, session);
      expect(await store.findSession(session.ticketHash, start + hour)).toEqual({
        live: false,
        reason: 'expired-absolute',
      });
    });
  });

  describe('the sessions of an account', () => {
    async function withTwo(store: Store) {
      const { account, session, proof } = await registered(store);
      const second = someSession(account.id, { lastSeenAt: start + minute });
      await store.logIn(second, proof);
      const other = await registered(store);
      return { account, session, second, other };
    }

    it('are listed live, the last used first', async () => {
      const store = await open();
      const { account, session, second } = await withTwo(store);
      const ids = async (now: number) => (await store.sessionsOf(account.id, now)).map(({ id }) => id);
      expect(await ids(start)).toEqual([second.id, session.id]);
      expect(await ids(start + 2 * hour)).toEqual([]);
    });

    it('end one by one, and only for whom they belong to', async () => {
      const store = await open();
      const { account, session, second, other } = await withTwo(store);
      expect(await store.endSessionOf(account.id, other.session.id, by, start)).toBe('not-found');
      expect(await store.endSessionOf(account.id, second.id, by, start)).toBe('ended');
      expect(await store.endSessionOf(account.id, second.id, by, start)).toBe('not-found');
      expect(await store.findSession(second.ticketHash, start)).toEqual({ live: false, reason: 'revoked' });
      for (const { ticketHash } of [session, other.session]) {
        expect(await store.findSession(ticketHash, start)).toMatchObject({ live: true });
      }
    });

    it('end all but one', async () => {
      const store = await open();
      const { account, session, second, other } = await withTwo(store);
      expect(await store.endOtherSessions(account.id, second.ticketHash, by, start)).toEqual([session.id]);
      expect(await store.endOtherSessions(account.id, second.ticketHash, by, start)).toEqual([]);
      expect(await store.findSession(session.ticketHash, start)).toEqual({ live: false, reason: 'revoked' });
      for (const { ticketHash } of [second, other.session]) {
        expect(await store.findSession(ticketHash, start)).toMatchObject({ live: true });
      }
    });
  });
}

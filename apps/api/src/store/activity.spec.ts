import { describe, expect, it } from 'vitest';
import {
  by,
  change,
  hour,
  meant,
  minute,
  type OpenStore,
  registered,
  someSession,
  start,
} from '../../test/stored.ts';
import type { StoredEvent } from './records.ts';
import { retentionMs } from './retention.ts';
import type { Store } from './store.ts';

/** What every database promises of activity, as tests. */
export function activityContract(open: OpenStore): void {
  describe('the activity of an account', () => {
    const types = (events: StoredEvent[]) => events.map(({ type }) => type);
    const told = async (store: Store, accountId: string) => types(await store.eventsOf(accountId, 100));

    it('tells what happened, newest first, to its owner alone', async () => {
      const store = await open();
      const { account, session, proof } = await registered(store);
      await registered(store);
      const at = (minutes: number) => start + minutes * minute;
      const second = someSession(account.id, { createdAt: at(1), browser: null });
      await store.logIn(second, proof);
      await store.changeProfile(account.id, { displayName: 'Ada' }, by, at(2));
      await store.endSessionOf(account.id, session.id, { ...by, sessionId: second.id }, at(3));
      const chosen = { ...change, verifiedHash: account.passwordHash };
      const tickets = { shownHash: second.ticketHash, newHash: 'newer' };
      await store.changePassword(account.id, chosen, tickets, by, at(4));
      await store.logOut('newer', by, at(5));
      await store.setPassword(account.username, change, at(6));
      expect(await store.eventsOf(account.id, 100)).toMatchObject([
        { type: 'password-reset', at: at(6), address: null, sessionId: null },
        { type: 'logged-out', at: at(5) },
        { type: 'password-changed', at: at(4) },
        { type: 'session-ended', at: at(3), ...by, sessionId: second.id, count: 1 },
        { type: 'profile-changed', at: at(2) },
        { type: 'logged-in', at: at(1), browser: null, sessionId: second.id, address: '192.0.2.1' },
        { type: 'registered', at: start, sessionId: session.id, browser: 'Firefox', newDevice: false },
      ]);
    });

    it('tells nothing that did not happen', async () => {
      const store = await open();
      const { account, session, proof, other } = {
        ...(await registered(store)),
        other: await registered(store),
      };
      await store.logIn(someSession(account.id), { ...proof, verifiedHash: '$argon2id$older' });
      await store.logOut('nobody', by, start);
      await store.endSessionOf(account.id, other.session.id, by, start);
      await store.endOtherSessions(account.id, session.ticketHash, by, start);
      const stale = { ...change, verifiedHash: '$argon2id$older' };
      await store.changePassword(
        account.id,
        stale,
        { shownHash: session.ticketHash, newHash: 'new' },
        by,
        start,
      );
      expect(await told(store, account.id)).toEqual(['registered']);
      expect(await told(store, other.account.id)).toEqual(['registered']);
    });

    it('tells how many sessions were ended at once', async () => {
      const store = await open();
      const { account, session, proof } = await registered(store);
      for (let more = 0; more < 3; more += 1) await store.logIn(someSession(account.id), proof);
      await store.endOtherSessions(account.id, session.ticketHash, by, start + 1);
      expect((await store.eventsOf(account.id, 1))[0]).toMatchObject({ type: 'session-ended', count: 3 });
    });

    it('marks a login from a browser and system that were not seen before', async () => {
      const store = await open();
      const { account, proof } = await registered(store);
      const logIn = async (browser: string | null, system: string | null, at: number) => {
        await store.logIn(someSession(account.id, { browser, system, createdAt: start + at }), proof);
        return (await store.eventsOf(account.id, 1))[0]?.newDevice;
      };
      expect(await logIn('Firefox', 'Linux', 1)).toBe(false);
      expect(await logIn('Firefox', 'iOS', 2)).toBe(true);
      expect(await logIn(null, 'Linux', 3)).toBe(true);
      expect(await logIn(null, null, 4)).toBe(true);
      expect(await logIn(null, null, 5)).toBe(false);
      expect(await logIn('Firefox', 'iOS', 6)).toBe(false);
    });

    it('gathers wrong passwords by network and hour, a hundred at a time', async () => {
      const store = await open();
      const { account } = await registered(store);
      const key = { nameHash: account.username, network: '192.0.2.1', familiar: false };
      const aimed = { ...meant, accountId: account.id };
      await Promise.all(
        Array.from({ length: 100 }, (_, at) => store.countLoginFailure(key, aimed, start + at)),
      );
      await store.countLoginFailure({ ...key, network: '192.0.2.9' }, aimed, start + 200);
      await store.countLoginFailure(key, { ...aimed, type: 'password-refused' }, start + 300);
      await store.countLoginFailure(key, aimed, start + hour);
      await store.countLoginFailure(key, { ...aimed, accountId: 'nobody' }, start);
      expect(await store.eventsOf(account.id, 100)).toMatchObject([
        { type: 'login-failed', at: start + hour, count: 1 },
        { type: 'password-refused', at: start + 300, count: 1 },
        { type: 'login-failed', at: start + 200, count: 1 },
        { type: 'login-failed', count: 100 },
        { type: 'registered' },
      ]);
    });

    it('is read page by page, with nothing left out or told twice', async () => {
      const store = await open();
      const { account } = await registered(store);
      // All in one moment: their places must still be different ones.
      for (let more = 0; more < 6; more += 1) {
        await store.changeProfile(account.id, {}, { ...by, sessionId: `session ${more}` }, start);
      }
      const all = await store.eventsOf(account.id, 100);
      const paged: StoredEvent[] = [];
      for (;;) {
        const page = await store.eventsOf(account.id, 2, paged.at(-1));
        if (page.length === 0) break;
        paged.push(...page);
      }
      expect(paged).toEqual(all);
      expect(new Set(paged.map(({ id }) => id)).size).toBe(7);
    });

    it('gathers changes of the profile by session and hour', async () => {
      const store = await open();
      const { account, session } = await registered(store);
      const change = (sessionId: string, at: number) =>
        store.changeProfile(account.id, { displayName: `at ${at}` }, { ...by, sessionId }, at);
      for (let times = 0; times < 20; times += 1) await change(session.id, start + times);
      await change('another', start + 100);
      await change(session.id, start + hour);
      expect(await store.eventsOf(account.id, 100)).toMatchObject([
        { type: 'profile-changed', at: start + hour, sessionId: session.id, count: 1 },
        { type: 'profile-changed', at: start + 100, sessionId: 'another', count: 1 },
        { type: 'profile-changed', at: start + 19, sessionId: session.id, count: 20 },
        { type: 'registered' },
      ]);
    });

    it('is kept for 90 days', async () => {
      const store = await open();
      const { account } = await registered(store);
      await store.sweep(start + retentionMs.events - 1, 100);
      expect(await told(store, account.id)).toEqual(['registered']);
      await store.sweep(start + retentionMs.events, 100);
      expect(await told(store, account.id)).toEqual([]);
    });
  });
}

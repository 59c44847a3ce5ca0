import { describe, expect, it } from 'vitest';
import {
  by,
  change,
  failuresOf,
  hour,
  meant,
  type OpenStore,
  registered,
  someSession,
  start,
} from '../../test/stored.ts';
import { retentionMs } from './retention.ts';

/** Sessions of an account in these tests. */
const maxSessionsPerAccount = 5;

/** What every database promises of logins, as tests. */
export function loginContract(open: OpenStore): void {
  describe('a login', () => {
    it('replaces the session whose ticket was shown', async () => {
      const store = await open();
      const { account, session, proof } = await registered(store);
      const next = someSession(account.id);
      expect(await store.logIn(next, proof, session.ticketHash)).toBe('logged-in');
      expect(await store.findSession(session.ticketHash, start)).toEqual({ live: false, reason: 'replaced' });
      expect(await store.findSession(next.ticketHash, start)).toMatchObject({ live: true, account });
    });

    it('leaves other sessions alone, and those that had ended as they were', async () => {
      const store = await open();
      const { account, session, proof } = await registered(store);
      const other = someSession(account.id);
      await store.logIn(other, proof);
      await store.logOut(session.ticketHash, by, start);
      await store.logIn(someSession(account.id), proof, session.ticketHash);
      expect(await store.findSession(session.ticketHash, start)).toEqual({
        live: false,
        reason: 'logged-out',
      });
      expect(await store.findSession(other.ticketHash, start)).toMatchObject({ live: true });
    });

    it('that checked an older password changes nothing', async () => {
      const store = await open();
      const { account, session, proof } = await registered(store);
      await store.setPassword(account.username, change, start);
      const late = someSession(account.id);
      expect(await store.logIn(late, proof, session.ticketHash)).toBe('credentials-changed');
      expect(await store.findSession(late.ticketHash, start)).toEqual({ live: false, reason: 'unknown' });
    });

    it('can bring a newer hash along', async () => {
      const store = await open();
      const { account, proof } = await registered(store);
      await store.logIn(someSession(account.id), { ...proof, newHash: '$argon2id$stronger' });
      expect(await store.findAccount(account.username)).toMatchObject({ passwordHash: '$argon2id$stronger' });
    });

    it('makes room among too many by ending the longest idle', async () => {
      const store = await open({ caps: { maxSessionsPerAccount } });
      const { account, session, proof } = await registered(store);
      for (let more = 1; more < maxSessionsPerAccount; more += 1) {
        await store.logIn(someSession(account.id, { lastSeenAt: start + more }), proof);
      }
      expect(await store.findSession(session.ticketHash, start)).toMatchObject({ live: true });
      const last = someSession(account.id);
      await store.logIn(last, proof);
      expect(await store.findSession(session.ticketHash, start)).toEqual({ live: false, reason: 'revoked' });
      expect(await store.findSession(last.ticketHash, start)).toMatchObject({ live: true });
    });
  });

  describe('logins at once', () => {
    it('and a new password leave no session that the old one opened', async () => {
      const store = await open();
      const { account, proof } = await registered(store);
      let verifiedHash = account.passwordHash;
      for (let round = 0; round < 30; round += 1) {
        const sessions = Array.from({ length: 4 }, () => someSession(account.id));
        const passwordHash = `$argon2id$round ${round}`;
        await Promise.all([
          ...sessions.slice(0, 2).map((session) => store.logIn(session, { ...proof, verifiedHash })),
          store.setPassword(account.username, { ...change, passwordHash }, start),
          ...sessions.slice(2).map((session) => store.logIn(session, { ...proof, verifiedHash })),
        ]);
        for (const { ticketHash } of sessions) {
          expect(await store.findSession(ticketHash, start)).toMatchObject({ live: false });
        }
        verifiedHash = passwordHash;
      }
    });

    it('never make more sessions than there may be', async () => {
      const store = await open({ caps: { maxSessionsPerAccount } });
      const { account, proof } = await registered(store);
      const sessions = Array.from({ length: maxSessionsPerAccount + 20 }, () => someSession(account.id));
      await Promise.all(sessions.map((session) => store.logIn(session, proof)));
      const found = await Promise.all(sessions.map(({ ticketHash }) => store.findSession(ticketHash, start)));
      expect(found.filter(({ live }) => live)).toHaveLength(maxSessionsPerAccount);
    });

    it('with one ticket all succeed, and that ticket is dead', async () => {
      const store = await open();
      const { account, session, proof } = await registered(store);
      const next = Array.from({ length: 10 }, () => someSession(account.id));
      await Promise.all(next.map((another) => store.logIn(another, proof, session.ticketHash)));
      expect(await store.findSession(session.ticketHash, start)).toEqual({ live: false, reason: 'replaced' });
      for (const { ticketHash } of next) {
        expect(await store.findSession(ticketHash, start)).toMatchObject({ live: true });
      }
    });
  });

  describe('failed logins', () => {
    const key = { nameHash: 'name', network: '192.0.2.1', familiar: false };

    const shared = { ...key, network: '' };

    it('are counted one by one, by a hundred at a time too', async () => {
      const store = await open();
      expect(await store.loginFailures('name')).toEqual([]);
      await Promise.all(Array.from({ length: 100 }, () => store.countLoginFailure(key, meant, start)));
      expect(await failuresOf(store, key)).toEqual({ count: 100, lastAt: start });
    });

    it('are counted apart by name and by network, and together for all unfamiliar networks', async () => {
      const store = await open();
      await store.countLoginFailure(key, meant, start);
      await store.countLoginFailure({ ...key, network: '192.0.2.2' }, meant, start);
      await store.countLoginFailure({ ...key, network: '192.0.2.3', familiar: true }, meant, start);
      const counts = (await store.loginFailures('name')).map(({ network, count }) => [network, count]);
      expect(Object.fromEntries(counts)).toEqual({
        '': 2,
        '192.0.2.1': 1,
        '192.0.2.2': 1,
        '192.0.2.3': 1,
      });
      expect(await store.loginFailures('other')).toEqual([]);
    });

    it('are forgotten after a rest', async () => {
      const store = await open();
      await store.countLoginFailure(key, meant, start);
      await store.countLoginFailure(key, meant, start + 1);
      await store.countLoginFailure(key, meant, start + 1 + retentionMs.loginFailures);
      const fresh = { count: 1, lastAt: start + 1 + retentionMs.loginFailures };
      expect(await failuresOf(store, key)).toEqual(fresh);
      expect(await failuresOf(store, shared)).toEqual(fresh);
    });

    it('are at the time of the last, though a clock was ahead before', async () => {
      const store = await open();
      await store.countLoginFailure(key, meant, start + 1000 * hour);
      await store.countLoginFailure(key, meant, start);
      expect(await failuresOf(store, shared)).toEqual({ count: 2, lastAt: start });
    });

    it('are cleared by a login for its network and all unfamiliar ones together, and for no other', async () => {
      const store = await open();
      const { account, proof } = await registered(store);
      const { failureKey } = proof;
      const elsewhere = { ...failureKey, network: '192.0.2.9' };
      await store.countLoginFailure(failureKey, meant, start);
      await store.countLoginFailure(elsewhere, meant, start);
      const atHome = { ...failureKey, familiar: true };
      await store.logIn(someSession(account.id), { ...proof, failureKey: atHome });
      expect(await failuresOf(store, failureKey)).toMatchObject({ count: 0 });
      expect(await failuresOf(store, { ...failureKey, network: '' })).toMatchObject({ count: 2 });
      await store.logIn(someSession(account.id), proof);
      expect(await failuresOf(store, { ...failureKey, network: '' })).toMatchObject({ count: 0 });
      expect(await failuresOf(store, elsewhere)).toMatchObject({ count: 1 });
    });

    it('are cleared under every key by a new password', async () => {
      const store = await open();
      const { account } = await registered(store);
      await store.countLoginFailure(key, meant, start);
      await store.countLoginFailure({ ...key, network: '192.0.2.9' }, meant, start);
      await store.setPassword(account.username, change, start);
      expect(await failuresOf(store, key)).toMatchObject({ count: 0 });
      expect(await failuresOf(store, { ...key, network: '192.0.2.9' })).toMatchObject({ count: 0 });
    });

    it('know the networks an account logged in from, since when', async () => {
      const store = await open();
      const { account } = await registered(store);
      expect(await store.isFamiliarNetwork(account.id, '192.0.2.1', start - 1)).toBe(true);
      expect(await store.isFamiliarNetwork(account.id, '192.0.2.1', start)).toBe(false);
      expect(await store.isFamiliarNetwork(account.id, '192.0.2.2', start - 1)).toBe(false);
      expect(await store.isFamiliarNetwork('nobody', '192.0.2.1', start - 1)).toBe(false);
    });
  });
}

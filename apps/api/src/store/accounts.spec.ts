import { describe, expect, it } from 'vitest';
import {
  by,
  failuresOf,
  meant,
  type OpenStore,
  registered,
  someAccount,
  someSession,
  start,
} from '../../test/stored.ts';
import { recordOf } from './session-record.ts';

/** What every database promises of accounts, as tests. */
export function accountContract(open: OpenStore): void {
  describe('accounts', () => {
    it('are found by name as they were written, and only those', async () => {
      const store = await open();
      const { account } = await registered(store);
      expect(await store.findAccount(account.username)).toEqual(account);
      expect(await store.findAccount('nobody')).toBeUndefined();
    });

    it('of one name are made once; the second try changes nothing', async () => {
      const store = await open();
      const { account, session } = await registered(store);
      const rival = someAccount({ username: account.username });
      const rivalSession = someSession(rival.id);
      expect(await store.register(rival, rivalSession, session.ticketHash)).toBe('username-taken');
      expect(await store.findAccount(account.username)).toEqual(account);
      expect(await store.findSession(rivalSession.ticketHash, start)).toEqual({
        live: false,
        reason: 'unknown',
      });
      expect(await store.findSession(session.ticketHash, start)).toMatchObject({ live: true });
    });

    it('of one name are made once by a hundred at a time', async () => {
      const store = await open();
      const username = 'everybody';
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, () => {
          const account = someAccount({ username });
          return store.register(account, someSession(account.id));
        }),
      );
      expect(outcomes.filter((outcome) => outcome === 'registered')).toHaveLength(1);
    });
  });

  describe('a profile', () => {
    it('is changed where something is given, and cleared by null', async () => {
      const store = await open();
      const { account } = await registered(store);
      const named = { ...account, displayName: 'Ada' };
      expect(await store.changeProfile(account.id, { displayName: 'Ada' }, by, start)).toEqual(named);
      const reached = { ...named, email: 'ada@example.com' };
      expect(await store.changeProfile(account.id, { email: 'ada@example.com' }, by, start)).toEqual(reached);
      expect(await store.changeProfile(account.id, {}, by, start)).toEqual(reached);
      expect(await store.changeProfile(account.id, { displayName: null }, by, start)).toMatchObject({
        displayName: null,
      });
      expect(await store.changeProfile('nobody', { displayName: 'Eve' }, by, start)).toBeUndefined();
    });
  });

  it('everything about an account is everything but its events, and nobody else’s', async () => {
    const store = await open();
    const { account, session, proof } = await registered(store);
    await registered(store);
    await store.countLoginFailure(proof.failureKey, { ...meant, accountId: account.id }, start + 1);
    expect(await store.everythingAbout(account.id, account.username, start)).toEqual({
      account,
      sessions: [recordOf(session, {})],
      familiarNetworks: [{ network: session.network, lastLoginAt: start }],
      loginFailures: [
        { network: '', count: 1, lastAt: start + 1 },
        { network: '192.0.2.1', count: 1, lastAt: start + 1 },
      ],
      passkeys: [],
      recoveryCodesLeft: 0,
      links: [],
    });
    expect(await store.everythingAbout('nobody', 'nobody', start)).toBeUndefined();
  });

  describe('an account that is deleted', () => {
    it('is gone with all its sessions, and others stay', async () => {
      const store = await open();
      const { account, session, proof } = await registered(store);
      const second = someSession(account.id);
      await store.logIn(second, proof);
      await store.countLoginFailure(proof.failureKey, meant, start);
      const other = await registered(store);
      const leaving = { verifiedHash: account.passwordHash, nameHash: proof.failureKey.nameHash };
      expect(await store.deleteAccount(account.id, leaving, start)).toBe('deleted');
      expect(await store.findAccount(account.username)).toBeUndefined();
      for (const { ticketHash } of [session, second]) {
        expect(await store.findSession(ticketHash, start)).toEqual({ live: false, reason: 'revoked' });
      }
      expect(await failuresOf(store, proof.failureKey)).toMatchObject({ count: 0 });
      expect(await store.isFamiliarNetwork(account.id, session.network, start - 1)).toBe(false);
      expect(await store.findSession(other.session.ticketHash, start)).toMatchObject({ live: true });
      expect(await store.logIn(someSession(account.id), proof)).toBe('credentials-changed');
    });

    it('stays when its password is another one by now', async () => {
      const store = await open();
      const { account, session } = await registered(store);
      const stale = { verifiedHash: '$argon2id$older', nameHash: 'name' };
      expect(await store.deleteAccount(account.id, stale, start)).toBe('credentials-changed');
      expect(await store.findSession(session.ticketHash, start)).toMatchObject({ live: true });
    });
  });
}

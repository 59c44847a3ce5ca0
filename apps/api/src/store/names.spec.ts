import { describe, expect, it } from 'vitest';
import { type OpenStore, registered, someAccount, someSession, start } from '../../test/stored.ts';
import type { Account } from './records.ts';
import type { Store } from './store.ts';

/** What every database promises of usernames, as tests. */
export function nameContract(open: OpenStore): void {
  const leave = async (store: Store, { id, passwordHash, username }: Account) =>
    expect(await store.deleteAccount(id, { verifiedHash: passwordHash, nameHash: username }, start)).toBe(
      'deleted',
    );
  const register = async (store: Store, username: string) => {
    const account = someAccount({ username });
    return { account, outcome: await store.register(account, someSession(account.id)) };
  };

  describe('a name', () => {
    it('is taken while an account has it, and no other name is', async () => {
      const store = await open();
      const { account } = await registered(store);
      expect(await store.isNameTaken(account.username)).toBe(true);
      expect(await store.isNameTaken('nobody.has.it')).toBe(false);
    });

    it('stays taken after its account was deleted; a try changes nothing', async () => {
      const store = await open();
      const { account, session } = await registered(store);
      await leave(store, account);
      expect(await store.isNameTaken(account.username)).toBe(true);
      const rival = someAccount({ username: account.username });
      const rivalSession = someSession(rival.id);
      expect(await store.register(rival, rivalSession, session.ticketHash)).toBe('name-left');
      expect(await store.addAccount({ ...rival, id: 'added' })).toBe('name-left');
      expect(await store.findAccount(account.username)).toBeUndefined();
      expect(await store.findSession(rivalSession.ticketHash, start)).toMatchObject({ live: false });
    });

    it('can be registered again once it is freed, and is kept again when it is left again', async () => {
      const store = await open();
      const { account } = await registered(store);
      await leave(store, account);
      expect(await store.freeName(account.username)).toBe('freed');
      expect(await store.freeName(account.username)).toBe('not-left');
      expect(await store.isNameTaken(account.username)).toBe(false);
      const second = await register(store, account.username);
      expect(second.outcome).toBe('registered');
      await leave(store, second.account);
      expect((await register(store, account.username)).outcome).toBe('name-left');
    });

    it('of an account is not freed', async () => {
      const store = await open();
      const { account } = await registered(store);
      expect(await store.freeName(account.username)).toBe('not-left');
      expect((await register(store, account.username)).outcome).toBe('username-taken');
    });

    it('is nobody’s new one, however many ask for it while it is being left', async () => {
      const store = await open();
      for (let round = 0; round < 10; round += 1) {
        const { account } = await registered(store);
        const tries = Array.from({ length: 5 }, () => register(store, account.username));
        const [, ...outcomes] = await Promise.all([leave(store, account), ...tries]);
        expect(outcomes.map(({ outcome }) => outcome)).not.toContain('registered');
        expect(await store.findAccount(account.username)).toBeUndefined();
      }
    });
  });

  it('an account that is added has no session, and its activity says that the operator made it', async () => {
    const store = await open();
    const account = someAccount();
    expect(await store.addAccount(account)).toBe('added');
    expect(await store.findAccount(account.username)).toEqual(account);
    expect(await store.sessionsOf(account.id, start)).toEqual([]);
    expect(await store.eventsOf(account.id, 10)).toMatchObject([
      { type: 'registered', at: start, address: null, sessionId: null },
    ]);
    expect(await store.addAccount({ ...account, id: 'another' })).toBe('username-taken');
  });
}

import { describe, expect, inject, it } from 'vitest';
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

/** What every database promises of passwords, as tests. */
export function passwordContract(open: OpenStore): void {
  describe('a new password', () => {
    it('ends every session of the account and of no other', async () => {
      const store = await open();
      const { account, session, proof } = await registered(store);
      const second = someSession(account.id);
      await store.logIn(second, proof);
      const other = await registered(store);
      expect(await store.setPassword(account.username, change, start)).toBe('set');
      for (const { ticketHash } of [session, second]) {
        expect(await store.findSession(ticketHash, start)).toEqual({ live: false, reason: 'revoked' });
      }
      expect(await store.findSession(other.session.ticketHash, start)).toMatchObject({ live: true });
      expect(await store.findAccount(account.username)).toMatchObject({ passwordHash: '$argon2id$two' });
    });

    it('chosen by who knows the old one keeps the session that asked, under a new ticket', async () => {
      const store = await open();
      const { account, session, proof } = await registered(store);
      const second = someSession(account.id);
      await store.logIn(second, proof);
      await store.countLoginFailure(
        { nameHash: 'name', network: '192.0.2.1', familiar: false },
        meant,
        start,
      );
      const chosen = { ...change, verifiedHash: account.passwordHash };
      const tickets = { shownHash: session.ticketHash, newHash: 'new ticket' };
      expect(await store.changePassword(account.id, chosen, tickets, by, start)).toBe('changed');
      const { network, ticketHash, ...same } = session;
      expect(await store.findSession('new ticket', start)).toMatchObject({ live: true, session: same });
      expect(await store.findSession(ticketHash, start)).toEqual({ live: false, reason: 'replaced' });
      expect(await store.findSession(second.ticketHash, start)).toEqual({ live: false, reason: 'revoked' });
      expect(await store.findAccount(account.username)).toMatchObject({ passwordHash: '$argon2id$two' });
      expect(
        await failuresOf(store, { nameHash: 'name', network: '192.0.2.1', familiar: false }),
      ).toMatchObject({ count: 0 });
    });

    it('chosen with an old password or an old ticket changes nothing', async () => {
      const store = await open();
      const { account, session } = await registered(store);
      const tickets = { shownHash: session.ticketHash, newHash: 'new ticket' };
      const stale = { ...change, verifiedHash: '$argon2id$older' };
      expect(await store.changePassword(account.id, stale, tickets, by, start)).toBe('credentials-changed');
      expect(await store.findSession(session.ticketHash, start)).toMatchObject({ live: true });
      const chosen = { ...change, verifiedHash: account.passwordHash };
      await store.logOut(session.ticketHash, by, start);
      expect(await store.changePassword(account.id, chosen, tickets, by, start)).toBe('not-live');
      expect(await store.findSession('new ticket', start)).toEqual({ live: false, reason: 'unknown' });
      expect(await store.findAccount(account.username)).toEqual(account);
    });

    it('chosen twice at once, and many logins meanwhile, leaves one winner and no other session', async () => {
      const store = await open();
      const { account, session, proof } = await registered(store);
      const tickets = (newHash: string) => ({ shownHash: session.ticketHash, newHash });
      const chosen = { ...change, verifiedHash: account.passwordHash };
      const late = Array.from({ length: 20 }, () => someSession(account.id));
      const [outcomes] = await Promise.all([
        Promise.all(
          ['first', 'second'].map((to) => store.changePassword(account.id, chosen, tickets(to), by, start)),
        ),
        ...late.map((each) => store.logIn(each, proof)),
      ]);
      expect(outcomes.toSorted()).toEqual(['changed', 'not-live']);
      expect(await store.sessionsOf(account.id, start)).toHaveLength(1);
    });

    it('leaves one ticket alive in whatever order requests race, however often', async () => {
      const store = await open();
      const { account, session, proof } = await registered(store);
      let [kept, verifiedHash] = [session.ticketHash, account.passwordHash];
      for (let round = 0; round < inject('rounds'); round += 1) {
        const passwordHash = `$argon2id$round ${round}`;
        const other = someSession(account.id);
        await store.logIn(other, { ...proof, verifiedHash });
        const use = { lastSeenAt: start + round, idleExpiresAt: start + 2 * hour, address: '192.0.2.2' };
        const late = someSession(account.id);
        const tickets = { shownHash: kept, newHash: `round ${round}` };
        const racing = [
          () => store.renewSession(kept, use),
          () => store.renewSession(other.ticketHash, use),
          () => store.logIn(late, { ...proof, verifiedHash }),
          () => store.logIn(someSession(account.id), { ...proof, verifiedHash }, other.ticketHash),
          () =>
            store.changePassword(account.id, { ...change, passwordHash, verifiedHash }, tickets, by, start),
        ];
        // Another goes first each time.
        const begun = [...racing.slice(round % racing.length), ...racing.slice(0, round % racing.length)];
        await Promise.all(begun.map((go) => go()));
        const left = (await store.sessionsOf(account.id, start)).map(({ ticketHash }) => ticketHash);
        expect(left).toEqual([tickets.newHash]);
        expect(await store.findSession(kept, start)).toEqual({ live: false, reason: 'replaced' });
        [kept, verifiedHash] = [tickets.newHash, passwordHash];
      }
    }, 300_000);

    it('for nobody says so', async () => {
      expect(await (await open()).setPassword('nobody', change, start)).toBe('no-such-account');
    });
  });
}

import { describe, expect, it } from 'vitest';
import { by, failuresOf, hour, meant, type OpenStore, registered, start } from '../../test/stored.ts';
import { retentionMs } from './retention.ts';

/** What every database promises of the sweep, as tests. */
export function sweepContract(open: OpenStore): void {
  describe('the sweep', () => {
    it('ends what is past its limits and keeps the reason, a batch at a time', async () => {
      const store = await open();
      const sessions = [];
      for (let more = 0; more < 5; more += 1) sessions.push((await registered(store)).session);
      const over = start + 24 * hour;
      expect(await store.sweep(over, 2)).toBe(2);
      expect(await store.sweep(over, 2)).toBe(2);
      expect(await store.sweep(over, 2)).toBe(1);
      expect(await store.sweep(over, 2)).toBe(0);
      for (const { ticketHash } of sessions) {
        expect(await store.findSession(ticketHash, start)).toEqual({ live: false, reason: 'expired-idle' });
      }
    });

    it('leaves the living alone', async () => {
      const store = await open();
      const { session } = await registered(store);
      expect(await store.sweep(start + hour, 100)).toBe(0);
      expect(await store.findSession(session.ticketHash, start + hour)).toMatchObject({ live: true });
    });

    it('takes tombstones, failures and networks away after their time', async () => {
      const store = await open();
      const { account, session } = await registered(store);
      const key = { nameHash: 'name', network: '192.0.2.1', familiar: false };
      await store.logOut(session.ticketHash, by, start);
      await store.countLoginFailure(key, meant, start);
      await store.sweep(start + retentionMs.tombstones - 1, 100);
      expect(await store.findSession(session.ticketHash, start)).toEqual({
        live: false,
        reason: 'logged-out',
      });
      await store.sweep(start + retentionMs.tombstones, 100);
      expect(await store.findSession(session.ticketHash, start)).toEqual({ live: false, reason: 'unknown' });
      expect(await failuresOf(store, key)).toMatchObject({ count: 0 });
      await store.sweep(start + retentionMs.familiarNetworks, 100);
      expect(await store.isFamiliarNetwork(account.id, '192.0.2.1', 0)).toBe(false);
    });
  });
}

import { describe, expect, it } from 'vitest';
import {
  by,
  change,
  failuresOf,
  meant,
  type OpenStore,
  registered,
  somePasskey,
  someSession,
  start,
} from '../../test/stored.ts';
import { isPasswordAlone } from './password-mark.ts';
import type { Store } from './store.ts';

const here = 'id.example.com';

/** Registers an account with a passkey and a recovery code. */
async function armed(store: Store) {
  const { account, session, proof } = await registered(store);
  const member = { accountId: account.id, ticketHash: session.ticketHash, by };
  const passkey = somePasskey(account.id);
  await store.addPasskey(passkey, member, start);
  await store.replaceRecoveryCodes(['$argon2id$code'], member, start);
  const use = { credentialId: passkey.credentialId, signCount: 0 };
  return { account, session, proof, member, passkey, use };
}

/** What every database promises of proofs, as tests. */
export function proofContract(open: OpenStore): void {
  describe('a proof', () => {
    it('by a passkey is noted on the session that showed it, and on no other', async () => {
      const store = await open();
      const { account, session, proof, use } = await armed(store);
      const other = someSession(account.id);
      await store.logIn(other, proof);
      expect(await store.proveByPasskey(account.id, session.ticketHash, use, start + 7)).toBe('proven');
      const found = async (ticketHash: string) =>
        (await store.sessionsOf(account.id, start)).find((each) => each.ticketHash === ticketHash);
      expect(await found(session.ticketHash)).toMatchObject({ passkeyProvenAt: start + 7 });
      expect(await found(other.ticketHash)).toMatchObject({ passkeyProvenAt: null });
      expect(await store.passkeysOf(account.id)).toMatchObject([{ lastUsedAt: start + 7 }]);
    });

    it('by a passkey of another account, with a count that fell, or after the end of the session is none', async () => {
      const store = await open();
      const { account, session, use } = await armed(store);
      const other = await armed(store);
      const { ticketHash } = session;
      expect(await store.proveByPasskey(account.id, ticketHash, other.use, start)).toBe('refused');
      expect(await store.proveByPasskey(account.id, ticketHash, { ...use, signCount: 4 }, start)).toBe(
        'proven',
      );
      expect(await store.proveByPasskey(account.id, ticketHash, use, start)).toBe('refused');
      expect(await store.proveByPasskey(account.id, other.session.ticketHash, use, start)).toBe('not-live');
      await store.logOut(ticketHash, by, start);
      expect(await store.proveByPasskey(account.id, ticketHash, { ...use, signCount: 5 }, start)).toBe(
        'not-live',
      );
    });

    it('by the password is noted on its session, and forgets the failures of the network', async () => {
      const store = await open();
      const { account, session, proof } = await armed(store);
      const { ticketHash } = session;
      await store.countLoginFailure(proof.failureKey, meant, start);
      expect(await store.proveByPassword(account.id, ticketHash, proof, start + 7)).toBe('proven');
      expect(await store.sessionsOf(account.id, start)).toMatchObject([{ passwordProvenAt: start + 7 }]);
      expect(await failuresOf(store, proof.failureKey)).toMatchObject({ count: 0 });
      const stale = { ...proof, verifiedHash: '$argon2id$older' };
      expect(await store.proveByPassword(account.id, ticketHash, stale, start)).toBe('credentials-changed');
      await store.logOut(ticketHash, by, start);
      expect(await store.proveByPassword(account.id, ticketHash, proof, start)).toBe('not-live');
    });
  });

  describe('a password that is not to be enough', () => {
    it('ends every other session, and logs in nobody who verified it before', async () => {
      const store = await open();
      const { account, session, proof, member } = await armed(store);
      const other = someSession(account.id);
      await store.logIn(other, proof);
      expect(await store.setPasswordAlone(false, here, member, start)).toBe('set');
      expect(await store.findSession(session.ticketHash, start)).toMatchObject({ live: true });
      expect(await store.findSession(other.ticketHash, start)).toMatchObject({ reason: 'revoked' });
      expect(await store.logIn(someSession(account.id), proof)).toBe('credentials-changed');
      expect(await store.proveByPassword(account.id, session.ticketHash, proof, start)).toBe(
        'credentials-changed',
      );
      const stored = (await store.findAccount(account.username))?.passwordHash ?? '';
      expect(isPasswordAlone(stored)).toBe(false);
      const tickets = { shownHash: session.ticketHash, newHash: 'new ticket' };
      const chosen = { ...change, verifiedHash: stored };
      expect(await store.changePassword(account.id, chosen, tickets, by, start)).toBe('changed');
      expect(isPasswordAlone((await store.findAccount(account.username))?.passwordHash ?? '')).toBe(false);
      const again = { ...member, ticketHash: 'new ticket' };
      expect(await store.setPasswordAlone(true, here, again, start)).toBe('set');
      expect(await store.findAccount(account.username)).toMatchObject({ passwordHash: change.passwordHash });
    });

    it('needs a passkey for this host, codes, and a live session', async () => {
      const store = await open();
      const { account, session, member, passkey } = await armed(store);
      expect(await store.setPasswordAlone(false, 'elsewhere.example', member, start)).toBe('last-way-in');
      await store.replaceRecoveryCodes([], member, start);
      expect(await store.setPasswordAlone(false, here, member, start)).toBe('last-way-in');
      await store.replaceRecoveryCodes(['$argon2id$code'], member, start);
      await store.removePasskey(passkey.id, here, member, start);
      expect(await store.setPasswordAlone(false, here, member, start)).toBe('last-way-in');
      await store.logOut(session.ticketHash, by, start);
      expect(await store.setPasswordAlone(true, here, member, start)).toBe('not-live');
      expect(await store.findAccount(account.username)).toEqual(account);
    });

    it('keeps the last passkey of this host, and lets those of other hosts go', async () => {
      const store = await open();
      const { account, member, passkey } = await armed(store);
      const elsewhere = somePasskey(account.id, { relyingPartyId: 'elsewhere.example' });
      await store.addPasskey(elsewhere, member, start);
      await store.setPasswordAlone(false, here, member, start);
      expect(await store.removePasskey(passkey.id, here, member, start)).toBe('last-way-in');
      expect(await store.removePasskey(elsewhere.id, here, member, start)).toBe('removed');
      await store.setPasswordAlone(true, here, member, start);
      expect(await store.removePasskey(passkey.id, here, member, start)).toBe('removed');
    });

    it('keeps one passkey when ten are removed at once', async () => {
      const store = await open();
      const { account, member, passkey } = await armed(store);
      const more = Array.from({ length: 9 }, () => somePasskey(account.id));
      for (const each of more) await store.addPasskey(each, member, start);
      await store.setPasswordAlone(false, here, member, start);
      await Promise.all([passkey, ...more].map(({ id }) => store.removePasskey(id, here, member, start)));
      expect(await store.passkeysOf(account.id)).toHaveLength(1);
    });

    it('is decided once: a decision that is in force already is no event', async () => {
      const store = await open();
      const { account, member } = await armed(store);
      for (const decision of [true, false, false]) {
        expect(await store.setPasswordAlone(decision, here, member, start)).toBe('set');
      }
      const events = await store.eventsOf(account.id, 10);
      expect(events.filter(({ type }) => type === 'login-methods-changed')).toHaveLength(1);
    });

    it('tells of right passwords without a passkey, those of one network and hour together', async () => {
      const store = await open();
      const { account } = await armed(store);
      for (const network of ['192.0.2.1', '192.0.2.1', '192.0.2.2']) {
        const key = { nameHash: 'ada', network, familiar: false };
        await store.notePasskeyMissing(account.id, key, by, start);
        expect(await store.loginFailures(key.nameHash)).toEqual([]);
      }
      const events = await store.eventsOf(account.id, 10);
      const missing = events.filter(({ type }) => type === 'passkey-missing');
      expect(missing.map(({ count }) => count).toSorted()).toEqual([1, 2]);
    });
  });
}

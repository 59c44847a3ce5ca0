import { describe, expect, it } from 'vitest';
import {
  by,
  type OpenStore,
  registered,
  someChallenge,
  somePasskey,
  someSession,
  start,
} from '../../test/stored.ts';
import type { Store } from './store.ts';

const here = 'id.example.com';

/** Registers an account. @returns it, and its session as the member who asks for changes */
async function someMember(store: Store) {
  const { account, session, proof } = await registered(store);
  return { account, session, proof, member: { accountId: account.id, ticketHash: session.ticketHash, by } };
}

/** What every database promises of passkeys, as tests. */
export function passkeyContract(open: OpenStore): void {
  describe('a passkey', () => {
    it('is found by the id of its credential, with its account', async () => {
      const store = await open();
      const { account, member } = await someMember(store);
      const [first, second] = [somePasskey(account.id), somePasskey(account.id, { createdAt: start + 1 })];
      expect(await store.addPasskey(second, member, start)).toBe('added');
      expect(await store.addPasskey(first, member, start)).toBe('added');
      expect(await store.passkeysOf(account.id)).toEqual([first, second]);
      expect(await store.findPasskey(first.credentialId)).toEqual({ passkey: first, account });
      expect(await store.findPasskey('nobody’s')).toBeUndefined();
      const events = await store.eventsOf(account.id, 10);
      expect(events.filter(({ type }) => type === 'passkey-added')).toHaveLength(2);
    });

    it('is added once, to one account, by a live session, and never as one too many', async () => {
      const store = await open({ caps: { maxPasskeysPerAccount: 2 } });
      const { account, session, member } = await someMember(store);
      const other = await someMember(store);
      const passkey = somePasskey(account.id);
      expect(await store.addPasskey(passkey, member, start)).toBe('added');
      const stolen = { ...somePasskey(other.account.id), credentialId: passkey.credentialId };
      expect(await store.addPasskey(stolen, other.member, start)).toBe('known');
      expect(await store.addPasskey(somePasskey(account.id), member, start)).toBe('added');
      expect(await store.addPasskey(somePasskey(account.id), member, start)).toBe('too-many');
      await store.logOut(session.ticketHash, by, start);
      expect(await store.addPasskey(somePasskey(account.id), member, start)).toBe('not-live');
      expect(await store.passkeysOf(account.id)).toHaveLength(2);
      expect(await store.passkeysOf(other.account.id)).toEqual([]);
    });

    it('is not one too many when ten are added at once', async () => {
      const store = await open({ caps: { maxPasskeysPerAccount: 3 } });
      const { account, member } = await someMember(store);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => store.addPasskey(somePasskey(account.id), member, start)),
      );
      expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(3);
      expect(await store.passkeysOf(account.id)).toHaveLength(3);
    });

    it('gets another name from its owner alone', async () => {
      const store = await open();
      const { account, member } = await someMember(store);
      const passkey = somePasskey(account.id);
      await store.addPasskey(passkey, member, start);
      expect(await store.renamePasskey('another', passkey.id, 'Mine')).toBeUndefined();
      const renamed = { ...passkey, name: 'Laptop' };
      expect(await store.renamePasskey(account.id, passkey.id, 'Laptop')).toEqual(renamed);
      expect(await store.passkeysOf(account.id)).toEqual([renamed]);
    });

    it('is removed by its owner alone, from a live session', async () => {
      const store = await open();
      const { account, session, member } = await someMember(store);
      const other = await someMember(store);
      const passkey = somePasskey(account.id);
      await store.addPasskey(passkey, member, start);
      expect(await store.removePasskey(passkey.id, here, other.member, start)).toBe('not-found');
      expect(await store.removePasskey(passkey.id, here, member, start)).toBe('removed');
      expect(await store.removePasskey(passkey.id, here, member, start)).toBe('not-found');
      await store.logOut(session.ticketHash, by, start);
      expect(await store.removePasskey(passkey.id, here, member, start)).toBe('not-live');
      expect((await store.eventsOf(account.id, 1))[0]?.type).not.toBe('passkey-removed');
    });

    it('proves nothing on other sessions once it is removed', async () => {
      const store = await open();
      const { account, session, member } = await someMember(store);
      const passkey = somePasskey(account.id);
      await store.addPasskey(passkey, member, start);
      const { credentialId } = passkey;
      await store.proveByPasskey(account.id, session.ticketHash, { credentialId, signCount: 1 }, start);
      const thief = { ...someSession(account.id), provenBy: 'passkey' as const };
      await store.logInWithPasskey(thief, { credentialId, signCount: 2 });
      expect(await store.removePasskey(passkey.id, here, member, start)).toBe('removed');
      const provenAt = async (ticketHash: string) => {
        const found = await store.findSession(ticketHash, start);
        return found.live ? found.session.passkeyProvenAt : undefined;
      };
      expect(await provenAt(session.ticketHash)).toBe(start);
      expect(await provenAt(thief.ticketHash)).toBeNull();
    });

    it('starts a session that is proven by it, notes its use, and forgets no failure', async () => {
      const store = await open();
      const { account, member } = await someMember(store);
      const passkey = somePasskey(account.id);
      await store.addPasskey(passkey, member, start);
      const guest = someSession(null);
      await store.startGuest(guest, { likes: 'cats' });
      const session = someSession(account.id, { createdAt: start + 5, provenBy: 'passkey' });
      const use = { credentialId: passkey.credentialId, signCount: 3 };
      expect(await store.logInWithPasskey(session, use, guest.ticketHash)).toBe('logged-in');
      expect(await store.findSession(session.ticketHash, start + 5)).toMatchObject({
        live: true,
        account,
        session: { remembered: { likes: 'cats' }, passkeyProvenAt: start + 5, passwordProvenAt: null },
      });
      expect(await store.findSession(guest.ticketHash, start)).toMatchObject({ reason: 'replaced' });
      expect(await store.passkeysOf(account.id)).toMatchObject([{ signCount: 3, lastUsedAt: start + 5 }]);
      expect((await store.eventsOf(account.id, 10)).map(({ type }) => type)).toContain('logged-in');
    });

    it.each([
      [0, 0, 'logged-in'],
      [0, 1, 'logged-in'],
      [1, 2, 'logged-in'],
      [1, 1, 'refused'],
      [2, 1, 'refused'],
      [1, 0, 'refused'],
    ])('with %i uses that counts %i is %3$s', async (signCount, counted, outcome) => {
      const store = await open();
      const { account, member } = await someMember(store);
      const passkey = somePasskey(account.id, { signCount });
      await store.addPasskey(passkey, member, start);
      const session = someSession(account.id);
      const use = { credentialId: passkey.credentialId, signCount: counted };
      expect(await store.logInWithPasskey(session, use)).toBe(outcome);
      const found = await store.findSession(session.ticketHash, start);
      expect(found.live).toBe(outcome === 'logged-in');
    });

    it('of another account, and one that is gone, start no session', async () => {
      const store = await open();
      const { account, member, proof } = await someMember(store);
      const other = await someMember(store);
      const passkey = somePasskey(account.id);
      await store.addPasskey(passkey, member, start);
      const use = { credentialId: passkey.credentialId, signCount: 1 };
      expect(await store.logInWithPasskey(someSession(other.account.id), use)).toBe('refused');
      await store.deleteAccount(account.id, { ...proof, nameHash: 'name' }, start);
      expect(await store.logInWithPasskey(someSession(account.id), use)).toBe('refused');
      expect(await store.findPasskey(passkey.credentialId)).toBeUndefined();
    });

    it('that counts logs one of ten in that show the same count at once', async () => {
      const store = await open();
      const { account, member } = await someMember(store);
      const passkey = somePasskey(account.id);
      await store.addPasskey(passkey, member, start);
      const use = { credentialId: passkey.credentialId, signCount: 1 };
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => store.logInWithPasskey(someSession(account.id), use)),
      );
      expect(outcomes.filter((outcome) => outcome === 'logged-in')).toHaveLength(1);
    });

    it('of another host is found, whichever of the two is first in the alphabet', async () => {
      const store = await open();
      const { account, member } = await someMember(store);
      await store.addPasskey(somePasskey(account.id), member, start);
      expect(await store.findOtherRelyingParty(here)).toBeUndefined();
      expect(await store.findOtherRelyingParty('a.example')).toBe(here);
      expect(await store.findOtherRelyingParty('z.example')).toBe(here);
    });
  });

  describe('a challenge', () => {
    it('is taken once, for its purpose, by its session, in its time', async () => {
      const store = await open();
      const challenge = someChallenge();
      await store.keepChallenge(challenge);
      expect(await store.takeChallenge({ ...challenge, purpose: 'prove' }, start)).toBe(false);
      expect(await store.takeChallenge({ ...challenge, sessionId: 'some' }, start)).toBe(false);
      expect(await store.takeChallenge({ ...challenge, challengeHash: 'other' }, start)).toBe(false);
      expect(await store.takeChallenge(challenge, start)).toBe(true);
      expect(await store.takeChallenge(challenge, start)).toBe(false);
      const late = someChallenge();
      await store.keepChallenge(late);
      expect(await store.takeChallenge(late, late.expiresAt)).toBe(false);
      expect(await store.takeChallenge(late, start)).toBe(false);
    });

    it('is taken by one of ten at once', async () => {
      const store = await open();
      const challenge = someChallenge();
      await store.keepChallenge(challenge);
      const taken = await Promise.all(
        Array.from({ length: 10 }, () => store.takeChallenge(challenge, start)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    it('of a session replaces its earlier one, and one of a network the oldest', async () => {
      const store = await open({ caps: { maxChallengesPerNetwork: 2 } });
      const ofSession = [1, 2].map((at) =>
        someChallenge({ sessionId: 'one', purpose: 'prove', createdAt: start + at }),
      );
      const ofNetwork = [1, 2, 3].map((at) => someChallenge({ createdAt: start + at }));
      const elsewhere = someChallenge({ network: '192.0.2.7' });
      for (const each of [elsewhere, ...ofSession, ...ofNetwork]) await store.keepChallenge(each);
      const taken = [];
      for (const each of [...ofSession, ...ofNetwork, elsewhere])
        taken.push(await store.takeChallenge(each, start));
      expect(taken).toEqual([false, true, false, true, true, true]);
    });

    it('of an account that is deleted goes with it, also when its session has ended before, and others stay', async () => {
      const store = await open();
      const leaving = await registered(store);
      const [other, { session: live }, guest] = [await registered(store), leaving, someSession(null)];
      const ended = someSession(leaving.account.id);
      await store.logIn(ended, leaving.proof);
      await store.startGuest(guest, {});
      const kept = [other.session.id, guest.id, null].map((sessionId) => someChallenge({ sessionId }));
      const gone = [live.id, ended.id].map((sessionId) => someChallenge({ sessionId }));
      for (const each of [...kept, ...gone]) await store.keepChallenge(each);
      await store.logOut(ended.ticketHash, by, start);
      await store.deleteAccount(leaving.account.id, { ...leaving.proof, nameHash: 'name' }, start);
      for (const each of gone) expect(await store.takeChallenge(each, start)).toBe(false);
      for (const each of kept) expect(await store.takeChallenge(each, start)).toBe(true);
    });

    it('that is over is swept', async () => {
      const store = await open();
      const challenge = someChallenge();
      await store.keepChallenge(challenge);
      expect(await store.sweep(challenge.expiresAt - 1, 10)).toBe(0);
      expect(await store.sweep(challenge.expiresAt, 10)).toBe(1);
    });
  });
}

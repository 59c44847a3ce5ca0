import { describe, expect, it } from 'vitest';
import {
  by,
  change,
  hour,
  type OpenStore,
  registered,
  someAccount,
  someSession,
  start,
} from '../../test/stored.ts';
import { retentionMs } from './retention.ts';
import type { Store } from './store.ts';

let made = 0;

/** A link that is good for an hour. */
function someLink<AccountId extends string | null>(
  kind: 'reset' | 'device' | 'invitation',
  accountId: AccountId,
  createdAt = start,
) {
  made += 1;
  return {
    tokenHash: `token-${made}`,
    id: `link-${made}`,
    kind,
    accountId,
    createdAt,
    overAt: createdAt + hour,
  };
}

/** What every database promises of one-time links, as tests. */
export function linkContract(open: OpenStore): void {
  /** Registers an account with a waiting link of each kind that it can have. */
  async function withLinks(store: Store) {
    const owner = await registered(store);
    const { account, session } = owner;
    const member = { accountId: account.id, ticketHash: session.ticketHash, by };
    const reset = someLink('reset', account.id);
    const device = someLink('device', account.id);
    expect(await store.makeResetLink(reset, start)).toBe('made');
    expect(await store.makeDeviceLink(device, member, start)).toBe('made');
    return { ...owner, member, reset, device };
  }
  const endOf = async (store: Store, { tokenHash }: { tokenHash: string }) =>
    (await store.findLink(tokenHash))?.ended;
  const typesOf = async (store: Store, accountId: string) =>
    (await store.eventsOf(accountId, 100)).map(({ type }) => type);
  const invited = (link: { tokenHash: string }, more = {}) => {
    const account = someAccount(more);
    return [link.tokenHash, account, someSession(account.id)] as const;
  };

  describe('a link', () => {
    it('is found by its token, with the name of its account, and is listed while it waits', async () => {
      const store = await open();
      const { account, reset, device } = await withLinks(store);
      const invitation = someLink('invitation', null, start + 1);
      expect(await store.makeInvitation(invitation, start)).toBe('made');
      const shown = { ...reset, ended: null, username: account.username };
      expect(await store.findLink(reset.tokenHash)).toEqual(shown);
      expect(await store.findLink('no token')).toBeUndefined();
      const waiting = await store.waitingLinks(start + 1);
      expect(waiting.slice(0, 2)).toEqual(expect.arrayContaining([shown]));
      expect(waiting.map(({ id }) => id).sort()).toEqual([reset.id, device.id, invitation.id].sort());
      expect(waiting[2]).toEqual({ ...invitation, ended: null, username: null });
      expect(await store.waitingLinks(start + hour)).toHaveLength(1);
      const { links = [] } = (await store.everythingAbout(account.id, '', start)) ?? {};
      expect(links).toHaveLength(2);
    });

    it('makes the older one of its account and purpose void, and no other', async () => {
      const store = await open();
      const { account, member, reset, device } = await withLinks(store);
      const other = await withLinks(store);
      const newer = someLink('reset', account.id);
      await store.makeResetLink(newer, start);
      expect(await endOf(store, reset)).toBe('superseded');
      for (const link of [newer, device, other.reset]) expect(await endOf(store, link)).toBeNull();
      await store.makeDeviceLink(someLink('device', account.id), member, start);
      expect(await endOf(store, device)).toBe('superseded');
      expect(await endOf(store, newer)).toBeNull();
      expect(await typesOf(store, account.id)).toEqual(
        expect.arrayContaining(['reset-link-made', 'device-link-made']),
      );
    });

    it('is not made for an account that is gone, nor by a session that has ended', async () => {
      const store = await open();
      const { account, member } = await withLinks(store);
      await store.logOut(member.ticketHash, by, start);
      expect(await store.makeDeviceLink(someLink('device', account.id), member, start)).toBe('not-live');
      const link = someLink('reset', 'nobody');
      expect(await store.makeResetLink(link, start)).toBe('no-such-account');
      expect(await store.findLink(link.tokenHash)).toBeUndefined();
    });

    it('is void after every new password, whoever set it', async () => {
      const store = await open();
      const changes: ((owner: Awaited<ReturnType<typeof withLinks>>) => Promise<unknown>)[] = [
        ({ account }) => store.setPassword(account.username, change, start),
        ({ account, session }) =>
          store.changePassword(
            account.id,
            { ...change, verifiedHash: account.passwordHash },
            { shownHash: session.ticketHash, newHash: `newer than ${session.ticketHash}` },
            by,
            start,
          ),
      ];
      for (const setNew of changes) {
        const owner = await withLinks(store);
        await setNew(owner);
        expect(await endOf(store, owner.reset)).toBe('superseded');
        expect(await endOf(store, owner.device)).toBe('superseded');
      }
    });

    it('for another device is void when another session is ended, or all others; a reset goes on', async () => {
      const store = await open();
      const { account, session, proof, member, reset, device } = await withLinks(store);
      await store.endOtherSessions(account.id, session.ticketHash, by, start);
      expect(await endOf(store, device)).toBe('superseded');
      const newer = someLink('device', account.id);
      await store.makeDeviceLink(newer, member, start);
      const second = someSession(account.id);
      await store.logIn(second, proof);
      expect(await store.endSessionOf(account.id, 'no session', by, start)).toBe('not-found');
      expect(await endOf(store, newer)).toBeNull();
      expect(await store.endSessionOf(account.id, second.id, by, start)).toBe('ended');
      expect(await endOf(store, newer)).toBe('superseded');
      expect(await endOf(store, reset)).toBeNull();
    });

    it('for another device is void with the session that made it, whichever way that ends', async () => {
      const store = await open();
      const first = await withLinks(store);
      await store.logOut(first.session.ticketHash, by, start);
      expect(await endOf(store, first.device)).toBe('superseded');
      const second = await withLinks(store);
      await store.logIn(someSession(second.account.id), second.proof, second.session.ticketHash);
      expect(await endOf(store, second.device)).toBe('superseded');
      expect(await endOf(store, second.reset)).toBeNull();
    });

    it('is gone with its account', async () => {
      const store = await open();
      const { account, reset, device } = await withLinks(store);
      await store.deleteAccount(account.id, { verifiedHash: account.passwordHash, nameHash: '' }, start);
      for (const link of [reset, device]) expect(await store.findLink(link.tokenHash)).toBeUndefined();
      expect(await store.waitingLinks(start)).toEqual([]);
    });

    it('is taken back by its id, once, while it waits', async () => {
      const store = await open();
      const { reset, device } = await withLinks(store);
      expect(await store.voidLink(reset.id, start)).toBe('voided');
      expect(await store.voidLink(reset.id, start)).toBe('not-waiting');
      expect(await store.voidLink(device.id, start + hour)).toBe('not-waiting');
      expect(await store.voidLink('no id', start)).toBe('not-waiting');
      expect(await endOf(store, reset)).toBe('superseded');
    });

    it('says for seven days how it ended, and is swept then', async () => {
      const store = await open();
      const { reset, device, account } = await withLinks(store);
      await store.logInByLink(device.tokenHash, someSession(account.id, { createdAt: start + 1000 }));
      await store.sweep(start + retentionMs.links + 999, 100);
      expect(await endOf(store, device)).toBe('used');
      await store.sweep(start + retentionMs.links + 1000, 100);
      expect(await store.findLink(device.tokenHash)).toBeUndefined();
      await store.sweep(start + hour + retentionMs.links - 1, 100);
      expect(await endOf(store, reset)).toBeNull();
      await store.sweep(start + hour + retentionMs.links, 100);
      expect(await store.findLink(reset.tokenHash)).toBeUndefined();
    });
  });

  describe('a reset', () => {
    it('sets the password, ends every other session and starts one that has no proof', async () => {
      const store = await open();
      const { account, session, reset, device } = await withLinks(store);
      const back = someSession(account.id);
      expect(await store.resetPassword(reset.tokenHash, back, change)).toBe('used');
      expect(await store.findAccount(account.username)).toMatchObject({ passwordHash: change.passwordHash });
      expect(await store.findSession(session.ticketHash, start)).toMatchObject({ reason: 'revoked' });
      expect(await store.findSession(back.ticketHash, start)).toMatchObject({
        live: true,
        session: { passwordProvenAt: null, passkeyProvenAt: null },
      });
      expect(await endOf(store, reset)).toBe('used');
      expect(await endOf(store, device)).toBe('superseded');
      expect(await typesOf(store, account.id)).toContain('reset-link-used');
    });

    it('changes nothing when its link is over, of another kind, or of another account', async () => {
      const store = await open();
      const { account, reset, device } = await withLinks(store);
      const other = await withLinks(store);
      const late = someSession(account.id, { createdAt: start + hour });
      expect(await store.resetPassword(reset.tokenHash, late, change)).toBe('void');
      for (const { tokenHash } of [device, other.reset]) {
        expect(await store.resetPassword(tokenHash, someSession(account.id), change)).toBe('void');
      }
      expect(await store.findAccount(account.username)).toMatchObject({ passwordHash: account.passwordHash });
      expect(await store.sessionsOf(account.id, start)).toHaveLength(1);
      expect(await endOf(store, other.reset)).toBeNull();
    });

    it('is one, of ten at the same time', async () => {
      const store = await open();
      const { account, reset } = await withLinks(store);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () =>
          store.resetPassword(reset.tokenHash, someSession(account.id), change),
        ),
      );
      expect(outcomes.filter((outcome) => outcome === 'used')).toHaveLength(1);
      expect(await store.sessionsOf(account.id, start)).toHaveLength(1);
    });
  });

  describe('a link for another device', () => {
    it('starts a session beside the others, and forgets no failures', async () => {
      const store = await open();
      const { account, device } = await withLinks(store);
      const key = { nameHash: account.username, network: '198.51.100.1', familiar: false };
      await store.countLoginFailure(key, { accountId: account.id, type: 'login-failed', by }, start);
      const phone = someSession(account.id);
      expect(await store.logInByLink(device.tokenHash, phone)).toBe('used');
      expect(await store.sessionsOf(account.id, start)).toHaveLength(2);
      expect(await store.findSession(phone.ticketHash, start)).toMatchObject({
        session: { passwordProvenAt: null, passkeyProvenAt: null },
      });
      expect((await store.loginFailures(account.username)).length).toBeGreaterThan(0);
      expect(await typesOf(store, account.id)).toEqual(
        expect.arrayContaining(['device-link-used', 'logged-in']),
      );
    });

    it('is one, of ten at the same time', async () => {
      const store = await open();
      const { account, device } = await withLinks(store);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => store.logInByLink(device.tokenHash, someSession(account.id))),
      );
      expect(outcomes.filter((outcome) => outcome === 'used')).toHaveLength(1);
    });
  });

  describe('an invitation', () => {
    it('makes an account and its session, once, of ten at the same time', async () => {
      const store = await open();
      const invitation = someLink('invitation', null);
      await store.makeInvitation(invitation, start);
      const guests = Array.from({ length: 10 }, () => invited(invitation));
      const outcomes = await Promise.all(guests.map((guest) => store.acceptInvitation(...guest)));
      expect(outcomes.filter((outcome) => outcome === 'used')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'void')).toHaveLength(9);
      const accounts = await Promise.all(guests.map(([, { username }]) => store.findAccount(username)));
      const found = accounts.filter((account) => account !== undefined);
      expect(found).toHaveLength(1);
      expect(await typesOf(store, found[0]?.id ?? '')).toEqual(['registered']);
    });

    it('is not used up by a name that is taken or was left', async () => {
      const store = await open();
      const { account } = await registered(store);
      const left = await registered(store);
      const proof = { verifiedHash: left.account.passwordHash, nameHash: '' };
      await store.deleteAccount(left.account.id, proof, start);
      const invitation = someLink('invitation', null);
      await store.makeInvitation(invitation, start);
      const taken = invited(invitation, { username: account.username });
      expect(await store.acceptInvitation(...taken)).toBe('username-taken');
      const gone = invited(invitation, { username: left.account.username });
      expect(await store.acceptInvitation(...gone)).toBe('name-left');
      expect(await store.acceptInvitation(...invited(invitation))).toBe('used');
    });

    it('is void when it is over, was taken back, or is a link of another kind', async () => {
      const store = await open();
      const { reset } = await withLinks(store);
      const invitation = someLink('invitation', null);
      await store.makeInvitation(invitation, start);
      const late = invited(invitation, { createdAt: start + hour });
      expect(await store.acceptInvitation(...late)).toBe('void');
      expect(await store.acceptInvitation(...invited(reset))).toBe('void');
      expect(await store.voidInvitations(start)).toBe(1);
      expect(await store.voidInvitations(start)).toBe(0);
      expect(await store.acceptInvitation(...invited(invitation))).toBe('void');
      expect(await endOf(store, invitation)).toBe('superseded');
      expect(await endOf(store, reset)).toBeNull();
    });

    it('is refused while too many wait, and those that are over leave their place', async () => {
      const store = await open({ caps: { maxWaitingInvitations: 2 } });
      const make = (createdAt: number) =>
        store.makeInvitation(someLink('invitation', null, createdAt), createdAt);
      expect([await make(start), await make(start), await make(start)]).toEqual(['made', 'made', 'too-many']);
      expect(await make(start + hour)).toBe('made');
    });
  });
}

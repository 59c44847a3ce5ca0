import { describe, expect, it } from 'vitest';
import {
  by,
  change,
  failuresOf,
  meant,
  type OpenStore,
  registered,
  someSession,
  start,
} from '../../test/stored.ts';
import type { Store } from './store.ts';

const codes = ['$argon2id$salt$code1', '$argon2id$salt$code2', '$argon2id$salt$code3'];

/** What every database promises of recovery codes, as tests. */
export function recoveryContract(open: OpenStore): void {
  /** Registers an account that has codes. */
  async function withCodes(store: Store) {
    const made = await registered(store);
    const member = { accountId: made.account.id, ticketHash: made.session.ticketHash, by };
    expect(await store.replaceRecoveryCodes(codes, member, start)).toBe('replaced');
    return { ...made, member };
  }
  const typesOf = async (store: Store, accountId: string) =>
    (await store.eventsOf(accountId, 100)).map(({ type }) => type);
  const proofOf = (codeHash = codes[0] ?? '') => ({ ...change, codeHash });

  describe('recovery codes', () => {
    it('replace the earlier ones, of their account alone', async () => {
      const store = await open();
      const { account, member } = await withCodes(store);
      const other = await withCodes(store);
      expect(await store.replaceRecoveryCodes(['$argon2id$other$code'], member, start)).toBe('replaced');
      expect(await store.recoveryCodesOf(account.id)).toEqual(['$argon2id$other$code']);
      expect(await store.recoveryCodesOf(other.account.id)).toEqual(codes);
      expect(await store.everythingAbout(account.id, '', start)).toMatchObject({ recoveryCodesLeft: 1 });
      expect(await typesOf(store, account.id)).toContain('recovery-codes-made');
    });

    it('stay as they are when the session has ended', async () => {
      const store = await open();
      const { account, member } = await withCodes(store);
      await store.logOut(member.ticketHash, by, start);
      expect(await store.replaceRecoveryCodes([], member, start)).toBe('not-live');
      expect(await store.recoveryCodesOf(account.id)).toEqual(codes);
      const stranger = await registered(store);
      const posing = { ...member, ticketHash: stranger.session.ticketHash };
      expect(await store.replaceRecoveryCodes([], posing, start)).toBe('not-live');
    });

    it('are none for an account that is not there, or has none', async () => {
      const store = await open();
      const { account } = await registered(store);
      expect(await store.recoveryCodesOf(account.id)).toEqual([]);
      expect(await store.recoveryCodesOf('')).toEqual([]);
    });

    it('outlive a new password, and go with their account', async () => {
      const store = await open();
      const { account } = await withCodes(store);
      await store.setPassword(account.username, change, start);
      expect(await store.recoveryCodesOf(account.id)).toEqual(codes);
      const proof = { verifiedHash: change.passwordHash, nameHash: '' };
      expect(await store.deleteAccount(account.id, proof, start)).toBe('deleted');
      expect(await store.recoveryCodesOf(account.id)).toEqual([]);
      expect(await store.recover(someSession(account.id), proofOf())).toBe('refused');
    });
  });

  describe('a recovery', () => {
    it('sets the password, ends every other session and starts one that has no proof', async () => {
      const store = await open();
      const { account, session } = await withCodes(store);
      const key = { nameHash: change.nameHash, network: '198.51.100.1', familiar: false };
      await store.countLoginFailure(key, meant, start);
      const back = someSession(account.id);
      expect(await store.recover(back, proofOf())).toBe('recovered');
      expect(await store.findAccount(account.username)).toMatchObject({ passwordHash: change.passwordHash });
      expect(await store.findSession(session.ticketHash, start)).toEqual({ live: false, reason: 'revoked' });
      expect(await store.findSession(back.ticketHash, start)).toMatchObject({
        live: true,
        session: { passwordProvenAt: null, passkeyProvenAt: null },
      });
      expect(await failuresOf(store, key)).toMatchObject({ count: 0 });
      expect(await store.recoveryCodesOf(account.id)).toEqual(codes.slice(1));
      expect(await typesOf(store, account.id)).toEqual(
        expect.arrayContaining(['recovery-code-used', 'logged-in']),
      );
    });

    it('keeps that a passkey is asked for beside the password', async () => {
      const store = await open();
      const { account, member } = await withCodes(store);
      await store.addPasskey(passkeyOf(account.id), member, start);
      expect(await store.setPasswordAlone(false, 'localhost', member, start)).toBe('set');
      expect(await store.recover(someSession(account.id), proofOf())).toBe('recovered');
      expect(await store.findAccount(account.username)).toMatchObject({
        passwordHash: `beside-a-passkey:${change.passwordHash}`,
      });
    });

    it('is one, of ten at the same time with one code', async () => {
      const store = await open();
      const { account } = await withCodes(store);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => store.recover(someSession(account.id), proofOf())),
      );
      expect(outcomes.filter((outcome) => outcome === 'recovered')).toHaveLength(1);
      expect(await store.sessionsOf(account.id, start)).toHaveLength(1);
    });

    it('changes nothing with a code of another account, or one that is not there', async () => {
      const store = await open();
      const { account, session } = await withCodes(store);
      const other = await registered(store);
      const back = someSession(other.account.id);
      expect(await store.recover(back, proofOf())).toBe('refused');
      expect(await store.recover(someSession(account.id), proofOf('$argon2id$salt$other'))).toBe('refused');
      expect(await store.findSession(back.ticketHash, start)).toMatchObject({ live: false });
      expect(await store.findSession(session.ticketHash, start)).toMatchObject({ live: true });
      expect(await store.findAccount(account.username)).toMatchObject({ passwordHash: account.passwordHash });
    });

    it('takes waiting links of the account back', async () => {
      const store = await open();
      const { account } = await withCodes(store);
      const link = {
        tokenHash: 'token of a reset',
        id: 'a reset',
        kind: 'reset' as const,
        accountId: account.id,
        createdAt: start,
        overAt: start + 1000,
      };
      expect(await store.makeResetLink(link, start)).toBe('made');
      await store.recover(someSession(account.id), proofOf());
      expect(await store.findLink(link.tokenHash)).toMatchObject({ ended: 'superseded' });
    });

    it('replaces the session of the shown ticket, and takes over what it remembered', async () => {
      const store = await open();
      const { account } = await withCodes(store);
      const guest = someSession(null);
      await store.startGuest(guest, { likes: 'cats' });
      const back = someSession(account.id);
      await store.recover(back, proofOf(), guest.ticketHash);
      expect(await store.findSession(guest.ticketHash, start)).toMatchObject({ reason: 'replaced' });
      expect(await store.findSession(back.ticketHash, start)).toMatchObject({
        session: { remembered: { likes: 'cats' } },
      });
    });
  });

  describe('a new password by the operator', () => {
    it('keeps that a passkey is asked for, unless it is to be enough alone', async () => {
      const store = await open();
      const { account, member } = await withCodes(store);
      await store.addPasskey(passkeyOf(account.id), member, start);
      await store.setPasswordAlone(false, 'localhost', member, start);
      await store.setPassword(account.username, change, start);
      expect((await store.findAccount(account.username))?.passwordHash).toMatch(/^beside-a-passkey:/);
      await store.setPassword(account.username, { ...change, isAlone: true }, start);
      expect(await store.findAccount(account.username)).toMatchObject({ passwordHash: change.passwordHash });
      await store.setPassword(account.username, { ...change, isAlone: true }, start);
      const told = await typesOf(store, account.id);
      expect(told.filter((type) => type === 'login-methods-changed')).toHaveLength(2);
      expect(told.filter((type) => type === 'password-reset')).toHaveLength(3);
    });
  });
}

const passkeyOf = (accountId: string) => ({
  credentialId: `credential of ${accountId}`,
  id: `passkey of ${accountId}`,
  accountId,
  publicKey: 'key',
  relyingPartyId: 'localhost',
  signCount: 0,
  transports: [],
  name: 'Phone',
  createdAt: start,
  lastUsedAt: null,
  synced: false,
});

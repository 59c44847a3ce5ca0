import { describe, expect, inject, it } from 'vitest';
import type { Account, Actor, FailureKey, NewSession, StoredEvent } from './records.ts';
import { retentionMs, storeCaps } from './retention.ts';
import type { Store } from './store.ts';

// What every database promises, as sentences that run. An engine's own test opens it and calls this.

const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const hour = 60 * minute;

let made = 0;
const someAccount = (more: Partial<Account> = {}): Account => {
  made += 1;
  return {
    id: `account-${made}`,
    username: `ada${made}`,
    passwordHash: '$argon2id$one',
    displayName: null,
    email: null,
    createdAt: start,
    ...more,
  };
};
const someSession = <AccountId extends string | null>(
  accountId: AccountId,
  more: Partial<NewSession> = {},
) => {
  made += 1;
  return {
    ticketHash: `hash-${made}`,
    id: `session-${made}`,
    createdAt: start,
    lastSeenAt: start,
    idleExpiresAt: start + 2 * hour,
    expiresAt: start + 24 * hour,
    remember: false,
    address: '192.0.2.1',
    network: '192.0.2.1',
    browser: 'Firefox',
    system: 'Linux',
    ...more,
    accountId,
  };
};

const change = { passwordHash: '$argon2id$two', nameHash: 'name' };
const by: Actor = { address: '192.0.2.1', browser: 'Firefox', system: 'Linux', sessionId: null };
const meant = { accountId: undefined, type: 'login-failed' as const, by };

/** What is counted for a name in one network; '' is all unfamiliar ones together. */
export async function failuresOf(store: Store, { nameHash, network }: FailureKey) {
  const rows = await store.loginFailures(nameHash);
  const { count, lastAt } = rows.find((row) => row.network === network) ?? { count: 0, lastAt: 0 };
  return { count, lastAt };
}

/** @param open makes a store over a fresh database, which closes when the test is over. */
export function storeContract(open: (clock?: () => number) => Promise<Store>): void {
  async function registered(store: Store) {
    const account = someAccount();
    const session = someSession(account.id);
    expect(await store.register(account, session)).toBe('registered');
    const failureKey = { nameHash: account.username, network: '192.0.2.1', familiar: false };
    const proof = { verifiedHash: account.passwordHash, failureKey };
    return { account, session, proof };
  }

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

  describe('a session', () => {
    it('is found by its ticket’s hash, with its account', async () => {
      const store = await open();
      const { account, session } = await registered(store);
      const { network, ...written } = session;
      expect(await store.findSession(session.ticketHash, start)).toEqual({
        live: true,
        account,
        session: { ...written, remembered: {} },
      });
    });

    it('ends once, and says why from then on', async () => {
      const store = await open();
      const { session } = await registered(store);
      expect(await store.logOut(session.ticketHash, by, start)).toBe('ended');
      expect(await store.logOut(session.ticketHash, by, start)).toBe('not-live');
      expect(await store.findSession(session.ticketHash, start)).toEqual({
        live: false,
        reason: 'logged-out',
      });
    });

    it('that never was leaves no trace by being ended', async () => {
      const store = await open();
      expect(await store.logOut('nobody', by, start)).toBe('not-live');
      expect(await store.findSession('nobody', start)).toEqual({ live: false, reason: 'unknown' });
    });

    it('is not brought back by a late renewal', async () => {
      const store = await open();
      const { session } = await registered(store);
      await store.logOut(session.ticketHash, by, start);
      const use = { lastSeenAt: start + minute, idleExpiresAt: start + 3 * hour, address: '192.0.2.1' };
      await store.renewSession(session.ticketHash, use);
      expect(await store.findSession(session.ticketHash, start)).toEqual({
        live: false,
        reason: 'logged-out',
      });
    });

    it('is renewed forwards only, and never past its end', async () => {
      const store = await open();
      const { session } = await registered(store);
      const renew = (lastSeenAt: number, idleExpiresAt: number) =>
        store.renewSession(session.ticketHash, { lastSeenAt, idleExpiresAt, address: '192.0.2.2' });
      await renew(start + hour, start + 3 * hour);
      await renew(start + minute, start + 2 * hour + minute);
      expect(await store.findSession(session.ticketHash, start + hour)).toMatchObject({
        session: { lastSeenAt: start + hour, idleExpiresAt: start + 3 * hour, address: '192.0.2.2' },
      });
      await renew(start + 2 * hour, start + 100 * hour);
      expect(await store.findSession(session.ticketHash, start + 2 * hour)).toMatchObject({
        session: { idleExpiresAt: session.expiresAt },
      });
    });

    it('lives until its idle limit, and stays ended when the clock is set back', async () => {
      const store = await open();
      const { session } = await registered(store);
      expect(await store.findSession(session.ticketHash, session.idleExpiresAt - 1)).toMatchObject({
        live: true,
      });
      const ended = { live: false, reason: 'expired-idle' };
      expect(await store.findSession(session.ticketHash, session.idleExpiresAt)).toEqual(ended);
      expect(await store.findSession(session.ticketHash, start)).toEqual(ended);
    });

    it('says that its whole life is over when that was the limit it reached', async () => {
      const store = await open();
      const account = someAccount();
      const session = someSession(account.id, { idleExpiresAt: start + hour, expiresAt: start + hour });
      await store.register(account, session);
      expect(await store.findSession(session.ticketHash, start + hour)).toEqual({
        live: false,
        reason: 'expired-absolute',
      });
    });
  });

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
      const store = await open();
      const { account, session, proof } = await registered(store);
      for (let more = 1; more < storeCaps.maxSessionsPerAccount; more += 1) {
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
      const store = await open();
      const { account, proof } = await registered(store);
      const sessions = Array.from({ length: storeCaps.maxSessionsPerAccount + 20 }, () =>
        someSession(account.id),
      );
      await Promise.all(sessions.map((session) => store.logIn(session, proof)));
      const found = await Promise.all(sessions.map(({ ticketHash }) => store.findSession(ticketHash, start)));
      expect(found.filter(({ live }) => live)).toHaveLength(storeCaps.maxSessionsPerAccount);
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

  describe('the sessions of an account', () => {
    async function withTwo(store: Store) {
      const { account, session, proof } = await registered(store);
      const second = someSession(account.id, { lastSeenAt: start + minute });
      await store.logIn(second, proof);
      const other = await registered(store);
      return { account, session, second, other };
    }

    it('are listed live, the last used first', async () => {
      const store = await open();
      const { account, session, second } = await withTwo(store);
      const ids = async (now: number) => (await store.sessionsOf(account.id, now)).map(({ id }) => id);
      expect(await ids(start)).toEqual([second.id, session.id]);
      expect(await ids(start + 2 * hour)).toEqual([]);
    });

    it('end one by one, and only for whom they belong to', async () => {
      const store = await open();
      const { account, session, second, other } = await withTwo(store);
      expect(await store.endSessionOf(account.id, other.session.id, by, start)).toBe('not-found');
      expect(await store.endSessionOf(account.id, second.id, by, start)).toBe('ended');
      expect(await store.endSessionOf(account.id, second.id, by, start)).toBe('not-found');
      expect(await store.findSession(second.ticketHash, start)).toEqual({ live: false, reason: 'revoked' });
      for (const { ticketHash } of [session, other.session]) {
        expect(await store.findSession(ticketHash, start)).toMatchObject({ live: true });
      }
    });

    it('end all but one', async () => {
      const store = await open();
      const { account, session, second, other } = await withTwo(store);
      expect(await store.endOtherSessions(account.id, second.ticketHash, by, start)).toEqual([session.id]);
      expect(await store.endOtherSessions(account.id, second.ticketHash, by, start)).toEqual([]);
      expect(await store.findSession(session.ticketHash, start)).toEqual({ live: false, reason: 'revoked' });
      for (const { ticketHash } of [second, other.session]) {
        expect(await store.findSession(ticketHash, start)).toMatchObject({ live: true });
      }
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

  it('everything about an account is everything but its events, and nobody else’s', async () => {
    const store = await open();
    const { account, session, proof } = await registered(store);
    await registered(store);
    await store.countLoginFailure(proof.failureKey, { ...meant, accountId: account.id }, start + 1);
    const { network, ...written } = session;
    expect(await store.everythingAbout(account.id, account.username)).toEqual({
      account,
      sessions: [{ ...written, remembered: {} }],
      familiarNetworks: [{ network, lastLoginAt: start }],
      loginFailures: [
        { network: '', count: 1, lastAt: start + 1 },
        { network: '192.0.2.1', count: 1, lastAt: start + 1 },
      ],
    });
    expect(await store.everythingAbout('nobody', 'nobody')).toBeUndefined();
  });

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

  describe('an account that is deleted', () => {
    it('is gone with all its sessions, its name is free, and others stay', async () => {
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
      const next = someAccount({ username: account.username });
      expect(await store.register(next, someSession(next.id))).toBe('registered');
    });

    it('stays when its password is another one by now', async () => {
      const store = await open();
      const { account, session } = await registered(store);
      const stale = { verifiedHash: '$argon2id$older', nameHash: 'name' };
      expect(await store.deleteAccount(account.id, stale, start)).toBe('credentials-changed');
      expect(await store.findSession(session.ticketHash, start)).toMatchObject({ live: true });
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

  describe('a window limiter', () => {
    it('counts what is taken and given back, a hundred at a time, each name and key apart', async () => {
      const store = await open();
      const limiter = store.windowLimiter('tries', 60);
      const taken = await Promise.all(Array.from({ length: 100 }, () => limiter.take('one')));
      expect(new Set(taken.map((standing) => standing.taken)).size).toBe(100);
      await limiter.giveBack('one');
      expect(await limiter.get('one')).toMatchObject({ taken: 99 });
      expect(await limiter.get('two')).toEqual({ taken: 0, endsIn: 0 });
      expect(await store.windowLimiter('others', 60).get('one')).toMatchObject({ taken: 0 });
    });

    it('says when its window ends, and begins a new one then', async () => {
      let now = start;
      const limiter = (await open(() => now)).windowLimiter('tries', 60);
      expect(await limiter.take('one')).toEqual({ taken: 1, endsIn: minute });
      now += 10_000;
      expect(await limiter.take('one')).toEqual({ taken: 2, endsIn: 50_000 });
      expect(await limiter.get('one')).toEqual({ taken: 2, endsIn: 50_000 });
      now += 50_000;
      expect(await limiter.get('one')).toEqual({ taken: 0, endsIn: 0 });
      expect(await limiter.take('one')).toEqual({ taken: 1, endsIn: minute });
    });

    it('takes nothing back of a window that is over, and never more than was taken', async () => {
      let now = start;
      const limiter = (await open(() => now)).windowLimiter('tries', 60);
      await limiter.take('one');
      now += minute;
      await limiter.giveBack('one');
      await limiter.giveBack('two');
      expect(await limiter.take('one')).toMatchObject({ taken: 1 });
      expect(await limiter.take('two')).toMatchObject({ taken: 1 });
      for (let times = 0; times < 3; times += 1) await limiter.giveBack('one');
      expect(await limiter.take('one')).toMatchObject({ taken: 1 });
    });
  });

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

  it('says that it is ready', async () => {
    await expect((await open()).ready()).resolves.toBeUndefined();
  });
}

import argon2 from 'argon2';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { day, hour, minute, openCounter, password, second } from '../../test/counter.ts';
import { openStore } from '../store/open.ts';
import type { Account } from '../store/records.ts';

describe('what was seen a moment ago is seen anew at the very next request', () => {
  /** A member with two sessions, both of which were just used twice, and the store as another process has it. */
  async function open() {
    const counter = await openCounter();
    const [here, there] = [counter.visitor(), counter.visitor()];
    await here.register('ada');
    await there.logIn('ada');
    for (const visitor of [here, there, here, there]) expect((await visitor.get('/me')).statusCode).toBe(200);
    const otherProcess = await openStore(counter.config.database);
    onTestFinished(() => otherProcess.close());
    const { id } = (await there.get('/session')).json().session;
    const account = (await counter.store.findAccount('ada')) as Account;
    return { counter, here, there, ticket: there.ticket, id, account, otherProcess };
  }
  const json = { 'content-type': 'application/json' };
  type Opened = Awaited<ReturnType<typeof open>>;
  const by = { address: null, browser: null, system: null, sessionId: null };

  it.each<[string, string, (opened: Opened) => Promise<unknown>]>([
    ['it logs out', 'logged-out', ({ there }) => there.post('/logout')],
    ['it is revoked', 'revoked', ({ here, id }) => here.send('DELETE', `/me/sessions/${id}`)],
    ['all others are revoked', 'revoked', ({ here }) => here.send('DELETE', '/me/sessions')],
    [
      'the password changes',
      'revoked',
      ({ here }) =>
        here.send(
          'PUT',
          '/me/password',
          JSON.stringify({ currentPassword: password, newPassword: `new ${password}` }),
          json,
        ),
    ],
    [
      'the account is deleted',
      'revoked',
      ({ here }) => here.send('DELETE', '/me', JSON.stringify({ password }), json),
    ],
    ['its time is over', 'expired-idle', async ({ counter }) => counter.later(2 * hour)],
    [
      'another process ends it',
      'revoked',
      ({ otherProcess, account, id }) => otherProcess.endSessionOf(account.id, id, by, Date.now()),
    ],
    [
      'another program sets its end',
      'expired-idle',
      ({ counter }) => counter.database.query('UPDATE sessions SET idle_expires_at = created_at'),
    ],
    [
      'another program deletes it',
      'unknown',
      ({ counter }) => counter.database.query('DELETE FROM sessions'),
    ],
  ])('when %s: %s', async (_what, reason, act) => {
    const opened = await open();
    const answer = await act(opened);
    if (answer && typeof answer === 'object' && 'statusCode' in answer) expect(answer.statusCode).toBe(204);
    opened.there.ticket = opened.ticket;
    expect((await opened.there.get('/me')).json()).toMatchObject({ status: 401, reason });
  });

  it.each<[string, (opened: Opened) => Promise<unknown>]>([
    ['another session', ({ here }) => here.send('PATCH', '/me', '{"displayName":"Ada"}', json)],
    [
      'another process',
      ({ otherProcess, account }) =>
        otherProcess.changeProfile(account.id, { displayName: 'Ada' }, by, Date.now()),
    ],
    ['another program', ({ counter }) => counter.database.query(`UPDATE accounts SET display_name = 'Ada'`)],
  ])('when %s changes the account', async (_what, act) => {
    const opened = await open();
    await act(opened);
    expect((await opened.there.get('/me')).json()).toMatchObject({ displayName: 'Ada' });
  });
});

describe('a session', () => {
  it('ends after its idle limit and says so, once and for good', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    counter.later(2 * hour - second);
    expect((await ada.get('/me')).statusCode).toBe(200);
    counter.later(2 * hour);
    expect((await ada.get('/me')).json()).toMatchObject({ status: 401, reason: 'expired-idle' });
    counter.later(-3 * hour);
    await counter.restart();
    expect((await ada.get('/me')).json()).toMatchObject({ reason: 'expired-idle' });
  });

  it('ends after its whole life however much it is used', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    for (let hours = 0; hours < 23; hours += 1) {
      counter.later(hour);
      expect((await ada.get('/me')).statusCode).toBe(200);
    }
    counter.later(hour);
    expect((await ada.get('/me')).json()).toMatchObject({ reason: 'expired-absolute' });
  });

  it('lives longer when asked to stay logged in', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada', { remember: true });
    counter.later(14 * day - second);
    expect((await ada.get('/me')).statusCode).toBe(200);
    counter.later(14 * day - second);
    expect((await ada.get('/me')).statusCode).toBe(200);
    counter.later(2 * day + 2 * second);
    expect((await ada.get('/me')).json()).toMatchObject({ reason: 'expired-absolute' });
  });

  it('is renewed by any answered use, GET /session and refusals too, with one write a minute', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const idleUntil = async () => Date.parse((await ada.get('/session')).json().session.idleExpiresAt);
    const first = await idleUntil();
    counter.later(59 * second);
    expect(await idleUntil()).toBe(first);
    counter.later(second);
    expect(await idleUntil()).toBe(first + minute);
    counter.later(hour);
    await ada.post('/login', {});
    expect(await idleUntil()).toBe(first + minute + hour);
  });

  it('is renewed more often where the idle limit is short', async () => {
    const counter = await openCounter({ SESSION_IDLE: '10s' });
    const ada = counter.visitor();
    await ada.register('ada');
    for (let seconds = 0; seconds < 60; seconds += 9) {
      counter.later(9 * second);
      expect((await ada.get('/me')).statusCode).toBe(200);
    }
    counter.later(10 * second);
    expect((await ada.get('/me')).json()).toMatchObject({ reason: 'expired-idle' });
  });

  it('survives a restart of the server', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    await counter.restart();
    expect((await ada.get('/me')).json()).toMatchObject({ username: 'ada' });
  });

  it('does not outlive a clock that is set back', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const bea = counter.visitor();
    await bea.register('bea');
    counter.later(2 * hour);
    expect((await ada.get('/me')).statusCode).toBe(401);
    counter.later(-2 * hour);
    expect((await bea.get('/me')).json()).toMatchObject({ reason: 'expired-idle' });
  });

  it('goes on being readable while nothing can be written', async () => {
    const counter = await openCounter();
    counter.expectFaults();
    const ada = counter.visitor();
    await ada.register('ada');
    counter.later(2 * minute);
    const letGo = await counter.database.holdWrites();
    expect((await ada.get('/me')).statusCode).toBe(200);
    expect((await ada.get('/readyz')).statusCode).toBe(503);
    await letGo();
    await expect.poll(async () => (await ada.get('/readyz')).statusCode, { timeout: 2 * second }).toBe(200);
  });
});

describe('a visit', () => {
  it('shows its ticket as it was given: encoded it counts for nothing, and nothing beside it counts', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const { ticket = '' } = ada;
    const meWith = async (cookie: string) => {
      const answer = await counter.visitor().get('/me', { cookie });
      return answer.json().reason ?? answer.json().username;
    };
    expect(await meWith(`0=%; a=%E0%A4; coatcheck=${ticket}; z=%zz`)).toBe('ada');
    const encoded = `%${ticket.charCodeAt(0).toString(16)}${ticket.slice(1)}`;
    for (const value of [encoded, `${ticket}%`, '%']) {
      expect(await meWith(`coatcheck=${value}`)).toBe('unknown');
    }
    expect(await meWith('0=%; a=%E0%A4')).toBe('no-cookie');
  });

  it('a thousand times over leaves no row and no cookie', async () => {
    const counter = await openCounter();
    const garbage = [
      '',
      'x',
      'A'.repeat(43),
      '%E0%A4%A',
      'A'.repeat(4000),
      '"quoted"',
      `${'A'.repeat(43)}; coatcheck=B`,
    ];
    for (let visit = 0; visit < 1000; visit += 1) {
      const stranger = counter.visitor();
      stranger.ticket = garbage[visit % (garbage.length + 1)];
      const answer = await stranger.get(visit % 2 ? '/me' : '/session');
      expect(answer.statusCode).toBe(visit % 2 ? 401 : 200);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    const { duties, ...rows } = await counter.database.dump();
    expect(rows).toMatchObject({ accounts: [], sessions: [], tombstones: [] });
    expect(Object.values(rows).flat()).toEqual([]);
  });

  it('with a cookie that counts for nothing leaves the cookie as it is, login refused or not', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    await ada.post('/logout');
    ada.ticket = 'A'.repeat(43);
    const answers = [
      await ada.get('/me'),
      await ada.get('/session'),
      await ada.logIn('ada', { password: 'not the right password' }),
      await ada.register('ada'),
      await ada.post('/register', {}),
    ];
    for (const answer of answers) expect(answer.headers['set-cookie']).toBeUndefined();
  });
});

describe('logging out', () => {
  it('is final while slow requests with the same cookie are under way, however often', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const account = await counter.store.findAccount('ada');
    const now = Date.now();
    const by = { address: '127.0.0.1', browser: null, system: null, sessionId: null };
    const round = async (ticketHash: string) => {
      const session = {
        ticketHash,
        id: ticketHash,
        accountId: account?.id ?? '',
        createdAt: now,
        lastSeenAt: now,
        idleExpiresAt: now + hour,
        expiresAt: now + day,
        remember: false,
        address: '127.0.0.1',
        network: '127.0.0.1',
        browser: null,
        system: null,
      };
      const proof = {
        verifiedHash: account?.passwordHash ?? '',
        failureKey: { nameHash: 'ada', network: '192.0.2.1', familiar: false },
      };
      await counter.store.logIn(session, proof);
      const use = { lastSeenAt: now + minute, idleExpiresAt: now + 2 * hour, address: '127.0.0.1' };
      await Promise.all([
        counter.store.renewSession(ticketHash, use),
        counter.store.logOut(ticketHash, by, now),
        counter.store.renewSession(ticketHash, use),
      ]);
      expect(await counter.store.findSession(ticketHash, now)).toEqual({ live: false, reason: 'logged-out' });
    };
    // Ten at a time, so that a slow disk is waited for a tenth as often.
    for (let done = 0; done < inject('rounds'); done += 10) {
      await Promise.all(Array.from({ length: 10 }, (_, one) => round(`round ${done + one}`)));
    }
  }, 300_000);

  it('over HTTP is final too: a login with the same cookie, under way, gives a new ticket and leaves the old one dead', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const shown = ada.ticket;
    const slow = counter.visitor();
    slow.ticket = shown;
    const checked = Promise.withResolvers<boolean>();
    const check = vi.spyOn(argon2, 'verify').mockReturnValue(checked.promise);
    const login = slow.logIn('ada');
    await expect.poll(() => check.mock.calls.length).toBe(1);
    await ada.post('/logout');
    checked.resolve(true);
    expect((await login).statusCode).toBe(200);
    const copy = counter.visitor();
    copy.ticket = shown;
    expect((await copy.get('/me')).json()).toMatchObject({ reason: 'logged-out' });
    expect((await slow.get('/me')).statusCode).toBe(200);
  });
});

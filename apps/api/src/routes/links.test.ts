import { describe, expect, it, vi } from 'vitest';
import { at as below } from '../../test/base-path.ts';
import { day, hour, minute, openCounter, password, type Visitor } from '../../test/counter.ts';
import { makeLink, tokenOf } from '../../test/links.ts';

const newPassword = 'gloves in the left pocket';
const somebody = { username: 'cleo', newPassword };
const unknownToken = 'A'.repeat(43);

const open = (visitor: Visitor, token: string) => visitor.post('/links/open', { token });
const use = (visitor: Visitor, token: string, more: object = {}) =>
  visitor.post('/links/use', { token, ...more });
const typesOf = async (member: Visitor) =>
  (await member.get('/me/activity')).json().events.map(({ type }: { type: string }) => type);

/** A server that others reach, and ada at it. */
async function reached(settings: Record<string, string> = {}) {
  const counter = await openCounter({ PUBLIC_URL: 'https://id.example.com', ...settings });
  const ada = counter.visitor();
  await ada.register('ada');
  return { counter, ada };
}

/** A link for another device of ada. @returns its token */
async function deviceToken(ada: Visitor): Promise<string> {
  const made = await ada.post('/me/device-links');
  expect(made.statusCode).toBe(201);
  return tokenOf(made.json().url);
}

describe('POST /links/open', () => {
  it('says what a link is good for, as often as somebody asks', async () => {
    const { counter, ada } = await reached();
    const device = await deviceToken(ada);
    const reset = await makeLink(counter, 'ada');
    const invitation = await makeLink(counter);
    const until = (milliseconds: number) => new Date(counter.now() + milliseconds).toISOString();
    for (let times = 0; times < 3; times += 1) {
      const answers = [device, reset, invitation].map(async (token) =>
        (await open(counter.visitor(), token)).json(),
      );
      expect(await Promise.all(answers)).toEqual([
        { kind: 'device', username: 'ada', expiresAt: until(2 * minute) },
        { kind: 'reset', username: 'ada', expiresAt: until(hour) },
        { kind: 'invitation', username: null, expiresAt: until(7 * day) },
      ]);
    }
  });

  it('gives no cookie, and is no use of the link by GET and HEAD', async () => {
    const { counter } = await reached();
    const token = await makeLink(counter, 'ada');
    const reader = counter.visitor();
    expect((await open(reader, token)).headers['set-cookie']).toBeUndefined();
    expect((await reader.get('/links/open')).statusCode).toBe(405);
    expect((await reader.send('HEAD', '/links/use')).statusCode).toBe(405);
    expect((await use(reader, token, { newPassword })).statusCode).toBe(200);
  });

  it.each(['', 'short', unknownToken, `${unknownToken}A`, 'ü'.repeat(43), `${'A'.repeat(42)}\u0000`])(
    'answers the token %j, which nobody made, as unknown or as malformed',
    async (token) => {
      const { counter } = await reached();
      const answer = await open(counter.visitor(), token);
      expect([400, 401]).toContain(answer.statusCode);
      if (answer.statusCode === 401) expect(answer.json()).toMatchObject({ reason: 'unknown' });
    },
  );
});

describe('a link that is over', () => {
  it('says that it was used, is expired or was superseded, for seven days, and then that it is unknown', async () => {
    const { counter } = await reached();
    const superseded = await makeLink(counter, 'ada');
    const used = await makeLink(counter, 'ada');
    const expired = await makeLink(counter, undefined, 4_000);
    expect((await use(counter.visitor(), used, { newPassword })).statusCode).toBe(200);
    counter.later(4_000);
    const reasons = async () =>
      Promise.all(
        [used, expired, superseded].flatMap((token) => [
          open(counter.visitor(), token),
          use(counter.visitor(), token, { newPassword }),
        ]),
      ).then((answers) => answers.map((answer) => answer.json().reason));
    const known = ['used', 'used', 'expired', 'expired', 'superseded', 'superseded'];
    expect(await reasons()).toEqual(known);
    counter.later(7 * day - 4_001);
    await counter.store.sweep(counter.now(), 100);
    expect(await reasons()).toEqual(known);
    counter.later(4_001);
    await counter.store.sweep(counter.now(), 100);
    expect(await reasons()).toEqual(Array(6).fill('unknown'));
  });

  it('is unknown when its account is gone', async () => {
    const { counter, ada } = await reached();
    const token = await makeLink(counter, 'ada');
    expect((await ada.send('DELETE', '/me', JSON.stringify({ password }), json)).statusCode).toBe(204);
    expect((await open(counter.visitor(), token)).json()).toMatchObject({ reason: 'unknown' });
  });

  it('is void when the account was deleted while its link was being used', async () => {
    const { counter } = await reached();
    const token = await makeLink(counter, 'ada');
    const { findAccount } = counter.store;
    vi.spyOn(counter.store, 'findAccount').mockImplementation(async (name) => {
      const account = await findAccount(name);
      await counter.database.query(`DELETE FROM links`);
      return account;
    });
    expect((await use(counter.visitor(), token, { newPassword })).json()).toMatchObject({
      reason: 'unknown',
    });
  });
});

describe('links tried in vain', () => {
  it('are sixty in a quarter of an hour from one network; then nothing is looked up', async () => {
    const { counter } = await reached({ TRUSTED_PROXIES: '127.0.0.1' });
    const token = await makeLink(counter, 'ada');
    const guesser = counter.visitor({ 'x-forwarded-for': '203.0.113.9' });
    for (let tries = 0; tries < 60; tries += 1) {
      const answer = tries % 2 ? await open(guesser, unknownToken) : await use(guesser, 'short');
      expect(answer.statusCode).toBe(401);
    }
    const findLink = vi.spyOn(counter.store, 'findLink');
    for (const refused of [await open(guesser, token), await use(guesser, token, { newPassword })]) {
      expect(refused.statusCode).toBe(429);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(findLink).not.toHaveBeenCalled();
    expect((await open(counter.visitor(), token)).statusCode).toBe(200);
    counter.later(15 * minute);
    expect((await open(guesser, token)).statusCode).toBe(200);
  });

  it('do not count what succeeds, nor what has a mistake in its fields', async () => {
    const { counter } = await reached();
    const token = await makeLink(counter, 'ada');
    for (let tries = 0; tries < 61; tries += 1) {
      expect((await open(counter.visitor(), token)).statusCode).toBe(200);
      expect((await use(counter.visitor(), token)).statusCode).toBe(400);
    }
  });

  it('are told to the operator, with the account and the reason, and without the token', async () => {
    const { counter } = await reached();
    const token = await makeLink(counter, 'ada');
    await makeLink(counter, 'ada');
    await open(counter.visitor(), token);
    await open(counter.visitor(), unknownToken);
    const account = await counter.store.findAccount('ada');
    expect(counter.log.filter(({ event }) => event === 'authn_login_fail')).toMatchObject([
      { accountId: account?.id, reason: 'link-superseded' },
      { accountId: null, reason: 'link-unknown' },
    ]);
  });
});

describe('POST /links/use with a reset', () => {
  it('sets the password, logs in, and ends every other session', async () => {
    const { counter, ada } = await reached();
    const token = await makeLink(counter, 'ada');
    const back = counter.visitor();
    const answer = await use(back, token, { newPassword, remember: true });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ username: 'ada' });
    expect(answer.headers['set-cookie']).toContain('Max-Age=');
    expect((await ada.get('/me')).json()).toMatchObject({ reason: 'revoked' });
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(401);
    expect((await counter.visitor().logIn('ada', { password: newPassword })).statusCode).toBe(200);
    expect(await typesOf(back)).toEqual(expect.arrayContaining(['reset-link-used', 'reset-link-made']));
    expect((await back.post('/me/recovery-codes')).json()).toMatchObject({
      type: '/problems/proof-required',
    });
  });

  it('forgets the failed logins that made the name wait', async () => {
    const { counter } = await reached({ TRUSTED_PROXIES: '127.0.0.1' });
    const stranger = counter.visitor({ 'x-forwarded-for': '203.0.113.9' });
    for (let tries = 0; tries < 10; tries += 1)
      await stranger.logIn('ada', { password: 'not the right one' });
    expect((await stranger.logIn('ada')).statusCode).toBe(429);
    await use(stranger, await makeLink(counter, 'ada'), { newPassword });
    expect((await stranger.logIn('ada', { password: newPassword })).statusCode).toBe(200);
  });

  it('leaves a password that is not enough alone as it is', async () => {
    const { counter } = await reached();
    await counter.database.query(`UPDATE accounts SET password_hash = 'beside-a-passkey:' || password_hash`);
    const back = counter.visitor();
    expect((await use(back, await makeLink(counter, 'ada'), { newPassword })).statusCode).toBe(200);
    expect((await back.get('/me/export')).json()).toMatchObject({ passwordAlone: false });
    expect((await counter.visitor().logIn('ada', { password: newPassword })).statusCode).toBe(401);
  });

  it('is good once, for ten at the same time, too', async () => {
    const { counter } = await reached();
    const token = await makeLink(counter, 'ada');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => use(counter.visitor(), token, { newPassword })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array(9).fill(401)]);
    const refusals = answers.filter(({ statusCode }) => statusCode === 401);
    for (const refusal of refusals) expect(refusal.json()).toMatchObject({ reason: 'used' });
  });

  it('is void when the password was changed meanwhile', async () => {
    const { counter, ada } = await reached();
    const token = await makeLink(counter, 'ada');
    const body = JSON.stringify({ currentPassword: password, newPassword });
    expect((await ada.send('PUT', '/me/password', body, json)).statusCode).toBe(204);
    expect((await use(counter.visitor(), token, { newPassword })).json()).toMatchObject({
      reason: 'superseded',
    });
  });

  it('uses nothing up for a password that is not good enough', async () => {
    const { counter } = await reached();
    const token = await makeLink(counter, 'ada');
    for (const [bad, rule] of [
      ['short', 'too-short'],
      ['passwordpassword', 'too-common'],
      ['ada ada ada ada ada', 'is-username'],
    ]) {
      expect((await use(counter.visitor(), token, { newPassword: bad })).json()).toMatchObject({
        errors: [{ pointer: '#/newPassword', rule }],
      });
    }
    expect((await use(counter.visitor(), token, { newPassword })).statusCode).toBe(200);
  });
});

describe('POST /links/use with an invitation', () => {
  it('makes an account that is logged in and proven by its password', async () => {
    const { counter } = await reached({ REGISTRATION: 'invite' });
    const token = await makeLink(counter);
    const cleo = counter.visitor();
    const answer = await use(cleo, token, { ...somebody, username: 'Cleo' });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers.location).toMatch(/\/me$/);
    expect(answer.json()).toMatchObject({ username: 'cleo', email: null });
    expect(await typesOf(cleo)).toEqual(['registered']);
    expect((await cleo.post('/me/recovery-codes')).statusCode).toBe(200);
    expect((await use(counter.visitor(), token, { ...somebody, username: 'dora' })).json()).toMatchObject({
      reason: 'used',
    });
  });

  it('is good once, for ten at the same time, too', async () => {
    const { counter } = await reached();
    const token = await makeLink(counter);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        use(counter.visitor(), token, { ...somebody, username: `cleo${at}` }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, ...Array(9).fill(401)]);
    expect((await counter.database.dump()).accounts).toHaveLength(2);
  });

  it('refuses names that are taken, reserved or left, and uses nothing up', async () => {
    const { counter } = await reached();
    const token = await makeLink(counter);
    const gone = counter.visitor();
    await gone.register('gone');
    await gone.send('DELETE', '/me', JSON.stringify({ password }), json);
    for (const username of ['ada', 'admin', 'gone']) {
      const refused = await use(counter.visitor(), token, { username, newPassword });
      expect(refused.json(), username).toMatchObject({ status: 409, type: '/problems/username-taken' });
    }
    expect((await use(counter.visitor(), token, somebody)).statusCode).toBe(201);
  });

  it('has a place in the quota of registrations', async () => {
    const { counter } = await reached({ REGISTRATIONS_PER_HOUR: '2' });
    expect((await use(counter.visitor(), await makeLink(counter), somebody)).statusCode).toBe(201);
    const token = await makeLink(counter);
    expect((await use(counter.visitor(), token, { ...somebody, username: 'dora' })).statusCode).toBe(429);
    expect((await open(counter.visitor(), token)).statusCode).toBe(200);
  });

  it('says which fields are bad, by their own pointers', async () => {
    const { counter } = await reached();
    const token = await makeLink(counter);
    for (const [body, pointer, rule] of [
      [{ newPassword }, '#/username', 'required'],
      [{ username: 'cleo' }, '#/newPassword', 'required'],
      [{ ...somebody, username: '.cleo' }, '#/username', 'bad-characters'],
      [{ ...somebody, newPassword: 'passwordpassword' }, '#/newPassword', 'too-common'],
      [{ ...somebody, email: 'cleo@example.com' }, '#/email', 'unknown-field'],
    ] as const) {
      const { errors } = (await use(counter.visitor(), token, body)).json();
      expect(errors).toContainEqual(expect.objectContaining({ pointer, rule }));
    }
  });

  it('is void where nobody can register', async () => {
    const { counter } = await reached();
    const token = await makeLink(counter);
    counter.config.registration.policy = 'closed';
    for (const answer of [
      await open(counter.visitor(), token),
      await use(counter.visitor(), token, somebody),
    ]) {
      expect(answer.json()).toMatchObject({
        status: 401,
        type: '/problems/link-void',
        reason: 'superseded',
      });
    }
  });
});

describe('POST /links/use with a link for another device', () => {
  it('gives that device a session of its own, and proves nothing', async () => {
    const { counter, ada } = await reached();
    const phone = counter.visitor();
    const answer = await use(phone, await deviceToken(ada));
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ username: 'ada' });
    expect((await ada.get('/me/sessions')).json().sessions).toHaveLength(2);
    expect(await typesOf(ada)).toEqual(expect.arrayContaining(['device-link-made', 'device-link-used']));
    expect((await phone.post('/me/device-links')).json()).toMatchObject({ type: '/problems/proof-required' });
  });

  it('ends the session of another person that the device shows, and hands nothing of it over', async () => {
    const { counter, ada } = await reached();
    const phone = counter.visitor();
    await phone.register('bea');
    await phone.send('PATCH', '/session', '{"likes":"cats"}', json);
    const before = counter.visitor();
    before.ticket = phone.ticket;
    await use(phone, await deviceToken(ada));
    expect((await phone.get('/session')).json()).toMatchObject({
      user: { username: 'ada' },
      remembered: {},
    });
    expect(before.ticket).not.toBe(phone.ticket);
  });

  it('is void after two minutes, after a newer one, and when all other sessions are ended', async () => {
    const { counter, ada } = await reached();
    const first = await deviceToken(ada);
    const second = await deviceToken(ada);
    expect((await use(counter.visitor(), first)).json()).toMatchObject({ reason: 'superseded' });
    counter.later(2 * minute);
    expect((await use(counter.visitor(), second)).json()).toMatchObject({ reason: 'expired' });
    const third = await deviceToken(ada);
    expect((await ada.send('DELETE', '/me/sessions')).statusCode).toBe(204);
    expect((await use(counter.visitor(), third)).json()).toMatchObject({ reason: 'superseded' });
  });

  it('takes no name and no password', async () => {
    const { counter, ada } = await reached();
    const answer = await use(counter.visitor(), await deviceToken(ada), somebody);
    expect(answer.json()).toMatchObject({
      status: 400,
      errors: [
        { pointer: '#/username', rule: 'unknown-field' },
        { pointer: '#/newPassword', rule: 'unknown-field' },
      ],
    });
  });

  it('is good once, for ten at the same time, too', async () => {
    const { counter, ada } = await reached();
    const token = await deviceToken(ada);
    const answers = await Promise.all(Array.from({ length: 10 }, () => use(counter.visitor(), token)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array(9).fill(401)]);
  });
});

describe('POST /me/device-links', () => {
  it('gives a URL at the address that people type, with the token in its fragment', async () => {
    const { counter, ada } = await reached();
    const made = (await ada.post('/me/device-links')).json();
    expect(made.url.split('#')).toEqual([
      `https://id.example.com${below('/enter')}`,
      expect.stringMatching(/^[\w-]{43}$/),
    ]);
    expect(made.expiresAt).toBe(new Date(counter.now() + 2 * minute).toISOString());
  });

  it('is not there while only this machine reaches the server', async () => {
    for (const PUBLIC_URL of [
      undefined,
      'http://localhost:3000',
      'http://127.0.0.1:3000',
      'http://127.8.9.1',
      'http://[::1]:3000',
      'https://localhost.',
    ]) {
      const counter = await openCounter(PUBLIC_URL === undefined ? {} : { PUBLIC_URL });
      const ada = counter.visitor();
      await ada.register('ada');
      expect((await ada.post('/me/device-links')).statusCode, PUBLIC_URL).toBe(404);
    }
  });

  it('asks for a proof of the last five minutes', async () => {
    const { counter, ada } = await reached();
    counter.later(5 * minute);
    expect((await ada.post('/me/device-links')).json()).toMatchObject({
      status: 403,
      type: '/problems/proof-required',
    });
    expect((await counter.visitor().post('/me/device-links')).statusCode).toBe(401);
  });

  it('makes ten an hour for one account', async () => {
    const { counter, ada } = await reached();
    for (let made = 0; made < 10; made += 1) await deviceToken(ada);
    expect((await ada.post('/me/device-links')).statusCode).toBe(429);
    counter.later(hour);
    await ada.logIn('ada');
    expect((await ada.post('/me/device-links')).statusCode).toBe(201);
  });
});

const json = { 'content-type': 'application/json' };

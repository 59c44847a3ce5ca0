import { availableParallelism } from 'node:os';
import argon2 from 'argon2';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { day, openCounter, password } from '../../test/counter.ts';

describe('POST /login', () => {
  it('logs in with the name in any case and gives a new ticket', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const first = ada.ticket;
    const answer = await ada.logIn('ADA');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ username: 'ada' });
    expect(ada.ticket).not.toBe(first);
  });

  it('makes the ticket that was shown worth nothing at once', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const copy = counter.visitor();
    copy.ticket = ada.ticket;
    await ada.logIn('ada');
    expect((await copy.get('/me')).json()).toMatchObject({
      type: '/problems/not-logged-in',
      reason: 'replaced',
    });
  });

  it('never logs a ticket in that somebody planted before', async () => {
    const counter = await openCounter();
    await counter.visitor().register('ada');
    const victim = counter.visitor();
    victim.ticket = 'A'.repeat(43);
    await victim.logIn('ada');
    expect(victim.ticket).not.toBe('A'.repeat(43));
    const attacker = counter.visitor();
    attacker.ticket = 'A'.repeat(43);
    expect((await attacker.get('/me')).json().reason).toBe('unknown');
  });

  it('answers an unknown name, a wrong password and a broken hash alike', async () => {
    const counter = await openCounter();
    await counter.visitor().register('ada');
    await counter.visitor().register('bea');
    await counter.database.query(`UPDATE accounts SET password_hash = 'broken' WHERE username = 'bea'`);
    const answers = await Promise.all([
      counter.visitor().logIn('nobody'),
      counter.visitor().logIn('ada', { password: 'not the right password' }),
      counter.visitor().logIn('bea'),
    ]);
    const seen = answers.map(({ statusCode, headers, body }) => ({
      statusCode,
      headers: Object.keys(headers),
      body,
    }));
    expect(seen[0]?.statusCode).toBe(401);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  it('refuses a password that was changed while it was being checked', async () => {
    const counter = await openCounter();
    await counter.visitor().register('ada');
    const { logIn } = counter.store;
    vi.spyOn(counter.store, 'logIn').mockImplementation(async (...given) => {
      await counter.store.setPassword('ada', { passwordHash: '$argon2id$new', nameHash: '' }, Date.now());
      return logIn(...given);
    });
    const late = counter.visitor();
    const answer = await late.logIn('ada');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('hashes again when the stored parameters are below today’s', async () => {
    const counter = await openCounter();
    await counter.visitor().register('ada');
    const weak = await argon2.hash(password, { memoryCost: 8 * 1024, timeCost: 1, parallelism: 1 });
    await counter.database.query(`UPDATE accounts SET password_hash = '${weak}'`);
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(200);
    const account = await counter.store.findAccount('ada');
    expect(account?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,p=1,t=2\$/);
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(200);
  });

  it('lets ten in at once, each with a session of its own', async () => {
    const counter = await openCounter();
    await counter.visitor().register('ada');
    const visitors = Array.from({ length: 10 }, () => counter.visitor());
    const answers = await Promise.all(visitors.map((visitor) => visitor.logIn('ada')));
    expect(answers.every((answer) => answer.statusCode === 200)).toBe(true);
    for (const visitor of visitors) expect((await visitor.get('/me')).statusCode).toBe(200);
  });

  it('keeps the cookie for the browser’s own session, or as long as the session when asked to remember', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    const plain = await ada.register('ada');
    expect(plain.headers['set-cookie']).toBe(`coatcheck=${ada.ticket}; Path=/; HttpOnly; SameSite=Lax`);
    await ada.logIn('ada', { remember: true });
    const { session } = (await ada.get('/session')).json();
    expect(session.remember).toBe(true);
    const remembered = await ada.logIn('ada', { remember: true });
    const expires = new Date(Date.now() + 30 * 24 * 60 * 60_000).toUTCString();
    expect(remembered.headers['set-cookie']).toBe(
      `coatcheck=${ada.ticket}; Max-Age=2592000; Path=/; Expires=${expires}; HttpOnly; SameSite=Lax`,
    );
    expect((await ada.logIn('ada')).headers['set-cookie']).not.toMatch(/Expires|Max-Age/);
  });

  it('sets a Secure __Host- cookie behind https, whatever the connection looks like', async () => {
    const counter = await openCounter({ PUBLIC_URL: 'https://id.example.com', TRUSTED_PROXIES: '127.0.0.1' });
    for (const proto of ['https', 'http', undefined]) {
      const ada = counter.visitor(proto ? { 'x-forwarded-proto': proto } : {});
      const answer = await ada.register(`ada-${proto}`);
      expect(answer.headers['set-cookie']).toBe(
        `__Host-coatcheck=${ada.ticket}; Path=/; HttpOnly; Secure; SameSite=Lax`,
      );
      expect((await ada.get('/me')).statusCode).toBe(200);
      expect((await ada.post('/logout')).headers['set-cookie']).toMatch(/^__Host-coatcheck=;.*Secure/);
    }
  });
});

const wrong = { password: 'not the right password' };
const at = (address: string) => ({ 'x-forwarded-for': address });

describe('failed logins', () => {
  // These tests count attempts, hundreds of them, and not what a hash costs.
  beforeEach(() => {
    vi.spyOn(argon2, 'verify').mockImplementation(async (_hash, given) => given === password);
  });

  it('of one name make it wait after ten, longer each time, and a success clears the count', async () => {
    const counter = await openCounter();
    await counter.visitor().register('ada');
    const stranger = counter.visitor();
    for (let tries = 1; tries <= 10; tries += 1) {
      expect((await stranger.logIn('ada', wrong)).statusCode).toBe(401);
    }
    const waiting = await stranger.logIn('ada');
    expect(waiting.statusCode).toBe(429);
    expect(waiting.headers['retry-after']).toBe('30');
    counter.later(30_000);
    expect((await stranger.logIn('ada', wrong)).statusCode).toBe(401);
    expect((await stranger.logIn('ada')).headers['retry-after']).toBe('60');
    counter.later(60_000);
    expect((await stranger.logIn('ada')).statusCode).toBe(200);
    expect((await stranger.logIn('ada', wrong)).statusCode).toBe(401);
  });

  it('of a name that nobody has wait just the same', async () => {
    const counter = await openCounter();
    for (let tries = 1; tries <= 10; tries += 1) await counter.visitor().logIn('nobody', wrong);
    expect((await counter.visitor().logIn('nobody')).statusCode).toBe(429);
  });

  it('by strangers never make the owner wait at home', async () => {
    const counter = await openCounter({ TRUSTED_PROXIES: '127.0.0.1' });
    const home = counter.visitor(at('192.0.2.1'));
    await home.register('ada');
    for (let tries = 0; tries < 40; tries += 1) {
      await counter.visitor(at(`198.51.100.${Math.floor(tries / 3)}`)).logIn('ada', wrong);
    }
    expect((await counter.visitor(at('203.0.113.5')).logIn('ada')).statusCode).toBe(429);
    expect((await home.logIn('ada')).statusCode).toBe(200);
  });

  it('do not tell in one answer whether there is such an account, nor where it logs in', async () => {
    const counter = await openCounter({ TRUSTED_PROXIES: '127.0.0.1' });
    await counter.visitor(at('192.0.2.1')).register('ada');
    for (const name of ['ada', 'nobody']) {
      for (let tries = 0; tries < 13; tries += 1)
        await counter.visitor(at('198.51.100.7')).logIn(name, wrong);
      expect((await counter.visitor(at('198.51.100.7')).logIn(name, wrong)).statusCode).toBe(429);
      // The first three of any other network are answered, known to the account or not.
      for (const network of ['192.0.2.1', '203.0.113.5']) {
        const answers = [];
        for (let tries = 0; tries < 3; tries += 1) {
          answers.push((await counter.visitor(at(network)).logIn(name, wrong)).statusCode);
        }
        expect(answers, `${name} from ${network}`).toEqual([401, 401, 401]);
      }
      expect((await counter.visitor(at('203.0.113.5')).logIn(name, wrong)).statusCode).toBe(429);
    }
  });

  it('of a name from ever new networks are thirty in a day, and one too many a core', async () => {
    const counter = await openCounter({ TRUSTED_PROXIES: '127.0.0.1' });
    const statuses = [];
    for (let tries = 0; tries < 40; tries += 1) {
      const fresh = counter.visitor(at(`198.51.100.${Math.floor(tries / 2)}`));
      statuses.push((await fresh.logIn('nobody', wrong)).statusCode);
    }
    expect(statuses).toEqual([...Array(30).fill(401), ...Array(10).fill(429)]);
    counter.later(day);
    expect((await counter.visitor(at('203.0.113.5')).logIn('nobody', wrong)).statusCode).toBe(401);
  });

  it('written by a clock that was ahead make nobody wait', async () => {
    const counter = await openCounter();
    for (let tries = 0; tries < 12; tries += 1) await counter.visitor().logIn('nobody', wrong);
    expect((await counter.visitor().logIn('nobody', wrong)).statusCode).toBe(429);
    await counter.database.query(`UPDATE login_failures SET last_at = ${Date.now() + 365 * day}`);
    expect((await counter.visitor().logIn('nobody', wrong)).statusCode).toBe(401);
    expect((await counter.visitor().logIn('nobody', wrong)).headers['retry-after']).toBe('60');
  });

  it('from one address are a hundred in a quarter of an hour, counted by /64, and a restart changes nothing', async () => {
    const counter = await openCounter({ TRUSTED_PROXIES: '127.0.0.1' });
    for (let name = 0; name < 10; name += 1) {
      for (let tries = 0; tries < 10; tries += 1) {
        const at = { 'x-forwarded-for': `2001:db8::${name}:${tries}` };
        await counter.visitor(at).logIn(`name${name}`, wrong);
      }
    }
    await counter.restart();
    const inside = counter.visitor({ 'x-forwarded-for': '2001:db8::abcd' });
    expect((await inside.logIn('another')).statusCode).toBe(429);
    const outside = counter.visitor({ 'x-forwarded-for': '2001:db8:0:1::1' });
    expect((await outside.logIn('another')).statusCode).toBe(401);
    counter.later(15 * 60_000);
    expect((await inside.logIn('another')).statusCode).toBe(401);
  });

  it('are counted for the address a trusted proxy names, and for no address that a client makes up', async () => {
    const counter = await openCounter();
    for (let tries = 0; tries < 100; tries += 1) {
      await counter.visitor({ 'x-forwarded-for': `192.0.2.${tries}` }).logIn(`name${tries}`, wrong);
    }
    expect((await counter.visitor({ 'x-forwarded-for': '192.0.2.200' }).logIn('another')).statusCode).toBe(
      429,
    );
  });
});

it('hashes a hundred wrong passwords at a time ten times and once a core more; right ones all pass', async () => {
  const counter = await openCounter();
  await counter.visitor().register('ada');
  const right = await Promise.all(Array.from({ length: 30 }, () => counter.visitor().logIn('ada')));
  expect(right.every((answer) => answer.statusCode === 200)).toBe(true);
  const answers = await Promise.all(Array.from({ length: 100 }, () => counter.visitor().logIn('ada', wrong)));
  const hashed = answers.filter((answer) => answer.statusCode === 401).length;
  expect(hashed).toBeGreaterThanOrEqual(10);
  expect(hashed).toBeLessThanOrEqual(10 + availableParallelism());
  expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(100 - hashed);
});

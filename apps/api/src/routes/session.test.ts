import { describe, expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';

describe('GET /session', () => {
  it('tells a stranger that nothing is kept', async () => {
    const counter = await openCounter();
    const answer = await counter.visitor().get('/session');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.json()).toEqual({
      user: null,
      session: null,
      remembered: {},
      cookie: {
        name: 'coatcheck',
        sent: false,
        attributes: { httpOnly: true, secure: false, sameSite: 'Lax', path: '/', expires: null },
      },
      reason: null,
      now: new Date().toISOString(),
      passwordMinLength: 15,
    });
  });

  it('tells who is logged in what is kept, and never the ticket', async () => {
    const counter = await openCounter({ PASSWORD_MIN_LENGTH: '20' });
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const ada = counter.visitor({ 'user-agent': userAgent });
    const user = (await ada.register('ada', { remember: true })).json();
    const answer = await ada.get('/session');
    const from = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
    const day = 24 * 60 * 60_000;
    expect(answer.json()).toMatchObject({
      user,
      session: {
        id: expect.stringMatching(/^[\w-]{22}$/),
        current: true,
        createdAt: from(0),
        lastSeenAt: from(0),
        idleExpiresAt: from(14 * day),
        expiresAt: from(30 * day),
        remember: true,
        address: '127.0.0.1',
        device: { browser: 'Firefox', system: 'Linux' },
      },
      cookie: { sent: true, attributes: { expires: from(30 * day) } },
      reason: null,
      passwordMinLength: 20,
    });
    expect(answer.body).not.toContain(ada.ticket);
  });

  it('says why a cookie that was sent counts for nothing', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const old = ada.ticket;
    await ada.logIn('ada');
    ada.ticket = old;
    expect((await ada.get('/session')).json()).toMatchObject({
      user: null,
      session: null,
      cookie: { sent: true },
      reason: 'replaced',
    });
    expect(ada.ticket).toBe(old);
  });
});

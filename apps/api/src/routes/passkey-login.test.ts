import { describe, expect, it } from 'vitest';
import { showPasskey } from '../../test/authenticator.ts';
import { minute, openCounter } from '../../test/counter.ts';
import { addPasskey, logInWithPasskey, registerWithPasskey } from '../../test/passkeys.ts';

describe('POST /login/passkey', () => {
  it('logs the owner of the passkey in, whose session is like any other', async () => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    const ada = counter.visitor({
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
    });
    await ada.send('PATCH', '/session', '{"likes":"cats"}', { 'content-type': 'application/json' });
    const guest = ada.ticket;

    const answer = await logInWithPasskey(ada, passkey, {}, { remember: true });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({ username: 'ada' });
    expect(answer.headers['set-cookie']).toMatch(/^coatcheck=[\w-]{43}; Max-Age=\d+;/);
    expect(ada.ticket).not.toBe(guest);
    expect((await ada.get('/session')).json()).toMatchObject({
      remembered: { likes: 'cats' },
      session: { remember: true },
    });
    const { events } = (await ada.get('/me/activity')).json();
    expect(events.map(({ type }: { type: string }) => type)).toEqual([
      'logged-in',
      'passkey-added',
      'registered',
    ]);
    expect(counter.log).toContainEqual(expect.objectContaining({ event: 'authn_login_success' }));
    const { passkeys } = (await ada.get('/me/login-methods')).json();
    expect(passkeys).toMatchObject([
      { name: 'Phone', synced: false, lastUsedAt: new Date(counter.now()).toISOString() },
    ]);
  });

  it('gives the same options to everybody, and no cookie', async () => {
    const counter = await openCounter();
    await registerWithPasskey(counter.visitor());
    const [one, other] = await Promise.all(
      [1, 2].map(() => counter.visitor().post('/login/passkey/options')),
    );
    expect(one?.json()).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rpId: 'localhost',
      allowCredentials: [],
      userVerification: 'required',
      timeout: 300_000,
    });
    expect(other?.json().challenge).not.toBe(one?.json().challenge);
    expect(one?.headers['set-cookie']).toBeUndefined();
  });

  it('takes a challenge once, and for five minutes', async () => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    const visitor = counter.visitor();
    const options = (await visitor.post('/login/passkey/options')).json();
    const response = showPasskey(options, passkey);
    expect((await visitor.post('/login/passkey', { response })).statusCode).toBe(200);
    const again = await visitor.post('/login/passkey', { response });
    expect(again.statusCode).toBe(401);
    expect(again.json().type).toBe('/problems/invalid-credentials');

    const late = (await visitor.post('/login/passkey/options')).json();
    counter.later(5 * minute);
    const answer = await visitor.post('/login/passkey', { response: showPasskey(late, passkey) });
    expect(answer.statusCode).toBe(401);
  });
});

describe('POST /me/passkeys', () => {
  it('adds a passkey under its name', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const { answer } = await addPasskey(ada, { flags: 1 + 4 + 8 + 16 + 64 }, 'Cafe\u0301 laptop');
    expect(answer.statusCode, answer.body).toBe(201);
    expect(answer.json()).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      name: 'Café laptop',
      createdAt: new Date(counter.now()).toISOString(),
      lastUsedAt: null,
      synced: true,
    });
  });
});

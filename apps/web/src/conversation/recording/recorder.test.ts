import type { Conversation, Session, User } from '@coatcheck/api-types';
import { describe, expect, it } from 'vitest';
import { createRecorder } from './recorder.ts';

const now = '2026-11-26T12:00:00.000Z';
const earlier = '2026-11-26T11:00:00.000Z';
const attributes = { path: '/', expires: null, httpOnly: true, secure: false, sameSite: 'Lax' } as const;

const session = (id: string, createdAt = earlier) => ({ id, createdAt }) as Session;
const user = (id: string) => ({ id, username: id }) as User;

/** The conversation that `GET /session` tells. By default, it is a stranger's. */
const conversation = (about: Partial<Conversation> = {}): Conversation => ({
  user: null,
  session: null,
  remembered: {},
  reason: null,
  passwordMinLength: 15,
  house: { name: null, logo: null, contact: null, registration: 'open', app: null, leadsTo: [] },
  cookie: { name: 'coatcheck', sent: about.session != null, attributes },
  now,
  ...about,
});

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });
const done = () => new Response(null, { status: 204 });

/** A recorder whose server gives these answers, one a call. */
function record(...answers: (Response | Error)[]) {
  const recorder = createRecorder(async () => {
    const answer = answers.shift();
    if (answer instanceof Response) return answer;
    throw answer;
  }, new URL('http://localhost:3000/conversation'));
  return {
    recorder,
    call: (call: string, body?: object, credentials?: RequestCredentials) => {
      const [method = '', path = ''] = call.split(' ');
      return recorder.fetch(path, {
        method,
        ...(body && { body: JSON.stringify(body) }),
        ...(credentials && { credentials }),
      });
    },
    last: () => recorder.exchanges().at(-1),
  };
}

describe('the recorder', () => {
  it('leaves the answer to be read by the caller', async () => {
    const { call } = record(json(conversation()));
    expect(await (await call('GET /session')).json()).toEqual(conversation());
  });

  it('keeps no password', async () => {
    const { call, recorder } = record(json(user('ada')));
    await call('POST /login', { username: 'ada', password: 'umbrella left by the door' });
    expect(recorder.exchanges()).toMatchObject([
      { body: '{"username":"ada","password":"…"}', hidesSecret: true, cookie: 'given' },
    ]);
  });

  const response = { id: 'SECRET', rawId: 'SECRET', type: 'public-key', response: { signature: 'SECRET' } };
  it.each<[string, object, string]>([
    ['POST /login/passkey', { response, remember: true }, '{"response":"…","remember":true}'],
    [
      'POST /recover',
      { username: 'ada', code: 'SECRET', newPassword: 'SECRET' },
      '{"username":"ada","code":"…","newPassword":"…"}',
    ],
    ['POST /links/open', { token: 'SECRET' }, '{"token":"…"}'],
    [
      'POST /links/use',
      { token: 'SECRET', username: 'ada', newPassword: 'SECRET', remember: false },
      '{"token":"…","username":"ada","newPassword":"…","remember":false}',
    ],
    ['POST /me/proof', { password: 'SECRET' }, '{"password":"…"}'],
    ['POST /me/proof', { response }, '{"response":"…"}'],
    ['POST /me/passkeys', { name: 'Phone', response }, '{"name":"Phone","response":"…"}'],
    ['PUT /me/password', { newPassword: 'SECRET' }, '{"newPassword":"…"}'],
    ['POST /from-the-future', { name: { first: 'SECRET' }, secret: 'SECRET' }, '{"name":"…","secret":"…"}'],
    ['POST /from-the-future', ['SECRET'], '{"0":"…"}'],
  ])('keeps no secret of %s %o, neither sent nor told', async (name, body, shown) => {
    const answers = { codes: ['SECRET'], challenge: 'SECRET', url: 'https://id.example.com/enter#SECRET' };
    const { call, recorder } = record(json(answers));
    await call(name, body);
    expect(recorder.exchanges()).toMatchObject([{ body: shown, hidesSecret: true }]);
    expect(JSON.stringify(recorder.exchanges())).not.toContain('SECRET');
  });

  it.each(['POST /login/passkey', 'POST /recover', 'POST /links/use'])(
    'knows that %s gives a ticket',
    async (name) => {
      const { call, last } = record(json(user('ada')));
      await call(name, {});
      expect(last()).toMatchObject({ cookie: 'given' });
    },
  );

  it.each(['POST /login/passkey/options', 'POST /links/open'])('knows that %s gives none', async (name) => {
    const { call, last } = record(json({}));
    await call(name, {});
    expect(last()?.cookie).toBeUndefined();
  });

  it.each([
    ['GET /session', '/session', undefined],
    ['GET /session', 'https://id.example.com/session', 'http://localhost:3000'],
    ['POST /logout', '/logout', 'http://localhost:3000'],
  ])('knows what the browser puts into Origin: %s to %s', async (call, to, origin) => {
    const { recorder } = record(json(conversation()));
    await recorder.fetch(to, { method: call.split(' ')[0] ?? '' });
    expect(recorder.exchanges()[0]?.origin).toBe(origin);
  });

  it.each([
    ['POST /login', json({}), 'given'],
    ['POST /register', json({}, 201), 'given'],
    ['PUT /me/password', done(), 'given'],
    ['POST /logout', done(), 'cleared'],
    ['POST /login', json({ type: '/problems/invalid-credentials' }, 401), undefined],
    ['POST /login', new Response('<h1>It works!</h1>'), undefined],
    ['GET /me', json({}), undefined],
    ['PATCH /session', json(conversation({ session: session('new', now) })), 'given'],
    ['PATCH /session', json(conversation({ session: session('old') })), undefined],
  ])('reckons what an answer of %s did to the cookie', async (call, answer, cookie) => {
    const { call: send, last } = record(answer);
    await send(call);
    expect(last()?.cookie).toBe(cookie);
  });

  it('knows whether the ticket was attached once the server has told', async () => {
    const { call, recorder } = record(
      json({}),
      json(conversation({ session: session('a') })),
      json({}),
      json(conversation()),
      done(),
      json(conversation()),
    );
    await call('GET /me');
    expect(recorder.exchanges()[0]?.sent).toBeUndefined();
    await call('GET /session');
    await call('GET /me');
    await call('GET /session', undefined, 'omit');
    await call('POST /logout');
    await call('GET /session');
    expect(recorder.exchanges().map(({ sent }) => sent)).toEqual([true, true, true, false, true, false]);
  });

  it('notes a call without an answer, and one that something else answered', async () => {
    const { call, last } = record(
      new TypeError('Failed to fetch'),
      new Response('<h1>Bad gateway</h1>', { status: 502 }),
    );
    await expect(call('GET /session')).rejects.toThrow('Failed to fetch');
    expect(last()).toMatchObject({ status: 0, foreign: false });
    await call('GET /session');
    expect(last()).toMatchObject({ status: 502, foreign: true });
  });

  it('keeps the last 50 exchanges', async () => {
    const { call, recorder } = record(...Array.from({ length: 51 }, () => json(conversation())));
    for (let n = 0; n < 51; n += 1) await call('GET /session');
    expect(recorder.exchanges().map(({ number }) => number)).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 2),
    );
  });

  it('forgets what was said about a guest whose session is over', async () => {
    const guest = conversation({ session: session('a', now), remembered: { likes: 'cats' } });
    const { call, recorder } = record(json(guest), json(conversation()));
    await call('PATCH /session', { likes: 'cats' });
    expect(recorder.meet(guest)).toBe(false);
    await call('GET /session');
    expect(recorder.meet(conversation())).toBe(true);
    expect(recorder.timesForgotten()).toBe(1);
    expect(JSON.stringify(recorder.exchanges())).not.toContain('cats');
    expect(recorder.exchanges()[0]).toMatchObject({ forgotten: true, cookie: 'given', status: 200 });
  });

  it('keeps what a guest said who logs in', () => {
    const { recorder } = record();
    recorder.meet(conversation({ session: session('a') }));
    expect(recorder.meet(conversation({ session: session('b'), user: user('ada') }))).toBe(false);
  });

  it('shows nothing of one account to another', async () => {
    const told = (id: string) => json(conversation({ session: session(id), user: user(id) }));
    const { call, recorder } = record(json({}), told('ada'), json({}), told('bob'));
    let others = 0;
    recorder.onAccountChange(() => {
      others += 1;
    });
    await call('POST /login');
    await call('GET /session');
    await call('POST /login');
    await call('GET /session');
    expect(others).toBe(1);
    expect(recorder.exchanges().map(({ number }) => number)).toEqual([3, 4]);
    expect(JSON.stringify(recorder.exchanges())).not.toContain('ada');
  });

  it('drops everything when the account is removed', async () => {
    const { call, recorder } = record(done());
    await call('DELETE /me', { password: 'umbrella left by the door' });
    expect(recorder.exchanges()).toEqual([]);
  });

  it('tells its listeners until they leave', async () => {
    const { call, recorder } = record(json(conversation()), json(conversation()));
    let told = 0;
    const leave = recorder.subscribe(() => {
      told += 1;
    });
    await call('GET /session');
    expect(told).toBeGreaterThan(0);
    leave();
    const before = told;
    await call('GET /session');
    expect(told).toBe(before);
  });
});

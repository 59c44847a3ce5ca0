import { describe, expect, it } from 'vitest';
import { type Counter, hour, openCounter, password, type Visitor } from '../../test/counter.ts';

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
      now: new Date(counter.now()).toISOString(),
      passwordMinLength: 15,
      house: { name: null, logo: null, contact: null, registration: 'open', app: null, leadsTo: [] },
    });
  });

  it('tells whose server this is and where it leads to, a page on another origin too', async () => {
    const origin = 'https://notes.example.com';
    const counter = await openCounter({
      PUBLIC_URL: 'https://id.example.com',
      ALLOWED_ORIGINS: `${origin}, https://wiki.example.com:8443`,
      HOUSE_NAME: 'Harbour “Wiki” <b>',
      HOUSE_CONTACT: 'https://example.com/help',
    });
    const house = {
      name: 'Harbour “Wiki” <b>',
      logo: null,
      contact: 'https://example.com/help',
      registration: 'open',
      app: null,
      leadsTo: [origin, 'https://wiki.example.com:8443'],
    };
    const visitor = counter.visitor({ origin });
    const asked = await visitor.get('/session');
    expect(asked.json().house).toEqual(house);
    expect(asked.headers['access-control-allow-origin']).toBe(origin);
    const changed = await visitor.send('PATCH', '/session', '{"likes":"cats"}', {
      'content-type': 'application/json',
    });
    expect(changed.json().house).toEqual(house);
  });

  it('tells who is logged in what is kept, and never the ticket', async () => {
    const counter = await openCounter({ PASSWORD_MIN_LENGTH: '20' });
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const ada = counter.visitor({ 'user-agent': userAgent });
    const user = (await ada.register('ada', { remember: true })).json();
    const answer = await ada.get('/session');
    const from = (milliseconds: number) => new Date(counter.now() + milliseconds).toISOString();
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

describe('PATCH /session', () => {
  const json = { 'content-type': 'application/json' };
  const remember = (visitor: Visitor, patch: unknown, headers = {}) =>
    visitor.send('PATCH', '/session', typeof patch === 'string' ? patch : JSON.stringify(patch), {
      ...json,
      ...headers,
    });
  const rows = async (counter: Counter) => (await counter.database.dump()).sessions;

  it('gives a guest a cookie for being remembered, and none for less', async () => {
    const counter = await openCounter();
    const guest = counter.visitor();
    for (const nothing of [{}, { likes: null }, { likes: null, dislikes: null }]) {
      const answer = await remember(guest, nothing);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.json()).toMatchObject({ session: null, remembered: {} });
    }
    expect(await rows(counter)).toEqual([]);

    const answer = await remember(guest, { likes: 'cats' });
    expect(answer.headers['set-cookie']).toBe(`coatcheck=${guest.ticket}; Path=/; HttpOnly; SameSite=Lax`);
    expect(answer.json()).toMatchObject({
      user: null,
      session: { current: true, remember: false },
      remembered: { likes: 'cats' },
      cookie: { sent: false },
      reason: null,
    });
    expect((await guest.get('/session')).json()).toMatchObject({
      user: null,
      remembered: { likes: 'cats' },
      cookie: { sent: true },
    });
    expect((await guest.get('/me')).json()).toMatchObject({ status: 401, reason: 'guest' });
    expect(counter.log).toContainEqual(
      expect.objectContaining({ event: 'session_created', accountId: null }),
    );
  });

  // RFC 7396, appendix A, as far as both sides are objects.
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    [{ a: 'b' }, { a: { b: { c: null } } }, { a: { b: {} } }],
  ])('of %j by %j makes %j', async (before, patch, after) => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    await remember(ada, before);
    expect((await remember(ada, patch)).json().remembered).toEqual(after);
    expect((await ada.get('/session')).json().remembered).toEqual(after);
  });

  it.each([
    [{ a: { b: { c: { d: 1 } } } }, 200],
    [{ a: { b: { c: [1] } } }, 200],
    [{ a: { b: { c: { d: {} } } } }, 400, '#/a/b/c/d'],
    [{ a: [[[[]]]] }, 400, '#/a/0/0/0'],
    [{ a: 'x'.repeat(2_040) }, 200],
    [{ a: 'x'.repeat(2_041) }, 413],
    [{ a: 'ä'.repeat(1_021) }, 413],
    ['{"__proto__":{"a":1}}', 400, '#/__proto__'],
    ['{"a":{"constructor":{"prototype":1}}}', 400, '#/a/constructor'],
    ['{"a":1e999}', 400, '#/a'],
    ['{"a":"\\u0000"}', 400, '#/a'],
    ['["likes"]', 400, '#'],
    ['"cats"', 400, '#'],
    ['{"likes":', 400, '#'],
    [{ '': 'no name', 'ä/~': 1 }, 200],
  ] as const)('%j is answered %i', async (patch, status, pointer?: string) => {
    const counter = await openCounter();
    const guest = counter.visitor();
    const answer = await remember(guest, patch);
    expect(answer.statusCode).toBe(status);
    if (pointer) expect(answer.json().errors).toMatchObject([{ pointer }]);
    expect(await rows(counter)).toHaveLength(status === 200 ? 1 : 0);
  });

  it('refused changes nothing, and the limit counts what is there already', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    await remember(ada, { a: 'x'.repeat(1_500) });
    const answer = await remember(ada, { b: 'x'.repeat(1_500) });
    expect(answer.json().type).toBe('/problems/too-large');
    expect(Object.keys((await ada.get('/session')).json().remembered)).toEqual(['a']);
    expect((await remember(ada, { a: null, b: 'x'.repeat(1_500) })).statusCode).toBe(200);
  });

  it('of several requests at once all count', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const numbers = Array.from({ length: 40 }, (_, number) => number);
    await Promise.all(numbers.map((number) => remember(ada, { [`n${number}`]: number })));
    expect(
      Object.values((await ada.get('/session')).json().remembered).toSorted((a, b) => Number(a) - Number(b)),
    ).toEqual(numbers);
  });

  it.each([
    ['arrays that nest too deep', '[[[[]', ',[]', ']]]'],
    ['numbers that are too large', '[9e999', ',9e999', ']'],
    ['names that cannot be kept', '[{"__proto__":1}', ',{"__proto__":1}', ']'],
  ])(
    'names twenty of many faults in a short answer: %s below a long name',
    async (_what, first, more, end) => {
      const counter = await openCounter();
      const answer = await remember(
        counter.visitor(),
        `{"${'€'.repeat(1_200)}":${first}${more.repeat(280)}${end}}`,
      );
      expect(answer.statusCode).toBe(400);
      expect(answer.json().errors).toEqual(Array(20).fill(expect.objectContaining({ pointer: '#' })));
      expect(answer.body.length).toBeLessThan(8 * 1024);
    },
  );

  it('keeps text in NFC, as many marks as are heaped on a letter', async () => {
    const counter = await openCounter();
    const guest = counter.visitor();
    const heap = (marks: number) => ({ a: `e${'\u0301\u0323'.repeat(marks / 2)}` });
    const answer = await remember(guest, heap(1_000));
    expect(answer.json().remembered).toEqual({ a: heap(1_000).a.normalize('NFC') });
    expect((await remember(guest, heap(1_102))).statusCode).toBe(413);
    expect((await remember(guest, heap(4_000))).statusCode).toBe(413);
  });

  it('survives a registration, a login and a new password, and not a logout', async () => {
    const counter = await openCounter();
    const guest = counter.visitor();
    const likes = async () => (await guest.get('/session')).json().remembered.likes;
    await remember(guest, { likes: 'cats' });
    const asGuest = guest.ticket;
    await guest.register('ada');
    expect(guest.ticket).not.toBe(asGuest);
    expect(await likes()).toBe('cats');
    await guest.logIn('ada');
    expect(await likes()).toBe('cats');
    const change = { currentPassword: password, newPassword: 'gloves in the left pocket' };
    await guest.send('PUT', '/me/password', JSON.stringify(change), json);
    expect(await likes()).toBe('cats');
    await guest.post('/logout');
    expect(await likes()).toBeUndefined();
    expect(JSON.stringify(await rows(counter))).not.toContain('cats');
  });

  it('is not handed to another person by a login in the same browser', async () => {
    const counter = await openCounter();
    const browser = counter.visitor();
    await browser.register('ada');
    await remember(browser, { likes: 'cats' });
    await counter.visitor().register('bea');
    await browser.logIn('bea');
    expect((await browser.get('/session')).json()).toMatchObject({
      user: { username: 'bea' },
      remembered: {},
    });
  });

  it('starts anew for a ticket that is over, but never in the place of one that was replaced', async () => {
    const counter = await openCounter();
    const guest = counter.visitor();
    await remember(guest, { likes: 'cats' });
    counter.later(3 * hour);
    expect((await remember(guest, { likes: 'dogs' })).json()).toMatchObject({
      remembered: { likes: 'dogs' },
      cookie: { sent: true },
    });

    await guest.register('ada');
    const late = counter.visitor();
    late.ticket = guest.ticket;
    await guest.logIn('ada');
    const answer = await remember(late, { likes: 'mice' });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.json()).toMatchObject({ session: null, remembered: {}, reason: 'replaced' });
  });

  it('gives no ticket when the session ends while it is changed', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const { remember: change } = counter.store;
    counter.store.remember = async (ticketHash, decide) => {
      await counter.store.logOut(
        ticketHash,
        { address: null, browser: null, system: null, sessionId: null },
        Date.now(),
      );
      return change(ticketHash, decide);
    };
    const answer = await remember(ada, { likes: 'cats' });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.json()).toMatchObject({ session: null, remembered: {}, reason: 'logged-out' });
  });

  it('bounds the guests of one network in an hour, and nobody who has a session already', async () => {
    const counter = await openCounter();
    const first = counter.visitor();
    await remember(first, { likes: 'cats' });
    let refused = 0;
    for (let more = 0; more < 1_000; more += 1) {
      const answer = await remember(counter.visitor(), { likes: 'cats' });
      if (answer.statusCode === 429) refused += 1;
    }
    expect(refused).toBe(941);
    expect(await rows(counter)).toHaveLength(60);
    expect((await remember(first, { likes: 'dogs' })).statusCode).toBe(200);
    counter.later(hour);
    expect((await remember(counter.visitor(), { likes: 'cats' })).statusCode).toBe(200);
  });
});

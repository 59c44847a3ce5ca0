import { describe, expect, it, vi } from 'vitest';
import { at } from '../../test/base-path.ts';
import { openCounter, password } from '../../test/counter.ts';
import { maxErrors } from '../http/problems.ts';

describe('POST /register', () => {
  it('makes an account and logs it in', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    const answer = await ada.register('Ada', { email: 'ada@example.com' });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers.location).toBe(at('/me'));
    expect(answer.json()).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      username: 'ada',
      displayName: null,
      email: 'ada@example.com',
      createdAt: new Date(counter.now()).toISOString(),
    });
    expect((await ada.get('/me')).json()).toEqual(answer.json());
  });

  it('that is closed refuses everybody before it looks at the name or hashes, and says whom to ask', async () => {
    const counter = await openCounter({ REGISTRATION: 'closed', HOUSE_CONTACT: 'help@example.com' });
    const looks = [vi.spyOn(counter.store, 'isNameTaken'), vi.spyOn(counter.store, 'register')];
    const ada = counter.visitor();
    expect((await ada.get('/session')).json().house.registration).toBe('closed');
    for (const answer of [await ada.register('ada'), await ada.post('/register', { username: 1 })]) {
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toEqual({
        type: '/problems/registration-closed',
        title: 'Registration closed',
        status: 403,
        detail: 'Nobody can register here. Ask help@example.com for an account.',
      });
      expect(answer.headers.link).toBe(`<${at('/problems/registration-closed')}>; rel="help"`);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    for (const look of looks) expect(look).not.toHaveBeenCalled();
    expect((await counter.database.dump()).windows).toEqual([]);
    expect(counter.log).toContainEqual(
      expect.objectContaining({ event: 'authz_fail', reason: 'registration-closed' }),
    );
    const foreign = await ada.post('/register', {}, { origin: 'https://elsewhere.example' });
    expect(foreign.json().type).toBe('/problems/origin-not-allowed');
  });

  it('that is closed lets the accounts log in that are there', async () => {
    const counter = await openCounter();
    await counter.visitor().register('ada');
    counter.config.registration.policy = 'closed';
    expect((await counter.visitor().register('bea')).statusCode).toBe(403);
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(200);
    expect((await counter.visitor().get('/problems/registration-closed')).body).toContain(
      'coatcheck add NAME',
    );
  });

  it.each([
    [{ username: 'ab' }, '#/username', 'too-short', { limit: 3, actual: 2 }],
    [{ username: 'a'.repeat(33) }, '#/username', 'too-long', { limit: 32, actual: 33 }],
    [{ username: '.ada' }, '#/username', 'bad-characters', {}],
    [{ username: 'ada ' }, '#/username', 'bad-characters', {}],
    [{ username: 'ädä' }, '#/username', 'bad-characters', {}],
    [{ username: 'ada\n' }, '#/username', 'bad-characters', {}],
    [{ username: 42 }, '#/username', 'wrong-type', {}],
    [{ username: undefined }, '#/username', 'required', {}],
    [{ password: undefined }, '#/password', 'required', {}],
    [{ password: 'fourteen chars' }, '#/password', 'too-short', { limit: 15, actual: 14 }],
    [{ password: 'x'.repeat(257) }, '#/password', 'too-long', { limit: 256, actual: 257 }],
    [{ password: 123456789012345 }, '#/password', 'wrong-type', {}],
    [{ password: null }, '#/password', 'wrong-type', {}],
    [{ email: 'nowhere' }, '#/email', 'malformed', {}],
    [{ remember: 'yes' }, '#/remember', 'wrong-type', {}],
    [{ admin: true }, '#/admin', 'unknown-field', {}],
    [{ 'a/b~c d': true }, '#/a~1b~0c%20d', 'unknown-field', {}],
  ])('refuses %j and says where and why', async (wrong, pointer, rule, more) => {
    const counter = await openCounter();
    const answer = await counter.visitor().post('/register', { username: 'ada', password, ...wrong });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toEqual([{ pointer, rule, detail: expect.any(String), ...more }]);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await counter.store.findAccount('ada')).toBeUndefined();
  });

  it('names every field that is wrong at once', async () => {
    const counter = await openCounter();
    const answer = await counter.visitor().post('/register');
    expect(answer.json().errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      '#/username',
      '#/password',
    ]);
  });

  it.each([
    [12, 14],
    [30, maxErrors],
    [900, maxErrors],
  ])(
    'names what is missing and %i fields that it does not know, at most twenty in all',
    async (count, named) => {
      const counter = await openCounter();
      const unknown = Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, 1]));
      const { errors } = (await counter.visitor().post('/register', unknown)).json();
      const rules = errors.map(({ rule }: { rule: string }) => rule);
      expect(rules).toEqual(['required', 'required', ...Array(named - 2).fill('unknown-field')]);
    },
  );

  it('counts a password’s length in code points after NFC', async () => {
    const counter = await openCounter();
    // 15 code points that are 30 UTF-16 units; then 15 that NFC makes 14 of.
    expect(
      (await counter.visitor().register('ada', { password: '🎩🧥🧣🧤👒🎓👑🧢🥾👢👡👠👟👞🧦' })).statusCode,
    ).toBe(201);
    const decomposed = await counter.visitor().register('bea', { password: 'cafe\u0301 au laitxy' });
    expect(decomposed.json().errors).toMatchObject([{ rule: 'too-short', actual: 14 }]);
  });

  it('takes a password typed in another Unicode form for the same one', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada', { password: 'a cafe\u0301 by the station' });
    expect((await ada.logIn('ada', { password: 'a café by the station' })).statusCode).toBe(200);
  });

  it('keeps the whole password: byte 73 and a space at the end count', async () => {
    const counter = await openCounter();
    const long = `${'coats and hats '.repeat(6)}under the big clock `;
    await counter.visitor().register('ada', { password: long });
    const tries = [long.trimEnd(), `${long.slice(0, 72)}x`, long].map((tried) =>
      counter.visitor().logIn('ada', { password: tried }),
    );
    expect((await Promise.all(tries)).map((answer) => answer.statusCode)).toEqual([401, 401, 200]);
  });

  it.each([
    ['ada.lovelace.of.london', 'ada.lovelace.of.london', 'is-username'],
    ['ada.lovelace.of.london', 'AdaLovelaceOfLondon', 'is-username'],
    ['ada.lovelace.of.london', '4d4L0v3l4c3.0f.L0nd0n!', 'is-username'],
    ['ada', 'adaadaadaadaada', 'is-username'],
    ['ada', '123-ada-1234567', 'is-username'],
    ['leinad', 'daniel1234567890', 'is-username'],
    ['ada', 'aaaaaaaaaaaaaaa', 'too-common'],
    ['ada', 'abcabcabcabcabc', 'too-common'],
    ['ada', 'abcdefghijklmnop', 'too-common'],
    ['ada', '123456789012345', 'too-common'],
    ['ada', 'qwertyuiopasdfgh', 'too-common'],
    ['ada', 'passwordpassword', 'too-common'],
    ['ada', 'Coatcheck123456', 'too-common'],
  ])('refuses for %s the password %s: %s', async (username, guessable, rule) => {
    const counter = await openCounter();
    const answer = await counter.visitor().register(username, { password: guessable });
    expect(answer.json().errors).toEqual([{ pointer: '#/password', rule, detail: expect.any(String) }]);
  });

  it.each([
    'correct horse battery',
    'ada likes umbrellas',
    'abc is how it begins',
    'x\u2003y z\u2003w q\u2003v k m',
  ])('takes %j: there are no rules of composition', async (fine) => {
    const counter = await openCounter();
    expect((await counter.visitor().register('ada', { password: fine })).statusCode).toBe(201);
  });

  it('gives one name to one of a hundred who ask at once, whatever their case', async () => {
    const counter = await openCounter();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) => counter.visitor().register(at % 2 ? 'everybody' : 'EveryBody')),
    );
    const statuses = Object.groupBy(answers, (answer) => answer.statusCode);
    expect(Object.keys(statuses)).toEqual(['201', '409']);
    expect(statuses[201]).toHaveLength(1);
    expect(statuses[409]?.every((answer) => answer.json().type === '/problems/username-taken')).toBe(true);
  });

  it('counts one account when one of many who ask for a name at once gets it', async () => {
    const counter = await openCounter({ REGISTRATIONS_PER_HOUR: '9' });
    await Promise.all(Array.from({ length: 9 }, () => counter.visitor().register('everybody')));
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, at) => counter.visitor().register(`ada${at}`)),
    );
    expect(answers.filter((answer) => answer.statusCode === 201)).toHaveLength(8);
  });

  it.each([
    'admin',
    'Administrator',
    'root',
    'system',
    'support',
    'ad.min',
    'no-reply',
    'help_desk',
    'nobody',
  ])('answers for the reserved name %s as for one that is taken', async (name) => {
    const counter = await openCounter();
    await counter.visitor().register('ada');
    const look = vi.spyOn(counter.store, 'isNameTaken');
    const [reserved, taken] = [
      await counter.visitor().register(name),
      await counter.visitor().register('ada'),
    ];
    expect(reserved.statusCode).toBe(409);
    expect(reserved.payload.replaceAll(name.toLowerCase(), 'ada')).toBe(taken.payload);
    expect(look.mock.calls).toEqual([[name.toLowerCase()], ['ada']]);
    const counts = (await counter.database.dump()).windows;
    expect(counts).toContainEqual(expect.objectContaining({ key: 'names-found:127.0.0.1', points: 2 }));
  });

  it.each(['adminka', 'supporter', 'systems', 'rooted'])(
    'gives out %s, which is not reserved',
    async (name) => {
      expect((await (await openCounter()).visitor().register(name)).statusCode).toBe(201);
    },
  );

  it('leaves who asked for a taken name as they were', async () => {
    const counter = await openCounter();
    await counter.visitor().register('ada');
    const bea = counter.visitor();
    await bea.register('bea');
    const answer = await bea.register('ada');
    expect(answer.statusCode).toBe(409);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await bea.get('/me')).json()).toMatchObject({ username: 'bea' });
  });

  it('makes so many accounts an hour for one address; refused tries do not count', async () => {
    const counter = await openCounter({ REGISTRATIONS_PER_HOUR: '2' });
    const visitor = counter.visitor();
    await visitor.register('ada');
    await visitor.register('ada');
    await visitor.register('bea', { password: 'short' });
    expect((await visitor.register('bea')).statusCode).toBe(201);
    const refused = await visitor.register('cleo');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBe(refused.json().retryAfter);
    counter.later(refused.json().retryAfter * 1000 + 1);
    expect((await visitor.register('cleo')).statusCode).toBe(201);
  });

  it('gives the place back when the database refuses', async () => {
    const counter = await openCounter({ REGISTRATIONS_PER_HOUR: '1' });
    counter.expectFaults();
    vi.spyOn(counter.store, 'register').mockRejectedValueOnce(new Error('The disk is full'));
    expect((await counter.visitor().register('ada')).statusCode).toBe(500);
    expect((await counter.visitor().register('ada')).statusCode).toBe(201);
  });

  it('counts by network: a /64 of IPv6 is one', async () => {
    const counter = await openCounter({ REGISTRATIONS_PER_HOUR: '1', TRUSTED_PROXIES: '127.0.0.1' });
    const from = (address: string) => counter.visitor({ 'x-forwarded-for': address });
    expect((await from('2001:db8:0:1::1').register('ada')).statusCode).toBe(201);
    expect((await from('2001:db8:0:1:ffff::2').register('bea')).statusCode).toBe(429);
    expect((await from('2001:db8:0:2::1').register('bea')).statusCode).toBe(201);
  });

  it('makes no more than that when asked for many at once', async () => {
    const counter = await openCounter({ REGISTRATIONS_PER_HOUR: '5' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => counter.visitor().register(`ada${at}`)),
    );
    expect(answers.filter((answer) => answer.statusCode === 201)).toHaveLength(5);
    expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(15);
  });

  it('tells one address of so many names that they are taken, and then does not look them up', async () => {
    const counter = await openCounter();
    await counter.visitor().register('ada');
    const answers = await Promise.all(Array.from({ length: 150 }, () => counter.visitor().register('ada')));
    expect(answers.filter((answer) => answer.statusCode === 409)).toHaveLength(120);
    expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(30);
    const look = vi.spyOn(counter.store, 'isNameTaken');
    const refused = await counter.visitor().register('bea');
    expect(refused).toMatchObject({ statusCode: 429, headers: { 'retry-after': expect.any(String) } });
    expect(look).not.toHaveBeenCalled();
    expect(counter.log).toContainEqual(
      expect.objectContaining({ event: 'excess_rate_limit_exceeded', address: '127.0.0.1' }),
    );
    counter.later(60 * 60_000 + 1);
    expect((await counter.visitor().register('ada')).statusCode).toBe(409);
  });
});

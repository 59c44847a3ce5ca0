import type { Event } from '@coatcheck/api-types';
import { describe, expect, it } from 'vitest';
import { hour, minute, openCounter, password, type Visitor } from '../../test/counter.ts';

const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
const json = { 'content-type': 'application/json' };

const eventsOf = async (visitor: Visitor, query = ''): Promise<Event[]> =>
  (await visitor.get(`/me/activity${query}`)).json().events;

describe('GET /me/activity', () => {
  it('tells what happened to the account, when, and from where', async () => {
    const counter = await openCounter();
    const ada = counter.visitor(firefox);
    await ada.register('ada');
    const [{ id: first }] = (await ada.get('/me/sessions')).json().sessions;
    counter.later(minute);
    const phone = counter.visitor();
    await phone.logIn('ada');
    counter.later(minute);
    await ada.send('DELETE', '/me/sessions');
    counter.later(minute);
    await ada.send('PATCH', '/me', JSON.stringify({ displayName: 'Ada' }), json);
    counter.later(minute);
    const proof = { currentPassword: 'not the right password', newPassword: 'gloves in the left pocket' };
    await ada.send('PUT', '/me/password', JSON.stringify(proof), json);
    counter.later(minute);
    await ada.send('PUT', '/me/password', JSON.stringify({ ...proof, currentPassword: password }), json);

    const events = await eventsOf(ada);
    const device = { browser: 'Firefox', system: 'Linux' };
    const from = { address: '127.0.0.1', device, sessionId: first, newDevice: false, count: 1 };
    expect(events).toMatchObject([
      { ...from, type: 'password-changed' },
      { ...from, type: 'password-refused' },
      { ...from, type: 'profile-changed' },
      { ...from, type: 'session-ended' },
      { type: 'logged-in', device: { browser: 'lightMyRequest', system: null }, newDevice: true },
      { ...from, type: 'registered' },
    ]);
    expect(events.map(({ at }) => Date.parse(at))).toEqual(
      events.map((_, age) => expect.closeTo(Date.now() - age * minute, -4)),
    );
  });

  it('tells of tries from elsewhere, without the session of whoever tried', async () => {
    const counter = await openCounter({ TRUSTED_PROXIES: '127.0.0.1' });
    const ada = counter.visitor();
    await ada.register('ada');
    const eve = counter.visitor({ 'x-forwarded-for': '198.51.100.7', ...firefox });
    await eve.register('eve');
    counter.later(minute);
    for (let tries = 0; tries < 3; tries += 1) await eve.logIn('ada', { password: 'not the right password' });
    const [tried] = await eventsOf(ada);
    const device = { browser: 'Firefox', system: 'Linux' };
    expect(tried).toMatchObject({ type: 'login-failed', address: '198.51.100.7', device, count: 3 });
    expect(tried?.sessionId).toBeNull();
    expect(await eventsOf(eve)).toMatchObject([{ type: 'registered' }]);
  });

  it('comes page by page, and goes on where it was though more has happened meanwhile', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const logIn = () => counter.visitor().logIn('ada');
    for (let more = 0; more < 4; more += 1) await logIn();
    const all = await eventsOf(ada);
    const first = (await ada.get('/me/activity?limit=2')).json();
    await logIn();
    const second = (await ada.get(`/me/activity?limit=2&before=${first.next}`)).json();
    const third = (await ada.get(`/me/activity?before=${second.next}`)).json();
    expect([...first.events, ...second.events, ...third.events]).toEqual(all);
    expect(third.next).toBeNull();
    expect((await ada.get('/me/activity?limit=6')).json().next).toBeNull();
    expect((await ada.get('/me/activity?limit=5')).json().next).not.toBeNull();
  });

  it.each([
    ['limit=0', '#/limit'],
    ['limit=101', '#/limit'],
    ['limit=-1', '#/limit'],
    ['limit=ten', '#/limit'],
    ['limit=', '#/limit'],
    ['limit=1&limit=2', '#/limit'],
    ['before=', '#/before'],
    ['before=yesterday', '#/before'],
    ['before=MTIz', '#/before'],
    ['before=a&before=b', '#/before'],
  ])('refuses %s and says which', async (query, pointer) => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const answer = await ada.get(`/me/activity?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ pointer }]);
  });

  it('asks who is there', async () => {
    const counter = await openCounter();
    expect((await counter.visitor().get('/me/activity?limit=0')).json().reason).toBe('no-cookie');
    const ada = counter.visitor();
    await ada.register('ada');
    counter.later(3 * hour);
    expect((await ada.get('/me/activity')).json().reason).toBe('expired-idle');
  });
});

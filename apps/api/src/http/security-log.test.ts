import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import { at } from '../../test/base-path.ts';
import { hour, minute, openCounter } from '../../test/counter.ts';
import { unavailable } from './problems.ts';

type Counter = Awaited<ReturnType<typeof openCounter>>;
type Visitor = ReturnType<Counter['visitor']>;

const wrong = { password: 'not the right password' };
const times = async (count: number, work: () => Promise<unknown>) => {
  for (let done = 0; done < count; done += 1) await work();
};

/** What somebody who is logged in as ada does, and what is written down about it. */
const scenes: [string, (ada: Visitor, counter: Counter) => Promise<unknown>, string[]][] = [
  ['reads', (ada) => ada.get('/me'), []],
  ['logs out', (ada) => ada.post('/logout'), ['session_expired logged-out']],
  ['logs out of nothing', (_, counter) => counter.visitor().post('/logout'), []],
  [
    'logs in again',
    (ada) => ada.logIn('ada'),
    ['authn_login_success', 'session_expired replaced', 'session_created'],
  ],
  [
    'logs in elsewhere',
    (_, counter) => counter.visitor().logIn('ada'),
    ['authn_login_success', 'session_created'],
  ],
  ['mistypes', (ada) => ada.logIn('ada', wrong), ['authn_login_fail']],
  ['tries a name that nobody has', (ada) => ada.logIn('nobody', wrong), ['authn_login_fail']],
  [
    'tries too often',
    (ada) => times(11, () => ada.logIn('nobody', wrong)),
    [...Array(10).fill('authn_login_fail'), 'authn_login_fail_max'],
  ],
  [
    'makes recovery codes and comes back with one',
    async (ada, counter) => {
      const { codes } = (await ada.post('/me/recovery-codes')).json();
      const newPassword = 'gloves in the left pocket';
      await counter.visitor().post('/recover', { username: 'ada', code: codes[0], newPassword });
    },
    [
      'user_updated recovery-codes',
      'authn_password_change recovery-code',
      'authn_login_success recovery-code',
      'session_created',
    ],
  ],
  [
    'tries a code that is wrong',
    (_, counter) => {
      const newPassword = 'gloves in the left pocket';
      return counter.visitor().post('/recover', { username: 'ada', code: 'A'.repeat(16), newPassword });
    },
    ['authn_login_fail'],
  ],
  [
    'logs another device in',
    async (ada, counter) => {
      const { url } = (await ada.post('/me/device-links')).json();
      const body = { token: new URL(url).hash.slice(1) };
      await counter.visitor().post('/links/use', body);
      await counter.visitor().post('/links/open', body);
    },
    [
      'authn_token_created device-link',
      'authn_login_success device-link',
      'session_created',
      'authn_login_fail link-used',
    ],
  ],
  [
    'guesses a link',
    (_, counter) => counter.visitor().post('/links/open', { token: 'A'.repeat(43) }),
    ['authn_login_fail link-unknown'],
  ],
  [
    'comes back too late',
    async (ada, counter) => {
      counter.later(3 * hour);
      await ada.get('/me');
    },
    ['session_use_after_expire expired-idle'],
  ],
  [
    'uses a ticket that has ended',
    async (ada) => {
      const { ticket } = ada;
      await ada.post('/logout');
      ada.ticket = ticket;
      await ada.get('/me');
    },
    ['session_expired logged-out', 'session_use_after_expire logged-out'],
  ],
  [
    'is sent by another site',
    (ada) => ada.post('/logout', undefined, { origin: 'https://evil.example' }),
    ['malicious_cors'],
  ],
  [
    'asks from another site for all that is stored',
    (ada) => ada.get('/me/export', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }),
    ['malicious_cors'],
  ],
  ['asks without a cookie', (_, counter) => counter.visitor().get('/me/export'), ['authz_fail no-cookie']],
  [
    'guesses a ticket',
    async (ada) => {
      ada.ticket = 'A'.repeat(43);
      await ada.get('/me');
    },
    ['authz_fail unknown'],
  ],
  [
    'asks as a guest',
    async (_, counter) => {
      const guest = counter.visitor();
      await guest.send('PATCH', '/session', '{"likes":"cats"}', { 'content-type': 'application/json' });
      await guest.get('/me');
    },
    ['session_created', 'authz_fail guest'],
  ],
  [
    'ends a session that is not theirs',
    (ada) => ada.send('DELETE', '/me/sessions/1F6Z7x2dvW2PugEaBmHnEQ'),
    ['authz_fail not-found'],
  ],
  [
    'names a prototype',
    (ada) => ada.send('PATCH', '/session', '{"__proto__":{"a":1}}', { 'content-type': 'application/json' }),
    ['input_validation_fail unknown-field'],
  ],
  [
    'names one thing twice',
    (ada) => ada.send('PATCH', '/me', '{"email":null,"email":null}', { 'content-type': 'application/json' }),
    ['input_validation_fail malformed'],
  ],
  [
    'sends a form',
    (ada) => ada.send('POST', '/login', 'username=ada', { 'content-type': 'text/plain' }),
    ['input_validation_fail unsupported-media-type'],
  ],
  [
    'sends too much',
    (ada) => ada.post('/login', { username: 'a'.repeat(9_000) }),
    ['input_validation_fail too-large'],
  ],
  ['climbs out', (ada) => ada.get('/assets/..%2f..%2fetc/passwd'), ['input_validation_fail path-traversal']],
  ['takes a wrong turn', (ada) => ada.get('/nowhere..'), []],
  ['breaks the path', (ada) => ada.get('/%zz'), ['input_validation_fail malformed']],
  [
    'makes too many accounts',
    (_, counter) => counter.visitor().register('bea'),
    ['excess_rate_limit_exceeded'],
  ],
];

it.each(scenes)('when somebody %s, it is written down', async (_what, act, events) => {
  const counter = await openCounter({
    PUBLIC_URL: 'https://id.example.com',
    REGISTRATIONS_PER_HOUR: '1',
  });
  const ada = counter.visitor();
  const { id } = (await ada.register('ada')).json();
  const written = () => counter.log.filter(({ event }) => event);
  const before = written();
  expect(before.map(({ event }) => event)).toEqual(['user_created', 'session_created']);
  expect(before).toEqual(
    before.map(() => expect.objectContaining({ level: 30, accountId: id, address: '127.0.0.1' })),
  );
  expect(before[1]).toMatchObject({ reqId: expect.any(String), sessionId: expect.any(String) });
  counter.later(minute);
  await act(ada, counter);
  const after = written().slice(before.length);
  const told = after.map(({ event, reason, rules }) => [event, reason, rules].filter(Boolean).join(' '));
  expect(told).toEqual(events);
  for (const { address } of after) expect(address).toBe('127.0.0.1');
});

it('tells whose session was refused something', async () => {
  const counter = await openCounter();
  const ada = counter.visitor();
  const { id } = (await ada.register('ada')).json();
  await ada.send('DELETE', '/me/sessions/nothing');
  await ada.send('PATCH', '/me', '[]', { 'content-type': 'application/json' });
  const refused = counter.log.filter(({ event }) => /_fail$/.test(String(event)));
  expect(refused).toEqual([
    expect.objectContaining({ event: 'authz_fail', accountId: id }),
    expect.objectContaining({ event: 'input_validation_fail', accountId: id }),
  ]);
});

it('lets nobody fill the log from outside: ten lines, then one with the number of the others', async () => {
  const counter = await openCounter();
  const stranger = counter.visitor();
  await times(40, () => stranger.post('/logout', undefined, { origin: 'https://evil.example' }));
  await times(40, () => stranger.get('/me'));
  const lines = () => counter.log.filter(({ event }) => event);
  expect(lines()).toHaveLength(20);
  await counter.restart();
  expect(lines().slice(20)).toEqual([
    expect.objectContaining({ event: 'malicious_cors', network: '127.0.0.1', count: 30 }),
    expect.objectContaining({ event: 'authz_fail', network: '127.0.0.1', count: 30 }),
  ]);
});

it('tells which account reached a limit of its own', async () => {
  const counter = await openCounter();
  const ada = counter.visitor();
  const { id } = (await ada.register('ada')).json();
  await times(11, () => ada.get('/me/export'));
  await times(61, () => ada.send('PATCH', '/me', '{}', { 'content-type': 'application/json' }));
  const limited = counter.log.filter(({ event }) => event === 'excess_rate_limit_exceeded');
  expect(limited).toEqual([
    expect.objectContaining({ accountId: id, address: '127.0.0.1' }),
    expect.objectContaining({ accountId: id, address: '127.0.0.1' }),
  ]);
});

it('has a line for every fault, and ten a minute for a network’s refusals of a busy server', async () => {
  const counter = await openCounter();
  counter.expectFaults();
  const stranger = counter.visitor();
  let fault: Error = unavailable('Too many passwords are being checked.', 5);
  vi.spyOn(counter.store, 'findAccount').mockImplementation(() => Promise.reject(fault));
  await times(40, () => stranger.logIn('ada'));
  const failures = () => counter.log.filter(({ status, level }) => level === 50 && Number(status) >= 500);
  expect(failures()).toEqual(Array(10).fill(expect.objectContaining({ status: 503, address: '127.0.0.1' })));
  fault = new Error('broken');
  await times(20, () => stranger.logIn('ada'));
  expect(failures().slice(10)).toEqual(
    Array(20).fill(expect.objectContaining({ status: 500, address: '127.0.0.1', err: expect.anything() })),
  );
  await counter.restart();
  expect(counter.log).toContainEqual(
    expect.objectContaining({ event: '/problems/unavailable', network: '127.0.0.1', count: 30 }),
  );
});

it('says nothing of a sender who hangs up within a body', async () => {
  const counter = await openCounter();
  const asked = vi.fn();
  counter.app.addHook('onError', async () => asked());
  await counter.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = counter.app.server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(
    `POST ${at('/login')} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
  );
  await once(counter.app.server, 'request');
  socket.resetAndDestroy();
  await expect.poll(() => asked.mock.calls.length).toBe(1);
  expect(counter.log.filter(({ event }) => event)).toEqual([]);
});

it('writes down bytes that are no HTTP, and their sender’s address', async () => {
  const counter = await openCounter();
  await counter.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = counter.app.server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.7' });
  socket.end('umbrella left by the door\r\n\r\n');
  await once(socket.resume(), 'close');
  const [line, ...more] = counter.log.filter(({ event }) => event === 'input_validation_fail');
  expect(line).toMatchObject({ address: '127.0.0.7', reason: 'malformed-http' });
  expect(more).toEqual([]);
});

it('names no two requests of two processes alike', async () => {
  const counter = await openCounter();
  await counter.visitor().get('/me');
  await counter.restart();
  await counter.visitor().get('/me');
  const ids = counter.log.filter(({ event }) => event === 'authz_fail').map(({ reqId }) => reqId);
  expect(new Set(ids).size).toBe(2);
});

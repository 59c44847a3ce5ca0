import { expect, it } from 'vitest';
import { hour, minute, openCounter } from '../test/counter.ts';

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
    'makes too many accounts',
    (_, counter) => counter.visitor().register('bea'),
    ['excess_rate_limit_exceeded'],
  ],
];

it.each(scenes)('when somebody %s, it is written down', async (_what, act, events) => {
  const counter = await openCounter({ REGISTRATIONS_PER_HOUR: '1' });
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
  expect(after.map(({ event, reason }) => [event, reason].filter(Boolean).join(' '))).toEqual(events);
});

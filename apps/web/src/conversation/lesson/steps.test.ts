import { describe, expect, it } from 'vitest';
import { ada, exchange, session, told } from '../recording/examples.ts';
import type { Exchange } from '../recording/exchange.ts';
import { stepsTaken } from './steps.ts';

describe('the steps of the lesson', () => {
  const look = (number: number, about: Partial<Exchange> = {}) =>
    exchange('GET /session', { number, ...about });
  const known = { sent: true, told: told({ session, user: ada }) };
  const login = exchange('POST /login', { number: 2 });

  it.each<[string, Exchange[], string[]]>([
    ['nothing', [], []],
    ['a visit without a ticket', [look(1)], ['visit']],
    ['a visit that was refused', [look(1, { status: 503 })], []],
    ['something that was told', [exchange('PATCH /session', { told: told({ session }) })], ['remember']],
    ['a look by an account', [look(1, known)], ['register']],
    ['the page’s own look after a login', [login, look(3, known)], ['register', 'logIn']],
    ['one more look', [login, look(3, known), look(4, known)], ['register', 'logIn', 'row']],
    ['a login with a passkey', [exchange('POST /login/passkey')], ['logIn']],
    ['the question for one', [exchange('POST /login/passkey/options')], []],
    ['a logout without a login', [exchange('POST /logout', { number: 1 })], []],
    ['a logout after it', [login, exchange('POST /logout', { number: 3 })], ['logIn', 'logOut']],
  ])('that %s shows', (_what, exchanges, taken) => {
    expect(stepsTaken(exchanges, [])).toEqual(taken);
  });

  it('look back at a login before a reload', () => {
    expect(stepsTaken([exchange('POST /logout')], ['logIn'])).toEqual(['logIn', 'logOut']);
  });
});

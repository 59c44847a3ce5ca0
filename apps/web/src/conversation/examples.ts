import type { Conversation, Problem, Session, User } from '@coatcheck/api-types';
import type { Exchange } from './exchange.ts';

// Exchanges for tests.

export const attributes = {
  path: '/',
  expires: null,
  httpOnly: true,
  secure: false,
  sameSite: 'Lax',
} as const;
export const cookie = { name: 'coatcheck', sent: true, attributes };
/** What the server tells: of a ticket that stands for nobody, unless said otherwise. */
export const told = (about: Partial<Conversation> = {}): Conversation => ({
  user: null,
  session: null,
  remembered: {},
  reason: null,
  passwordMinLength: 15,
  cookie,
  now: '2026-11-26T12:00:00.000Z',
  ...about,
});
export const session = { id: 'a' } as Session;
export const ada = { id: 'ada', username: 'ada' } as User;

/** An exchange that the server answered with 200, asked without a ticket unless said otherwise. */
export const exchange = (call: string, about: Partial<Exchange> = {}): Exchange => {
  const [method = '', path = ''] = call.split(' ');
  return {
    number: 1,
    method,
    path,
    query: '',
    body: undefined,
    hidesPassword: false,
    origin: undefined,
    omitsCredentials: false,
    sent: false,
    status: 200,
    foreign: false,
    responseHeaders: [],
    cookie: undefined,
    problem: undefined,
    before: undefined,
    forgotten: false,
    told: undefined,
    ...about,
  };
};
/** A refusal with this slug. */
export const refused = (slug: string, title = '') => ({ type: `/problems/${slug}`, title }) as Problem;

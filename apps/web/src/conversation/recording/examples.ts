import type { Conversation, Problem, Session, User } from '@coatcheck/api-types';
import type { Exchange } from './exchange.ts';

// Exchanges for tests.

/** The cookie's attributes without https and without “stay logged in”. */
export const attributes = {
  path: '/',
  expires: null,
  httpOnly: true,
  secure: false,
  sameSite: 'Lax',
} as const;
/** The facts about a cookie that came with the request. */
export const cookie = { name: 'coatcheck', sent: true, attributes };
/** A conversation that the server tells. By default, the ticket stands for no session. */
export const told = (about: Partial<Conversation> = {}): Conversation => ({
  user: null,
  session: null,
  remembered: {},
  reason: null,
  passwordMinLength: 15,
  house: { name: null, logo: null, contact: null, registration: 'open', app: null, leadsTo: [] },
  cookie,
  now: '2026-11-26T12:00:00.000Z',
  ...about,
});
/** A session, of which only the id matters. */
export const session = { id: 'a' } as Session;
/** An account, of which only the names matter. */
export const ada = { id: 'ada', username: 'ada' } as User;

/** An exchange with a response of status 200. By default, its request has no ticket. @param call method and path */
export const exchange = (call: string, about: Partial<Exchange> = {}): Exchange => {
  const [method = '', path = ''] = call.split(' ');
  return {
    number: 1,
    method,
    path,
    query: '',
    body: undefined,
    hidesSecret: false,
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
/** A problem. @param slug the last part of its type */
export const refused = (slug: string, title = '') => ({ type: `/problems/${slug}`, title }) as Problem;

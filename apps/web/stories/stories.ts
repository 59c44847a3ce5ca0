import type { Conversation, EndReason, Problem, Session, User } from '@coatcheck/api-types';
import type { Said } from './server.ts';

/** One state of one screen. */
export interface Story {
  /** Its address: screen/state. */
  name: string;
  path: string;
  server: Said;
  /** What the person does as soon as there is a form. */
  act?: (page: Document) => void;
}

const now = Date.now();
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

const ada: User = {
  id: 'u-ada',
  username: 'ada',
  displayName: null,
  email: 'ada@example.com',
  createdAt: '2026-03-01T10:00:00.000Z',
};
const session: Session = {
  id: 's-17',
  current: true,
  createdAt: at(-10),
  lastSeenAt: at(0),
  idleExpiresAt: at(120),
  expiresAt: at(1430),
  remember: false,
  address: '203.0.113.7',
  device: { browser: 'Firefox', system: 'Linux' },
};
const stranger: Conversation = {
  user: null,
  session: null,
  remembered: {},
  cookie: {
    name: 'coatcheck',
    sent: false,
    attributes: { httpOnly: true, secure: false, sameSite: 'Lax', path: '/', expires: null },
  },
  reason: null,
  now: at(0),
  passwordMinLength: 15,
};
const known: Conversation = { ...stranger, user: ada, session };
const ended = (reason: EndReason): Conversation => ({ ...stranger, reason });
const named = (displayName: string): Conversation => ({ ...known, user: { ...ada, displayName } });

const problem = (type: string, status: number, more: object = {}): Problem =>
  ({ type: `/problems/${type}`, title: '', status, detail: '', ...more }) as Problem;
const busy = problem('unavailable', 503, { retryAfter: 20 });
const tooMany = problem('too-many-requests', 429, { retryAfter: 42 });

/** Types into inputs by their ids and presses the form's button. */
const submit =
  (typed: Record<string, string> = {}) =>
  (page: Document) => {
    for (const [id, value] of Object.entries(typed)) {
      const input = page.getElementById(id);
      if (!(input instanceof HTMLInputElement)) throw new Error(`No input ${id}`);
      input.value = value;
    }
    page.querySelector('form')?.requestSubmit();
  };
const newcomer = { 'new-username': 'ada', 'new-password': 'umbrella left by the door' };
const visitor = { username: 'ada', 'current-password': 'umbrella left by the door' };
const longest = 'maximiliana-konstantinopolitansk';

const home = (state: string, conversation: Said['GET /session'], more: Partial<Story> = {}): Story => ({
  name: `home/${state}`,
  path: '/',
  server: { 'GET /session': conversation },
  ...more,
});
const register = (state: string, answer: Said['POST /register'], act?: Story['act']): Story => ({
  name: `register/${state}`,
  path: '/register',
  server: { 'GET /session': stranger, 'POST /register': answer },
  ...(act && { act }),
});
const logIn = (state: string, answer: Said['POST /login'], act?: Story['act']): Story => ({
  name: `log-in/${state}`,
  path: '/login',
  server: { 'GET /session': stranger, 'POST /login': answer },
  ...(act && { act }),
});
const logOut = (state: string, answer: Said['POST /logout']): Story => ({
  name: `log-out/${state}`,
  path: '/',
  server: { 'GET /session': known, 'POST /logout': answer },
  act: submit(),
});

let asked = 0;

export const stories: Story[] = [
  home('loading', 'silence'),
  home('unreachable', 'gone'),
  home('busy', busy),
  home('stranger', stranger),
  home('expired', ended('expired-idle')),
  home('limit-reached', ended('expired-absolute')),
  home('logged-out', ended('logged-out')),
  home('replaced', ended('replaced')),
  home('revoked', ended('revoked')),
  home('unknown', ended('unknown')),
  home('logged-in', known),
  home('long-name', named('W'.repeat(64))),
  home('right-to-left-name', named('עדה לאבלייס')),
  home('ends-soon', { ...known, session: { ...session, lastSeenAt: at(-119), idleExpiresAt: at(1) } }),
  home('ends-for-good', {
    ...known,
    session: { ...session, lastSeenAt: at(-119), idleExpiresAt: at(1), expiresAt: at(1) },
  }),
  // The second question, by the act, gets no answer.
  home('stale', () => (asked++ === 0 ? known : 'gone'), {
    act: () => document.dispatchEvent(new Event('visibilitychange')),
  }),
  home('crash', 'nonsense'),
  register('empty', 'silence'),
  register('mistakes', 'silence', submit({ 'new-username': '-', 'new-password': 'umbrella', email: 'ada' })),
  register('taken', problem('username-taken', 409), submit(newcomer)),
  register('waiting', 'silence', submit(newcomer)),
  register('too-many', tooMany, submit(newcomer)),
  logIn('empty', 'silence'),
  logIn('wrong', problem('invalid-credentials', 401), submit(visitor)),
  logIn('waiting', 'silence', submit(visitor)),
  logIn('too-many', tooMany, submit(visitor)),
  logIn('busy', busy, submit(visitor)),
  logIn('no-answer', 'gone', submit(visitor)),
  { name: 'log-in/already', path: '/login', server: { 'GET /session': known } },
  {
    name: 'log-in/to-go-on',
    path: '/login?next=%2Faccount',
    server: { 'GET /session': ended('expired-idle') },
  },
  { name: 'account/complete', path: '/account', server: { 'GET /session': named('Ada Lovelace') } },
  {
    name: 'account/bare',
    path: '/account',
    server: {
      'GET /session': {
        ...known,
        user: { ...ada, username: longest, email: null },
        session: { ...session, remember: true, device: { browser: null, system: null } },
      },
    },
  },
  logOut('waiting', 'silence'),
  logOut('failed', busy),
  { name: 'elsewhere/not-found', path: '/nowhere', server: { 'GET /session': stranger } },
];

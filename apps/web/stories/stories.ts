import {
  type Conversation,
  type EndReason,
  type Event,
  emptyProfile,
  type LinkKind,
  type LinkVoidReason,
  type LoginMethods,
  type Passkey,
  type PasskeyRequestOptions,
  type Problem,
  type Session,
  type User,
} from '@coatcheck/api-types';
import type { Left } from '../src/browser/news.ts';
import type { Said } from './server.ts';
import { whenThere } from './when-there.ts';

/** One state of one screen. */
export interface Story {
  /** Its address: screen/state. */
  name: string;
  path: string;
  /** The token of the link that is open. */
  token?: string;
  /** What the page before left for this one. */
  left?: Left;
  server: Said;
  /** What the person does as soon as there is a form. */
  act?: (page: Document) => void;
}

const now = Date.now();
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

const ada: User = {
  id: 'u-ada',
  username: 'ada',
  ...emptyProfile,
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
  house: { name: null, logo: null, contact: null, registration: 'open', app: null, leadsTo: [] },
};
const known: Conversation = { ...stranger, user: ada, session };
const harbour: Conversation['house'] = {
  ...stranger.house,
  name: 'Harbour Wiki',
  logo: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 24"><path d="M0 0h48v24H0z" fill="#135"/><path d="M6 15q6-6 12 0t12 0 12 0" fill="none" stroke="#fff" stroke-width="3"/></svg>')}`,
  contact: 'help@harbour.example',
  leadsTo: [
    'https://notes.harbour.example',
    'https://the-very-long-name-of-an-app.departments.harbour.example',
  ],
};
const within = (house: Partial<Conversation['house']>, conversation = stranger): Conversation => ({
  ...conversation,
  house: { ...harbour, ...house },
});
const shut = (conversation: Conversation): Conversation => ({
  ...conversation,
  house: { ...conversation.house, registration: 'closed' },
});
const toNotes = `?next=${encodeURIComponent('https://notes.harbour.example/today')}`;
/** In front of an app. */
const before = (conversation = stranger, house: Partial<Conversation['house']> = {}) =>
  within({ app: '/', leadsTo: [], ...house }, conversation);
const unnamed = { name: null, logo: null, contact: null };
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
    page.querySelector<HTMLFormElement>('main form')?.requestSubmit();
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
const options: PasskeyRequestOptions = {
  challenge: 'AAAA',
  rpId: 'localhost',
  allowCredentials: [],
  userVerification: 'required',
  timeout: 300_000,
};
/** Presses the button, in a browser whose dialog ends in this way. The offer in the field waits for ever. */
const pressPasskey = (dialog: () => Promise<Credential | null>) => (page: Document) => {
  navigator.credentials.get = (asked) => (asked?.mediation ? new Promise(() => {}) : dialog());
  whenThere('.passkey form', () => page.querySelector<HTMLFormElement>('.passkey form')?.requestSubmit());
};
const bytes = new ArrayBuffer(1);
const shownPasskey = {
  ...{ id: 'AA', rawId: bytes, type: 'public-key', authenticatorAttachment: null },
  getClientExtensionResults: () => ({}),
  response: { clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: null },
} as unknown as PublicKeyCredential;
const passkey = (state: string, server: Said, act: Story['act']): Story => ({
  name: `log-in/passkey-${state}`,
  path: '/login',
  server: { 'GET /session': stranger, 'POST /login/passkey/options': options, ...server },
  ...(act && { act }),
});

const recover = (state: string, answer: Said['POST /recover'], act?: Story['act']): Story => ({
  name: `recover/${state}`,
  path: '/recover',
  server: { 'GET /session': stranger, 'POST /recover': answer },
  ...(act && { act }),
});
const withCode = {
  username: 'ada',
  'recovery-code': '7XKD-2M4Q-WN9R-TB5H',
  'new-password': 'gloves in the left pocket',
};
const opened = (kind: LinkKind, username: string | null = 'ada') => ({ kind, username, expiresAt: at(55) });
const link = (
  state: string,
  answer: Said['POST /links/open'],
  server: Said = {},
  act?: Story['act'],
): Story => ({
  name: `enter/${state}`,
  path: '/enter',
  token: 'Nf2GzRkJtY1w6yVbqXo9cHmLd4TsUePa8hKi3CxQvEo',
  server: { 'GET /session': stranger, 'POST /links/open': answer, ...server },
  ...(act && { act }),
});
const voided = (reason: LinkVoidReason) => problem('link-void', 401, { reason });
const bea: Conversation = { ...known, user: { ...ada, id: 'u-bea', username: 'bea' } };

const logOut = (state: string, answer: Said['POST /logout']): Story => ({
  name: `log-out/${state}`,
  path: '/',
  server: { 'GET /session': known, 'POST /logout': answer },
  act: (page) => page.querySelector<HTMLFormElement>('.log-out')?.requestSubmit(),
});

const devices = [
  { browser: 'Safari', system: 'iOS' },
  { browser: 'Chrome', system: 'Windows' },
  { browser: null, system: null },
  { browser: 'Samsung Internet for Android', system: 'Android' },
];
/** Sessions of one account, the one that asks first. */
const sessionsOf = (count: number) => ({
  sessions: Array.from({ length: count }, (_, n): Session => {
    const age = n * n * 37;
    return {
      ...session,
      id: n === 0 ? session.id : `s-${n}`,
      current: n === 0,
      createdAt: at(-age - 600),
      lastSeenAt: at(-age),
      idleExpiresAt: at(20_000 - age),
      expiresAt: at(43_200 - age),
      remember: true,
      address: n % 3 === 2 ? '2001:db8:85a3:1234:5678:8a2e:370:7334' : `198.51.100.${n}`,
      device: n === 0 ? session.device : (devices[n % devices.length] ?? session.device),
    };
  }),
});
/** Events of every type, and more of them day by day. */
const eventsOf = (count: number, types = eventTypes, ageOf = (n: number) => n * n * 20 + n): Event[] =>
  Array.from({ length: count }, (_, n): Event => {
    const type = types[n % types.length] ?? 'logged-in';
    const ofOperator = type === 'password-reset' || type === 'reset-link-made';
    const mine = !ofOperator && type !== 'login-failed';
    return {
      id: `e-${n}`,
      type,
      at: at(-ageOf(n)),
      address: ofOperator ? null : `198.51.100.${n % 256}`,
      device: mine ? (devices[n % devices.length] ?? session.device) : { browser: null, system: null },
      sessionId: mine ? `s-${n}` : null,
      newDevice: type === 'logged-in' && n % 4 === 0,
      count: type === 'login-failed' ? 15 : 1,
    };
  });
const eventTypes: Event['type'][] = [
  'logged-in',
  'login-failed',
  'password-refused',
  'session-ended',
  'profile-changed',
  'password-changed',
  'logged-out',
  'password-reset',
  'passkey-missing',
  'passkey-added',
  'passkey-removed',
  'login-methods-changed',
  'recovery-codes-made',
  'recovery-code-used',
  'reset-link-made',
  'reset-link-used',
  'device-link-made',
  'device-link-used',
  'registered',
];
/** What a robot leaves, and many logins of one's own. */
const ofCrowd: Event['type'][] = [
  ...['logged-in', 'login-failed', 'login-failed', 'login-failed'],
  ...Array<Event['type']>(12).fill('logged-in'),
] as Event['type'][];

const account = (name: string, page: string, server: Said, act?: Story['act']): Story => ({
  name,
  path: page,
  server: { 'GET /session': named('Ada Lovelace'), ...server },
  ...(act && { act }),
});
const sessions = (state: string, answer: Said['GET /me/sessions']) =>
  account(`sessions/${state}`, '/account/sessions', { 'GET /me/sessions': answer });
const activity = (state: string, answer: Said['GET /me/activity'], live = 3) =>
  account(`activity/${state}`, '/account/activity', {
    'GET /me/sessions': sessionsOf(live),
    'GET /me/activity': answer,
  });
const passkeysOf = (...names: string[]) =>
  names.map(
    (name, n): Passkey => ({
      id: `k-${n}`,
      name,
      createdAt: at(-n * 40_000 - 3),
      lastUsedAt: n % 3 === 1 ? null : at(-n * 700 - 12),
      synced: n % 2 === 0,
    }),
  );
const waysIn = (more: Partial<LoginMethods> = {}): LoginMethods => ({
  passkeys: passkeysOf('Chrome on Linux', 'Safari on iOS'),
  recoveryCodesLeft: 10,
  passwordAlone: true,
  ...more,
});
const noWays = waysIn({ passkeys: [], recoveryCodesLeft: 0 });
/** Beyond this machine: the cookie is for https, and other devices can come in. */
const reachable: Conversation = {
  ...named('Ada Lovelace'),
  cookie: { ...stranger.cookie, sent: true, attributes: { ...stranger.cookie.attributes, secure: true } },
};
const ways = (state: string, methods: Said['GET /me/login-methods'], server: Said = {}, act?: Story['act']) =>
  account(
    `ways/${state}`,
    '/account/ways',
    { 'GET /session': reachable, 'GET /me/login-methods': methods, ...server },
    act,
  );
const press = (selector: string) => (page: Document) => page.querySelector<HTMLElement>(selector)?.click();
const pressRemove = (page: Document) => {
  press('.passkeys li .link')(page);
  whenThere('.passkeys .open > button', () => press('.passkeys .open > button')(page));
};
const asksForProof = (...ways: ('password' | 'passkey')[]) => problem('proof-required', 403, { ways });
const creationOptions = {
  rp: { id: 'localhost', name: 'Coatcheck' },
  user: { id: 'YWRh', name: 'ada', displayName: 'ada' },
  challenge: 'YWRh',
  pubKeyCredParams: [{ type: 'public-key' as const, alg: -7 }],
  timeout: 300_000,
  excludeCredentials: [],
  authenticatorSelection: {
    residentKey: 'required' as const,
    requireResidentKey: true as const,
    userVerification: 'required' as const,
  },
  attestation: 'none' as const,
};
/** The browser's dialog for a new passkey ends without one. */
const addInVain = (name: string) => (page: Document) => {
  navigator.credentials.create = async () => {
    throw new DOMException('', name);
  };
  press('#add-passkey button')(page);
};
const codes = [
  ...['7XKD-2M4Q-WN9R-TB5H', 'C3VJ-8GPZ-0YAE-6FSK', '1QHN-R7TD-MX2W-94BV', '5EKA-ZP8C-JG3Y-N6FM'],
  ...['T0WB-4VSR-K9QX-D2H7', '8MZE-Y1CN-P5GA-3JTW', 'FD6V-Q2KH-7RXB-S9M0', 'W4PT-N3JZ-E8YC-1GQA'],
  ...['9SHR-B5MK-0DVX-ZT7F', '2YGN-C6WE-AJ8Q-4PHR'],
];
const deviceLink = {
  url: 'https://id.example.com/enter#Nf2GzRkJtY1w6yVbqXo9cHmLd4TsUePa8hKi3CxQvEo',
  expiresAt: at(1.99),
};
const newPassword = (state: string, answer: Said['PUT /me/password'], act?: Story['act']) =>
  account(`password/${state}`, '/account/password', { 'PUT /me/password': answer }, act);
const leave = (state: string, answer: Said['DELETE /me'], act?: Story['act']) =>
  account(`leave/${state}`, '/account/leave', { 'DELETE /me': answer }, act);

const guest: Conversation = {
  ...stranger,
  session,
  cookie: { ...stranger.cookie, sent: true },
  remembered: { likes: 'cats' },
};
const shown = (conversation: Conversation, remembered: Conversation['remembered'] = {}): Conversation => ({
  ...conversation,
  remembered,
  cookie: { ...conversation.cookie, sent: true },
});
const conversation = (state: string, server: Said, act?: Story['act']): Story => ({
  name: `conversation/${state}`,
  path: '/conversation',
  server: { 'POST /logout': 'done', ...server },
  ...(act && { act }),
});
const why = (state: string, server: Said): Story => ({
  name: `why/${state}`,
  path: '/why',
  server: { 'POST /logout': 'done', ...server },
});
const goToLastStep = async (page: Document) => {
  for (let n = 0; n < 6; n += 1) {
    page.querySelector<HTMLElement>('.current-step .actions button:last-child')?.click();
    await Promise.resolve();
  }
};
const submitIn = (form: string) => (page: Document) =>
  page.querySelector<HTMLFormElement>(form)?.requestSubmit();
const logOutPage = (
  state: string,
  conversation: Conversation,
  query = '',
  answer: Said['POST /logout'] = 'silence',
  act?: Story['act'],
): Story => ({
  name: `goodbye/${state}`,
  path: `/goodbye${query}`,
  server: { 'GET /session': conversation, 'POST /logout': answer },
  ...(act && { act }),
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
  home('guest', guest),
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
  { ...home('registered', known), left: { news: 'registered' } },
  {
    name: 'register/done',
    path: '/register',
    server: {
      'GET /session': () => (asked++ === 0 ? stranger : { ...known, user: { ...ada, createdAt: at(0) } }),
      'POST /register': ada,
    },
    act: submit(newcomer),
  },
  { ...home('just-logged-out', ended('logged-out')), left: { news: 'logged-out', ticket: '1774' } },
  home('house-stranger', within({})),
  home('house-logged-in', within({}, named('Ada Lovelace'))),
  {
    ...home('house-registered', within({}, { ...known, user: { ...ada, username: longest } })),
    left: { news: 'registered' },
  },
  home(
    'house-long',
    within({ name: 'The Reading Room of the Harbour Authority’s Museum of Navigation', logo: null }),
  ),
  home(
    'house-long-logged-in',
    within(
      { name: 'Hafenverwaltungsgesellschaftsbibliothek der Freien Stadt an Wasser' },
      named('W'.repeat(64)),
    ),
  ),
  home('house-right-to-left', within({ name: 'ويكي المرفأ (2)', contact: 'https://harbour.example/help/' })),
  home('house-markup', within({ name: '⚓ R&D <b>Harbour</b>', logo: '/nowhere.png' })),
  home('app-stranger', before()),
  home('app-logged-in', before(named('Ada Lovelace'))),
  { ...home('app-registered', before(known, unnamed)), left: { news: 'registered' } },
  home(
    'app-long',
    before(named('W'.repeat(64)), {
      name: 'Hafenverwaltungsgesellschaftsbibliothek der Freien Stadt an Wasser',
    }),
  ),
  home('app-right-to-left', before(known, { name: 'ويكي المرفأ (2)' })),
  {
    ...home('app-logged-out', before(ended('logged-out'))),
    left: { news: 'logged-out', ticket: '1774' },
  },
  register('empty', 'silence'),
  { ...register('house', 'silence'), path: `/register${toNotes}`, server: { 'GET /session': within({}) } },
  register('mistakes', 'silence', submit({ 'new-username': '-', 'new-password': 'umbrella' })),
  register(
    'too-common',
    problem('invalid-request', 400, { errors: [{ pointer: '#/password', rule: 'too-common', detail: '' }] }),
    submit(newcomer),
  ),
  {
    ...register('invite', 'silence'),
    server: { 'GET /session': { ...stranger, house: { ...stranger.house, registration: 'invite' } } },
  },
  { ...register('invite-house', 'silence'), server: { 'GET /session': within({ registration: 'invite' }) } },
  { ...register('closed', 'silence'), server: { 'GET /session': shut(stranger) } },
  { ...register('closed-house', 'silence'), server: { 'GET /session': shut(within({})) } },
  register('closed-meanwhile', problem('registration-closed', 403), submit(newcomer)),
  register('taken', problem('username-taken', 409), submit(newcomer)),
  register('waiting', 'silence', submit(newcomer)),
  register('too-many', tooMany, submit(newcomer)),
  logIn('empty', 'silence'),
  logIn('wrong', problem('invalid-credentials', 401), submit(visitor)),
  logIn('waiting', 'silence', submit(visitor)),
  logIn('too-many', tooMany, submit(visitor)),
  logIn('busy', busy, submit(visitor)),
  logIn('no-answer', 'gone', submit(visitor)),
  logIn('passkey-required', problem('passkey-required', 401), submit(visitor)),
  passkey(
    'waiting',
    {},
    pressPasskey(() => new Promise(() => {})),
  ),
  passkey(
    'not-shown',
    {},
    pressPasskey(() => Promise.reject(new DOMException('', 'NotAllowedError'))),
  ),
  passkey(
    'refused',
    { 'POST /login/passkey': problem('invalid-credentials', 401) },
    pressPasskey(async () => shownPasskey),
  ),
  recover('empty', 'silence'),
  { ...recover('house', 'silence'), server: { 'GET /session': within({}) } },
  recover('mistakes', 'silence', submit({ username: '', 'recovery-code': '', 'new-password': 'gloves' })),
  recover('wrong', problem('invalid-credentials', 401), submit(withCode)),
  { ...recover('other', 'silence'), server: { 'GET /session': bea } },
  { name: 'enter/lost', path: '/enter', server: { 'GET /session': stranger } },
  link('opening', 'silence'),
  link('unopened', busy),
  link('unknown', voided('unknown'), { 'GET /session': within({}) }),
  link('used', voided('used'), { 'GET /session': known }),
  link('used-by-other', voided('used'), { 'GET /session': within({}, named('Ada Lovelace')) }),
  link('expired', voided('expired')),
  link('superseded', voided('superseded')),
  link('reset', opened('reset'), { 'GET /session': bea }),
  link('reset-mistakes', opened('reset', longest), {}, submit({ 'new-password': 'gloves' })),
  link(
    'used-meanwhile',
    opened('reset'),
    { 'POST /links/use': voided('used') },
    submit({ 'new-password': 'gloves in the left pocket' }),
  ),
  {
    name: 'enter/password-set',
    path: '/enter',
    left: { news: 'password-reset' },
    server: { 'GET /session': known, 'GET /me/login-methods': noWays },
  },
  {
    name: 'enter/password-set-asks-for-passkey',
    path: '/enter',
    left: { news: 'password-reset' },
    server: {
      'GET /session': within({}, known),
      'GET /me/login-methods': waysIn({ passwordAlone: false, recoveryCodesLeft: 2 }),
    },
  },
  link('invitation', opened('invitation', null), { 'GET /session': within({ registration: 'invite' }, bea) }),
  link(
    'invitation-taken',
    opened('invitation', null),
    { 'POST /links/use': problem('username-taken', 409) },
    submit(newcomer),
  ),
  link('device', opened('device')),
  link('device-other', opened('device', longest), { 'GET /session': bea }),
  link('device-already', opened('device'), { 'GET /session': known }),
  { name: 'log-in/already', path: '/login', server: { 'GET /session': known } },
  {
    name: 'log-in/already-to-another-origin',
    path: `/login${toNotes}`,
    server: { 'GET /session': within({}, known) },
  },
  { name: 'log-in/house', path: `/login${toNotes}`, server: { 'GET /session': within({}) } },
  {
    name: 'log-in/house-right-to-left',
    path: `/login?next=${encodeURIComponent('https://the-very-long-name-of-an-app.departments.harbour.example')}`,
    server: {
      'GET /session': within(
        { name: 'ויקי הנמל', contact: 'https://harbour.example/help/a-very-long-way-to-the-people-who-help' },
        ended('expired-idle'),
      ),
    },
  },
  {
    name: 'log-in/to-go-on',
    path: '/login?next=%2Faccount',
    server: { 'GET /session': ended('expired-idle') },
  },
  { name: 'log-in/app', path: '/login?next=%2Fnotes', server: { 'GET /session': before() } },
  { name: 'log-in/app-already', path: '/login?next=%2Fnotes', server: { 'GET /session': before(known) } },
  account('account/app', '/account', {
    'GET /session': before(named('Ada Lovelace')),
    'GET /me/sessions': sessionsOf(2),
  }),
  account('account/complete', '/account', {
    'GET /me/sessions': sessionsOf(2),
    'GET /me/login-methods': waysIn({ recoveryCodesLeft: 2 }),
  }),
  {
    name: 'account/right-to-left-name',
    path: '/account',
    server: { 'GET /session': named('עדה לאבלייס'), 'GET /me/sessions': sessionsOf(100) },
  },
  account('account/mistakes', '/account', {}, submit({ 'display-name': 'W'.repeat(65), email: 'ada' })),
  account('account/busy', '/account', { 'PATCH /me': busy }, submit()),
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
  sessions('asking', 'silence'),
  sessions('failed', busy),
  sessions('alone', sessionsOf(1)),
  sessions('two', sessionsOf(2)),
  sessions('some', sessionsOf(4)),
  sessions('twenty', sessionsOf(20)),
  sessions('hundred', sessionsOf(100)),
  {
    name: 'sessions/long-name',
    path: '/account/sessions',
    server: { 'GET /session': named('W'.repeat(64)), 'GET /me/sessions': sessionsOf(2) },
  },
  {
    ...sessions('password-changed', sessionsOf(1)),
    left: { news: 'password-changed', endedSessions: 3 },
  },
  account('sessions/open', '/account/sessions', { 'GET /me/sessions': sessionsOf(3) }, (page) => {
    for (const button of page.querySelectorAll<HTMLElement>('.more')) button.click();
  }),
  account(
    'sessions/one-ended',
    '/account/sessions',
    { 'GET /me/sessions': sessionsOf(4), 'DELETE /me/sessions/s-2': 'done' },
    (page) => page.querySelector<HTMLElement>('#s-2 .end button')?.click(),
  ),
  account(
    'sessions/not-ended',
    '/account/sessions',
    { 'GET /me/sessions': sessionsOf(3), 'DELETE /me/sessions/s-1': 'gone' },
    (page) => page.querySelector<HTMLElement>('#s-1 .end button')?.click(),
  ),
  account(
    'sessions/ended',
    '/account/sessions',
    { 'GET /me/sessions': sessionsOf(3), 'DELETE /me/sessions': 'done' },
    (page) => page.querySelector<HTMLFormElement>('.others .one-button')?.requestSubmit(),
  ),
  activity('asking', 'silence'),
  activity('failed', 'gone'),
  activity('nothing', { events: [], next: null }),
  activity('some', { events: eventsOf(19), next: null }),
  activity('much', { events: eventsOf(50), next: 'more' }),
  activity('crowd', { events: eventsOf(50, ofCrowd, (n) => n * 47), next: 'more' }, 100),
  activity('very-much', { events: eventsOf(150, eventTypes, (n) => n * 127), next: null }, 100),
  ways('asking', 'silence'),
  ways('failed', busy),
  ways('none', noWays),
  ways('none-on-this-machine', noWays, { 'GET /session': known }),
  ways('some', waysIn()),
  ways(
    'many',
    waysIn({
      passkeys: passkeysOf('Chrome on Linux', 'מחשב בבית', 'W'.repeat(64), 'YubiKey', 'Work laptop'),
      recoveryCodesLeft: 2,
    }),
  ),
  ways('passkey-only', waysIn({ passwordAlone: false, recoveryCodesLeft: 1 })),
  ways('open', waysIn(), {}, press('.passkeys li .link')),
  ways('rename-empty', waysIn(), {}, (page) => {
    press('.passkeys li .link')(page);
    setTimeout(() => submit({ 'passkey-name': '' })(page));
  }),
  ways('removal', waysIn(), {}, pressRemove),
  ways(
    'last',
    waysIn({ passkeys: passkeysOf('Chrome on Linux'), passwordAlone: false }),
    { 'DELETE /me/passkeys/k-0': problem('last-way-in', 409) },
    (page) => {
      pressRemove(page);
      whenThere('#remove-k-0 button', () => press('#remove-k-0 button')(page));
    },
  ),
  ways('removed', waysIn(), { 'DELETE /me/passkeys/k-0': 'done' }, (page) => {
    pressRemove(page);
    whenThere('#remove-k-0 button', () => press('#remove-k-0 button')(page));
  }),
  ways('cancelled', noWays, { 'POST /me/passkeys/options': creationOptions }, addInVain('NotAllowedError')),
  ways(
    'already-here',
    waysIn(),
    { 'POST /me/passkeys/options': creationOptions },
    addInVain('InvalidStateError'),
  ),
  ways('add-too-many', waysIn(), { 'POST /me/passkeys/options': tooMany }, press('#add-passkey button')),
  ways(
    'proof-by-password',
    noWays,
    { 'POST /me/recovery-codes': asksForProof('password') },
    press('#make-codes button'),
  ),
  ways(
    'proof-by-either',
    waysIn(),
    { 'POST /me/recovery-codes': asksForProof('password', 'passkey') },
    press('#make-codes button'),
  ),
  ways(
    'proof-by-passkey',
    waysIn({ passwordAlone: false }),
    { 'PATCH /me/login-methods': asksForProof('passkey') },
    press('#password-alone button'),
  ),
  ways(
    'proof-wrong',
    noWays,
    { 'POST /me/recovery-codes': asksForProof('password'), 'POST /me/proof': problem('wrong-password', 403) },
    (page) => {
      press('#make-codes button')(page);
      whenThere('#current-password', () => submit({ 'current-password': 'umbrella' })(page));
    },
  ),
  ways('codes', noWays, { 'POST /me/recovery-codes': { codes } }, press('#make-codes button')),
  ways('demanded', waysIn(), { 'PATCH /me/login-methods': waysIn({ passwordAlone: false }) }, (page) =>
    press('#password-alone button')(page),
  ),
  ways('device', waysIn(), { 'POST /me/device-links': deviceLink }, press('#make-device-link button')),
  ways(
    'device-over',
    waysIn(),
    { 'POST /me/device-links': { ...deviceLink, expiresAt: at(-1) } },
    press('#make-device-link button'),
  ),
  ways(
    'device-not-offered',
    waysIn(),
    { 'POST /me/device-links': problem('not-found', 404) },
    press('#make-device-link button'),
  ),
  newPassword('empty', 'silence'),
  newPassword('mistakes', 'silence', submit({ 'new-password': 'umbrella' })),
  newPassword(
    'wrong',
    problem('wrong-password', 403),
    submit({ 'current-password': 'umbrella', 'new-password': 'gloves in the left pocket' }),
  ),
  leave('empty', 'silence'),
  leave('wrong', problem('wrong-password', 403), submit({ 'current-password': 'umbrella' })),
  account('leave/with-passkey', '/account/leave', { 'GET /me/login-methods': waysIn() }),
  account(
    'leave/passkey-refused',
    '/account/leave',
    {
      'GET /me/login-methods': waysIn(),
      'POST /me/proof/options': tooMany,
    },
    () => whenThere('#stand-in button', () => press('#stand-in button')(document)),
  ),
  account('password/with-passkey', '/account/password', { 'GET /me/login-methods': waysIn() }),
  logOutPage('logged-in', known),
  logOutPage('app', before(named('Ada Lovelace')), '?next=%2Fnotes'),
  logOutPage('app-unnamed', before(known, unnamed)),
  logOutPage('app-long', before(named('W'.repeat(64)), { name: 'A'.repeat(64) })),
  logOutPage('another-origin', within({}, known), toNotes),
  logOutPage('failed', before(known), '', busy, submitIn('main form')),
  logOutPage('done', before(known), '', 'done', submitIn('main form')),
  logOutPage('stranger', before()),
  logOutPage('stranger-expired', ended('expired-idle')),
  { ...home('goodbye', ended('logged-out')), left: { news: 'goodbye' } },
  conversation('stranger', { 'GET /session': stranger }),
  conversation('guest', { 'GET /session': guest }),
  conversation('logged-in', {
    'GET /session': shown(named('Ada Lovelace'), { likes: 'cats', since: { year: 2026 } }),
  }),
  conversation('long', {
    'GET /session': shown(
      { ...known, user: { ...ada, username: longest } },
      { likes: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(3) },
    ),
  }),
  conversation('ended', { 'GET /session': shown(ended('expired-idle')) }),
  conversation('nothing-told', { 'GET /session': stranger }, submitIn('#tell')),
  conversation('busy', { 'GET /session': stranger, 'PATCH /session': busy }, (page) => {
    (page.getElementById('likes') as HTMLInputElement).value = 'cats';
    submitIn('#tell')(page);
  }),
  conversation(
    'told',
    {
      'GET /session': () => (asked++ % 2 === 0 ? stranger : guest),
      'PATCH /session': { ...guest, cookie: stranger.cookie },
    },
    (page) => {
      (page.getElementById('likes') as HTMLInputElement).value = 'cats';
      submitIn('#tell')(page);
    },
  ),
  conversation('no-answer', { 'GET /session': () => (asked++ < 1 ? guest : 'gone') }, submitIn('.ask form')),
  conversation('last-step', { 'GET /session': shown(known, { likes: 'cats' }) }, goToLastStep),
  conversation('unreachable', { 'GET /session': 'gone' }),
  why('nothing-broken', { 'GET /session': shown(known) }),
  why('never', { 'GET /session': stranger }),
  why('no-answer', { 'GET /session': 'gone' }),
  why('asking', { 'GET /session': () => (asked++ === 0 ? stranger : 'silence') }),
  why('origin', {
    'GET /session': stranger,
    'POST /logout': problem('origin-not-allowed', 403, {
      detail: 'Pages of http://127.0.0.1 may not change anything here. Open http://localhost:3000 instead.',
      home: 'http://localhost:3000',
    }),
  }),
  why('clocks-and-revoked', { 'GET /session': { ...shown(ended('revoked')), now: at(200) } }),
  logOut('waiting', 'silence'),
  logOut('failed', busy),
  { name: 'elsewhere/not-found', path: '/nowhere', server: { 'GET /session': stranger } },
  { name: 'elsewhere/house-not-found', path: '/nowhere', server: { 'GET /session': within({}) } },
];

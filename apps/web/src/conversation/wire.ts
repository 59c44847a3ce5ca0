import type { Conversation, Problem } from '@coatcheck/api-types';
import { useSyncExternalStore } from 'react';
import { sendThrough, session } from '../session/current.ts';
import type { Standing } from '../session/session.ts';
import { isAboutSomebody, withoutPasswords, withoutPersons } from './redaction.ts';

/** A request of this page and its answer. */
export interface Exchange {
  number: number;
  method: string;
  path: string;
  /** With its question mark, or empty. */
  query: string;
  /** What was sent, as JSON, passwords left out. */
  body: string | undefined;
  /** Whether one was left out. */
  hidesPassword: boolean;
  /** What the browser puts into `Origin`, if anything. */
  origin: string | undefined;
  /** Whether it was sent with `credentials: "omit"`. */
  asStranger: boolean;
  /** Whether the browser attached the cookie: the server says so, or it is known from before; else undefined. */
  sent: boolean | undefined;
  /** Undefined: no answer yet; 0: none came. */
  status: number | undefined;
  /** Whether something else answered in the server's place. */
  foreign: boolean;
  /** Those headers of the answer that say something and that scripts can see. */
  heard: [name: (typeof telling)[number], value: string][];
  /** What the answer did to the cookie. */
  cookie: 'given' | 'cleared' | undefined;
  /** What the server named when it refused. */
  problem: Problem | undefined;
  /** What the server had told before. */
  before: Conversation | undefined;
  /** Whether what it said about somebody is forgotten, since their session is over. */
  forgotten: boolean;
  /** The server's half: its own answer, or that of the `GET /session` that followed. */
  told: Conversation | undefined;
}

const telling = ['cache-control', 'content-type', 'location', 'retry-after'] as const;
/** Calls whose success hands a new ticket out, and those that clear the cookie. */
const giving = new Set(['POST /login', 'POST /register', 'PUT /me/password']);
const clearing = new Set(['POST /logout', 'DELETE /me']);
/** So many are kept. */
const most = 50;

let tape: Exchange[] = [];
let count = 0;
/** What the server told last to whoever holds the cookie, and whether the browser holds one, as far as is known. */
let known: Conversation | undefined;
let held: boolean | undefined;
/** Whose exchanges these are. */
let owner: string | undefined;
/** How often what was said about somebody was forgotten. */
let forgets = 0;
const listeners = new Set<() => void>();

/** The exchanges of this page since it began to record, the newest last. */
export const useTape = (): Exchange[] => useSyncExternalStore(subscribe, recorded);

/** The exchanges by now. */
export const recorded = (): Exchange[] => tape;

/** Another number after each time that somebody was forgotten: what still holds words of theirs drops them. */
export const useForgets = (): number => useSyncExternalStore(subscribe, () => forgets);

/** Forgets them. */
export const emptyTape = (): void => show([]);

/**
 * From now on every call of this page is recorded. What scripts may not see (`Cookie`, `Set-Cookie`) is reckoned.
 * @param onAnother called when somebody else than before has logged in
 * @param onForget called when a session is over, and with it what was said about whoever had it
 */
export function startTape(onAnother: () => void, onForget: () => void): void {
  let last = conversationOf(session.now());
  session.subscribe(() => {
    const before = last;
    last = conversationOf(session.now()) ?? last;
    if (!before || !last || !isOver(before, last)) return;
    forget(last);
    onForget();
  });
  sendThrough(async (input, init = {}) => {
    const { method = 'GET', body, credentials } = init;
    const url = new URL(String(input), window.location.href);
    const text = typeof body === 'string' ? withoutPasswords(body) : undefined;
    const asStranger = credentials === 'omit';
    count += 1;
    const exchange: Exchange = {
      number: count,
      method,
      path: url.pathname,
      query: url.search,
      body: text,
      hidesPassword: text !== body,
      // Fetch, section 3.2: whatever may change something, and whatever goes to another origin.
      origin: method !== 'GET' || url.origin !== window.location.origin ? window.location.origin : undefined,
      asStranger,
      sent: asStranger ? false : held,
      status: undefined,
      foreign: false,
      heard: [],
      cookie: undefined,
      problem: undefined,
      before: known,
      forgotten: false,
      told: undefined,
    };
    show([...tape, exchange]);
    const era = forgets;
    const begun = performance.now();
    try {
      const response = await fetch(input, init);
      await hear(exchange, response, performance.now() - begun);
      // A slow answer never brings back who was forgotten.
      if (era !== forgets && last) forget(last);
      if (isAnother()) onAnother();
      return response;
    } catch (error) {
      change(exchange, { status: 0 });
      throw error;
    }
  });
}

/** @param took milliseconds from the question to the answer */
async function hear(exchange: Exchange, response: Response, took: number) {
  const { method, path, asStranger } = exchange;
  const { ok, status, headers } = response;
  const answer = status === 204 ? undefined : await jsonIn(response);
  const foreign = status !== 204 && answer === undefined;
  const done = ok && !foreign;
  const told: Conversation | undefined = done && path === '/session' ? answer : undefined;
  const call = `${method} ${path}`;
  const given = done && (giving.has(call) || (method === 'PATCH' && !!told && isBegun(exchange, told, took)));
  const cookie = given ? 'given' : done && clearing.has(call) ? 'cleared' : undefined;
  const heard: Exchange['heard'] = telling.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  const sent = told ? told.cookie.sent : exchange.sent;
  change(exchange, { status, foreign, heard, cookie, problem: ok ? undefined : answer, told, sent });
  if (asStranger) return;
  // Who left is gone from here, too.
  if (call === 'DELETE /me' && done) emptyTape();
  if (cookie) held = given;
  else if (told) held = told.cookie.sent;
  if (!told) return;
  known = told;
  const changed = tape.findLastIndex((one) => one.cookie !== undefined);
  show(
    tape.map((one, n) => {
      if (one.asStranger) return one;
      // The calls before this one that said nothing about themselves.
      const isSilent = !one.told && !!one.status && !one.problem && !one.foreign;
      // What was attached then is what is attached now, as long as nothing was set in between.
      const sent = one.sent ?? (n > changed ? told.cookie.sent : undefined);
      return { ...one, sent, told: isSilent ? told : one.told };
    }),
  );
}

/** What Coatcheck answered; undefined where something else did. Its caller still has all of it to read. */
async function jsonIn(response: Response) {
  const type = response.headers.get('content-type')?.split(';', 1)[0];
  if (type !== (response.ok ? 'application/json' : 'application/problem+json')) return undefined;
  return response
    .clone()
    .json()
    .catch(() => undefined);
}

/** Whether the session that a `PATCH /session` tells of was begun by it: it is new, and no older than the question. */
function isBegun({ before }: Exchange, { session, now }: Conversation, took: number): boolean {
  if (!session || session.id === before?.session?.id) return false;
  return Date.parse(now) - Date.parse(session.createdAt) <= took;
}

/** Whether somebody else has logged in; then what was before is gone from here. */
function isAnother(): boolean {
  const user = known?.user?.id;
  if (user === undefined || user === owner) return false;
  const isFirst = owner === undefined;
  owner = user;
  if (isFirst) return false;
  const theirs = tape.findLastIndex(({ method, path, cookie }) => {
    return method === 'POST' && cookie === 'given' && (path === '/login' || path === '/register');
  });
  const since = tape.slice(theirs === -1 ? -1 : theirs);
  show(since.map((one) => ({ ...one, before: one.before?.user?.id === user ? one.before : undefined })));
  return true;
}

const conversationOf = (standing: Standing) => (standing.is === 'known' ? standing.conversation : undefined);

/** Whether whoever was there before is not there now. A guest who logs in is; a guest never changes sessions. */
function isOver(before: Conversation, now: Conversation): boolean {
  if (!before.session) return false;
  if (!now.session) return true;
  if (before.user) return before.user.id !== now.user?.id;
  return now.user === null && before.session.id !== now.session.id;
}

/**
 * What remains of everybody else is which call travelled when, with which ticket, and what became of it.
 * @param now who is there; what was said with their session stays
 */
function forget({ session }: Conversation) {
  const isTheirs = (one: Conversation | undefined) => !!session && one?.session?.id === session.id;
  if (known && isAboutSomebody(known) && !isTheirs(known)) known = undefined;
  forgets += 1;
  const begun = tape.findIndex(
    ({ path, cookie, told }) => isTheirs(told) && (path === '/session' || cookie === 'given'),
  );
  show(
    tape.map((one, n) =>
      begun === -1 || n < begun
        ? withoutPersons(one)
        : { ...one, before: isTheirs(one.before) ? one.before : undefined },
    ),
  );
}

const change = ({ number }: Exchange, news: Partial<Exchange>) =>
  show(tape.map((one) => (one.number === number ? { ...one, ...news } : one)));

function show(next: Exchange[]) {
  tape = next.slice(-most);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

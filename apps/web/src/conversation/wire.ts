import type { Conversation, Problem } from '@coatcheck/api-types';
import { useSyncExternalStore } from 'react';
import { sendThrough } from '../session/current.ts';

/** A request of this page and its answer. */
export interface Exchange {
  number: number;
  method: string;
  path: string;
  /** With its question mark, or empty. */
  query: string;
  /** What was sent, as JSON; passwords are never kept. */
  body: string | undefined;
  /** What the browser puts into `Origin`, if anything. */
  origin: string | undefined;
  /** Whether it was sent with `credentials: "omit"`. */
  asStranger: boolean;
  /** Whether the browser attached the cookie: the server says so, or it is known from the answer before. */
  sent: boolean;
  /** Undefined: no answer yet; 0: none came. */
  status: number | undefined;
  /** Those headers of the answer that say something and that scripts can see. */
  heard: [name: (typeof telling)[number], value: string][];
  /** What the answer did to the cookie. */
  cookie: 'given' | 'cleared' | undefined;
  /** What the server named when it refused. */
  problem: Problem | undefined;
  /** What the server had told before. */
  before: Conversation | undefined;
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
/** What the server told last to whoever holds the cookie, and whether the browser holds one by now. */
let known: Conversation | undefined;
let held = false;
/** Whose exchanges these are. */
let owner: string | undefined;
const listeners = new Set<() => void>();

/** The exchanges of this page since it began to record, the newest last. */
export const useTape = (): Exchange[] => useSyncExternalStore(subscribe, recorded);

/** The exchanges by now. */
export const recorded = (): Exchange[] => tape;

/** Forgets them. */
export const emptyTape = (): void => show([]);

/** From now on every call of this page is recorded. What scripts may not see (`Cookie`, `Set-Cookie`) is reckoned. */
export function startTape(): void {
  sendThrough(async (input, init = {}) => {
    const { method = 'GET', body, credentials } = init;
    const url = new URL(String(input), window.location.href);
    count += 1;
    const exchange: Exchange = {
      number: count,
      method,
      path: url.pathname,
      query: url.search,
      body: typeof body === 'string' ? withoutPasswords(body) : undefined,
      // Fetch, section 3.2: whatever may change something, and whatever goes to another origin.
      origin: method !== 'GET' || url.origin !== window.location.origin ? window.location.origin : undefined,
      asStranger: credentials === 'omit',
      sent: held && credentials !== 'omit',
      status: undefined,
      heard: [],
      cookie: undefined,
      problem: undefined,
      before: known,
      told: undefined,
    };
    show([...tape, exchange]);
    try {
      const response = await fetch(input, init);
      await hear(exchange, response);
      return response;
    } catch (error) {
      change(exchange, { status: 0 });
      throw error;
    }
  });
}

async function hear(exchange: Exchange, response: Response) {
  const { method, path, asStranger } = exchange;
  const answer = await response
    .clone()
    .json()
    .catch(() => undefined);
  const told: Conversation | undefined = response.ok && path === '/session' ? answer : undefined;
  const call = `${method} ${path}`;
  // A session is begun for who showed no ticket, or one that was dead before.
  const isNew = method === 'PATCH' && !!told?.session && (!told.cookie.sent || !!exchange.before?.reason);
  const given = response.ok && (giving.has(call) || isNew);
  const cookie = given ? 'given' : response.ok && clearing.has(call) ? 'cleared' : undefined;
  const heard: Exchange['heard'] = telling.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  change(exchange, {
    status: response.status,
    heard,
    cookie,
    problem: response.ok ? undefined : answer,
    told,
    sent: told ? told.cookie.sent : exchange.sent,
  });
  if (asStranger) return;
  // Who left is gone from here, too.
  if (call === 'DELETE /me' && response.ok) emptyTape();
  if (cookie) held = given;
  else if (told) held = told.cookie.sent;
  if (!told) return;
  known = told;
  // Whoever comes after somebody else sees nothing of theirs.
  const { user } = told;
  const others = user !== null && owner !== undefined && owner !== user.id;
  owner = user?.id ?? owner;
  show(
    tape
      .filter(({ number }) => !others || number >= exchange.number)
      // The calls before this one that said nothing about themselves.
      .map((one) => (one.told || one.asStranger || !one.status || one.problem ? one : { ...one, told })),
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

const withoutPasswords = (body: string) =>
  JSON.stringify(JSON.parse(body), (name, value) => (/password/i.test(name) ? '…' : value));

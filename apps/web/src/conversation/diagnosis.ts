import {
  type Conversation,
  createClient,
  type PageCause,
  type Result,
  UnexpectedResponse,
} from '@coatcheck/api-types';
import { baseUrl, serverOrigin } from '../session/current.ts';
import { attempt } from '../session/failure.ts';
import { recorder } from './recording.ts';

// Its questions are no part of the conversation that is shown.
const client = createClient({ baseUrl });

/** What must hold for somebody to be logged in, each of what comes after it. */
export const chain = [
  'answer',
  'origin',
  'connection',
  'cookies',
  'site',
  'clock',
  'sent',
  'known',
  'alive',
  'address',
] as const;
export type Link = (typeof chain)[number];

/** What can be broken, and the link that it breaks; `fine` breaks none. */
const breaks = {
  'no-answer': 'answer',
  'not-coatcheck': 'answer',
  unavailable: 'answer',
  origin: 'origin',
  'secure-over-http': 'connection',
  'public-url-http': 'connection',
  'third-party': 'site',
  'cookies-blocked': 'cookies',
  clock: 'clock',
  loopback: 'sent',
  omitted: 'sent',
  never: 'sent',
  databases: 'known',
  unknown: 'known',
  'expired-idle': 'alive',
  'expired-absolute': 'alive',
  'logged-out': 'alive',
  replaced: 'alive',
  revoked: 'alive',
  guest: 'alive',
  proxy: 'address',
} as const satisfies Record<PageCause, Link>;
export type Cause = PageCause | 'fine';

/** What a sentence about a cause may mention. */
export interface Circumstances {
  /** The origin of this page. */
  here: string;
  /** The origin of the server. */
  server: string;
  /** The address to open instead, as far as it is known. */
  home: string | undefined;
  /** Who is logged in. */
  name: string | undefined;
  /** By how much the server's clock is ahead, minutes. */
  minutesAhead: number;
  /** The same in words. */
  ahead: string;
  /** Where the server sees this browser. */
  address: string | undefined;
}

export interface Diagnosis {
  /** Why nobody is logged in, or `fine`. */
  cause: Cause;
  /** What is wrong besides, or may be. */
  besides: Cause[];
  /** Whether each link of the chain holds; undefined: it was not looked at, or cannot be told. */
  links: { link: Link; holds: boolean | undefined }[];
  circumstances: Omit<Circumstances, 'ahead'>;
}

/** Minutes by which clocks may differ: more than that, and limits that are told in minutes are no longer true. */
const tolerable = 2;
/** How often the server is asked when its processes might disagree; a browser opens as many connections at once. */
const askings = 6;

/** Looks at every link of the chain between this page and the server, as far as it holds. It changes nothing. */
export async function diagnose(): Promise<Diagnosis> {
  const lastWithout = recorder.exchanges().findLast(({ path }) => path === '/session')?.asStranger;
  const circumstances: Diagnosis['circumstances'] = {
    here: window.location.origin,
    server: serverOrigin,
    home: undefined,
    name: undefined,
    minutesAhead: 0,
    address: undefined,
  };
  const holding = new Set<Link>();
  const besides: Cause[] = [];
  const found = (cause: Cause): Diagnosis => {
    const broken = [cause, ...besides].flatMap((one) => (one === 'fine' ? [] : [breaks[one]]));
    const holds = (link: Link) => (broken.includes(link) ? false : holding.has(link) || undefined);
    return { cause, besides, links: chain.map((link) => ({ link, holds: holds(link) })), circumstances };
  };

  const asked = Date.now();
  const answer = await client.GET('/session').catch((error: unknown) => error);
  if (answer instanceof UnexpectedResponse) return found('not-coatcheck');
  if (!isResult(answer)) return found((await letsNoPageRead()) ? 'origin' : 'no-answer');
  if (!answer.ok) return found('unavailable');
  const told = answer.data;
  holding.add('answer');
  circumstances.minutesAhead = (Date.parse(told.now) - (asked + Date.now()) / 2) / 60_000;
  circumstances.name = told.user?.username;
  circumstances.address = told.session?.address;

  const { protocol, hostname } = new URL(serverOrigin);
  const { secure } = told.cookie.attributes;
  // Without the ticket it logs nobody out; whether this page might is all that is asked.
  const tried = await attempt(client.POST('/logout', { credentials: 'omit' }));
  const refused = !tried.ok && tried.problem.type === '/problems/origin-not-allowed';
  if (refused) circumstances.home = tried.problem.home;
  // This machine counts as safe without https; browsers keep Secure cookies there.
  if (secure && protocol === 'http:' && !isLoopback(hostname)) return found('secure-over-http');
  if (!secure && protocol === 'https:') return found('public-url-http');
  if (refused) return found(refusedBecause(circumstances.home));
  holding.add('origin').add('connection');
  if (!keepsCookies()) return found('cookies-blocked');
  holding.add('cookies');
  if (!isSameSite(new URL(serverOrigin))) return found('third-party');
  holding.add('site');

  if (Math.abs(circumstances.minutesAhead) > tolerable) besides.push('clock');
  else holding.add('clock');
  if (!told.cookie.sent) {
    circumstances.home = aliasOf(window.location);
    if (circumstances.home) besides.push('loopback');
    return found('never');
  }
  if (!lastWithout) holding.add('sent');
  if (told.session && isProxy(told.session.address)) besides.push('proxy');
  if (await processesDisagree()) return found('databases');
  if (told.reason === 'unknown') return found('unknown');
  holding.add('known');
  if (told.reason) return found(told.reason);
  if (!told.user) return found('guest');
  holding.add('alive');
  return found(lastWithout ? 'omitted' : 'fine');
}

const isResult = (answer: unknown): answer is Result<Conversation> =>
  typeof answer === 'object' && answer !== null && 'ok' in answer;

/** Whether a server is there that lets pages of this origin read nothing. */
async function letsNoPageRead(): Promise<boolean> {
  if (serverOrigin === window.location.origin) return false;
  return fetch(`${serverOrigin}/healthz`, { mode: 'no-cors', credentials: 'omit' }).then(
    () => true,
    () => false,
  );
}

/** @param home the address that the server wants to be opened at */
function refusedBecause(home: string | undefined): Cause {
  const { hostname } = window.location;
  const other = home && new URL(home).hostname;
  return other && other !== hostname && isLoopback(hostname) && isLoopback(other) ? 'loopback' : 'origin';
}

/**
 * Whether pages of this origin and of another are same-site (HTML, section 7.1.1.1), so that a `SameSite=Lax` cookie
 * travels with a call: one scheme and one registrable domain. Browsers take no cookie for a public suffix, which tells
 * whether the longest end that both hosts share is one.
 */
function isSameSite(other: URL): boolean {
  const { protocol, hostname } = window.location;
  if (other.protocol !== protocol) return false;
  if (other.hostname === hostname) return true;
  const labels = hostname.split('.').reverse();
  const others = other.hostname.split('.').reverse();
  const apart = labels.findIndex((label, n) => label !== others[n]);
  const shared = labels.slice(0, apart === -1 ? labels.length : apart).reverse();
  return shared.length > 0 && keepsCookies(`; Domain=${shared.join('.')}`);
}

/** Whether the browser keeps a cookie that this page sets. */
function keepsCookies(attributes = ''): boolean {
  const name = 'coatcheck-probe';
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: whether it keeps one that is set like this is the question
    document.cookie = `${name}=1; Path=/; SameSite=Lax${attributes}`;
    const kept = document.cookie.includes(`${name}=1`);
    // biome-ignore lint/suspicious/noDocumentCookie: and it goes at once
    document.cookie = `${name}=; Path=/; Max-Age=0; SameSite=Lax${attributes}`;
    return kept;
  } catch {
    return false;
  }
}

/** Whether the same ticket is known to some of the server's processes and not to others. */
async function processesDisagree(): Promise<boolean> {
  const answers = await Promise.all(Array.from({ length: askings }, () => attempt(client.GET('/session'))));
  const told = answers.flatMap((answer) => (answer.ok ? [answer.data] : []));
  return told.some(({ reason }) => reason === 'unknown') && told.some(({ reason }) => reason !== 'unknown');
}

/** Whether the server sees somebody at an address that only its own machine can have, though this page came from afar. */
const isProxy = (address: string) =>
  isLoopback(address.includes(':') ? `[${address}]` : address) && !isLoopback(new URL(serverOrigin).hostname);

/** The other name of this machine, where this page has one of them: cookies of one are not sent to the other. */
function aliasOf({ hostname, protocol, port }: Location): string | undefined {
  const other = hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? `${protocol}//${other}:${port}` : undefined;
}

const isLoopback = (hostname: string) =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127(\.\d+){3}$/.test(hostname);

import { type Client, type Conversation, type Result, UnexpectedResponse } from '@coatcheck/api-types';
import { settle } from '../session/failure.ts';
import { breaks, type Cause, type Circumstances, chain, type Link } from './causes.ts';
import { aliasOf, isLoopback, isSameSite } from './site.ts';

/** The page that asks, and what it can do. */
export interface Surroundings {
  /** A client whose calls are not recorded. */
  client: Client;
  /** The address of the page. */
  page: URL;
  /** The address of the server. */
  server: URL;
  /** Whether the page's last look at the session was made with `credentials: "omit"`. */
  lastOmittedCredentials: boolean;
  /** Whether the browser keeps a cookie that the page sets. @param attributes more of them, `; Domain=…` for instance */
  keepsCookies: (attributes?: string) => boolean;
  /** Whether anything answers at the server's address, even if the page may not read the answer. */
  isReachable: () => Promise<boolean>;
}

/** What was found. */
export interface Diagnosis {
  /** Why nobody is logged in, or `fine`. */
  cause: Cause;
  /** What is wrong besides, or may be. */
  besides: Cause[];
  /** Whether each link of the chain holds; undefined: it was not looked at, or cannot be told. */
  links: { link: Link; holds: boolean | undefined }[];
  circumstances: Omit<Circumstances, 'ahead'>;
}

/** The most that clocks may differ: beyond that, limits that are told in minutes are no longer true. */
const maxClockMinutes = 2;
/** How often the server is asked when its processes might disagree; a browser opens as many connections at once. */
const askings = 6;

/** Looks at every link of the chain between this page and the server, as far as it holds. It changes nothing. */
export async function diagnose(surroundings: Surroundings): Promise<Diagnosis> {
  const { client, page, server, lastOmittedCredentials, keepsCookies, isReachable } = surroundings;
  const circumstances: Diagnosis['circumstances'] = {
    here: page.origin,
    server: server.origin,
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
  if (!isResult(answer))
    return found(server.origin !== page.origin && (await isReachable()) ? 'origin' : 'no-answer');
  if (!answer.ok) return found('unavailable');
  const told = answer.data;
  holding.add('answer');
  circumstances.minutesAhead = (Date.parse(told.now) - (asked + Date.now()) / 2) / 60_000;
  circumstances.name = told.user?.username;
  circumstances.address = told.session?.address;

  const { protocol, hostname } = server;
  const { secure } = told.cookie.attributes;
  // Without the ticket it logs nobody out; whether this page might is all that is asked.
  const tried = await settle(client.POST('/logout', { credentials: 'omit' }));
  const refused = !tried.ok && tried.problem.type === '/problems/origin-not-allowed';
  if (refused) circumstances.home = tried.problem.home;
  // This machine counts as safe without https; browsers keep Secure cookies there.
  if (secure && protocol === 'http:' && !isLoopback(hostname)) return found('secure-over-http');
  if (!secure && protocol === 'https:') return found('public-url-http');
  if (refused) return found(refusedBecause(page, circumstances.home));
  holding.add('origin').add('connection');
  if (!keepsCookies()) return found('cookies-blocked');
  holding.add('cookies');
  if (!isSameSite(page, server, keepsCookies)) return found('third-party');
  holding.add('site');

  if (Math.abs(circumstances.minutesAhead) > maxClockMinutes) besides.push('clock');
  else holding.add('clock');
  if (!told.cookie.sent) {
    circumstances.home = aliasOf(page);
    if (circumstances.home) besides.push('loopback');
    return found('never');
  }
  if (!lastOmittedCredentials) holding.add('sent');
  if (told.session && isProxy(told.session.address, server)) besides.push('proxy');
  if (await processesDisagree(client)) return found('databases');
  if (told.reason === 'unknown') return found('unknown');
  holding.add('known');
  if (told.reason) return found(told.reason);
  if (!told.user) return found('guest');
  holding.add('alive');
  return found(lastOmittedCredentials ? 'omitted' : 'fine');
}

const isResult = (answer: unknown): answer is Result<Conversation> =>
  typeof answer === 'object' && answer !== null && 'ok' in answer;

/** @param home the address that the server wants to be opened at */
function refusedBecause({ hostname }: URL, home: string | undefined): Cause {
  const other = home && new URL(home).hostname;
  return other && other !== hostname && isLoopback(hostname) && isLoopback(other) ? 'loopback' : 'origin';
}

/** Whether the same ticket is known to some of the server's processes and not to others. */
async function processesDisagree(client: Client): Promise<boolean> {
  const answers = await Promise.all(Array.from({ length: askings }, () => settle(client.GET('/session'))));
  const told = answers.flatMap((answer) => (answer.ok ? [answer.data] : []));
  return told.some(({ reason }) => reason === 'unknown') && told.some(({ reason }) => reason !== 'unknown');
}

/** Whether the server sees somebody at an address that only its own machine can have, though this page came from afar. */
const isProxy = (address: string, server: URL) =>
  isLoopback(address.includes(':') ? `[${address}]` : address) && !isLoopback(server.hostname);

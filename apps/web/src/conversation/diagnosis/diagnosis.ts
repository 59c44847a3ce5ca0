import { type Client, type Conversation, type Result, UnexpectedResponse } from '@coatcheck/api-types';
import { settle } from '../../session/failure.ts';
import { breaks, type Cause, type Circumstances, chain, type Link } from './causes.ts';
import { isLoopback, isSameSite, namedOrigin } from './site.ts';

/** The facts about the page and its browser that the diagnosis needs. */
export interface Surroundings {
  /** A client whose calls are not recorded. */
  client: Client;
  /** The URL of the page. */
  page: URL;
  /** The URL of the server. */
  server: URL;
  /** Whether the page's last call about the session was sent with `credentials: "omit"`. */
  lastOmittedCredentials: boolean;
  /** Whether the browser keeps a cookie that the page sets. @param attributes further attributes, `; Domain=…` for instance */
  keepsCookies: (attributes?: string) => boolean;
  /** Whether a server responds at the URL, even if the page may not read the response. */
  isReachable: () => Promise<boolean>;
}

/** The outcome of the diagnosis. */
export interface Diagnosis {
  /** Why the visitor is not logged in, or `fine`. */
  cause: Cause;
  /** Further causes that hold, or may hold. */
  besides: Cause[];
  /** Whether each link of the chain holds. Undefined: it was not checked, or cannot be checked from here. */
  links: { link: Link; holds: boolean | undefined }[];
  circumstances: Omit<Circumstances, 'ahead'>;
}

/** The clocks may differ by this many minutes. If they differ by more, times that this page shows in minutes are wrong. */
const maxClockMinutes = 2;
/** Calls that are sent at once to find out whether the server's processes disagree. A browser opens this many connections. */
const parallelCalls = 6;

/** Checks the links of the chain between this page and the server, up to the first broken one. No session ends by it. */
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

  const askedAt = Date.now();
  const result = await client.GET('/session').catch((error: unknown) => error);
  if (result instanceof UnexpectedResponse) return found('not-coatcheck');
  if (!isResult(result))
    return found(server.origin !== page.origin && (await isReachable()) ? 'origin' : 'no-answer');
  if (!result.ok) return found('unavailable');
  const told = result.data;
  holding.add('answer');
  circumstances.minutesAhead = (Date.parse(told.now) - (askedAt + Date.now()) / 2) / 60_000;
  circumstances.name = told.user?.username;
  circumstances.address = told.session?.address;

  const { protocol, hostname } = server;
  const { secure } = told.cookie.attributes;
  // A logout without the ticket logs nobody out. The response only shows whether the server refuses this page's origin.
  const tried = await settle(client.POST('/logout', { credentials: 'omit' }));
  const refused = !tried.ok && tried.problem.type === '/problems/origin-not-allowed';
  if (refused) circumstances.home = tried.problem.home;
  // Browsers trust the machine itself without https, and keep Secure cookies of it.
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
    circumstances.home = namedOrigin(page);
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

const isResult = (result: unknown): result is Result<Conversation> =>
  typeof result === 'object' && result !== null && 'ok' in result;

/** Why the server refuses the page's origin. @param home the URL at which the server wants to be opened */
function refusedBecause({ hostname }: URL, home: string | undefined): Cause {
  const other = home && new URL(home).hostname;
  return other && other !== hostname && isLoopback(hostname) && isLoopback(other) ? 'loopback' : 'origin';
}

/** Whether some of the server's processes know the ticket and others do not. */
async function processesDisagree(client: Client): Promise<boolean> {
  const results = await Promise.all(
    Array.from({ length: parallelCalls }, () => settle(client.GET('/session'))),
  );
  const told = results.flatMap((result) => (result.ok ? [result.data] : []));
  return told.some(({ reason }) => reason === 'unknown') && told.some(({ reason }) => reason !== 'unknown');
}

/** Whether the server sees the visitor at an address of its own machine, though the visitor came from another machine. */
const isProxy = (address: string, server: URL) =>
  isLoopback(address.includes(':') ? `[${address}]` : address) && !isLoopback(server.hostname);

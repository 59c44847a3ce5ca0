import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Conversation, EndReason, OriginNotAllowed } from '@coatcheck/api-types';
import ipaddr from 'ipaddr.js';
import { isLoopback } from '../config.ts';
import { siteOf } from '../http/origins.ts';
import { isTicket } from '../session/ticket.ts';
import { Refused } from './refused.ts';

/** What must hold for somebody to be logged in, in the order in which it is looked at. */
const chain = {
  answer: 'The server answers',
  connection: 'The cookie fits the connection',
  site: 'Page and server are of one site',
  origin: 'The server lets the page change things',
  cors: 'The page may read the answers',
  clock: 'The clocks agree',
  sent: 'The ticket travels both ways',
  address: 'The server sees where people come from',
  known: 'All of the server knows it',
  alive: 'The session of TICKET lives',
};
type Link = keyof typeof chain;

/** Something broken: its name, what is wrong and what to change. */
interface Fault {
  cause: string;
  what: string;
  change: string;
}

interface Finding extends Fault {
  link: Link;
}

interface Examination {
  /** The address people type. */
  url: URL;
  /** The page that calls. */
  origin: string;
  /** A ticket to look at, as a browser keeps it. */
  ticket: string | undefined;
}

/**
 * Looks at every link of the chain between somebody and being logged in, and prints what holds and what breaks. It begins
 * a guest's session to look at, and ends it.
 * @returns whether nothing is broken
 * @throws {Refused} when it cannot be told what to look at.
 */
export async function doctor(
  options: { url: string; origin?: string },
  ticket: string | undefined,
): Promise<boolean> {
  const examination = read(options, ticket);
  const { url, origin } = examination;
  process.stderr.write(`Address: ${url.origin}. Database: whichever the server there has.\n`);
  const { findings, looked, seen } = await examine(examination);
  const broken = new Set(findings.map(({ link }) => link));
  const links = Object.entries(chain) as [Link, string][];
  const lines = links.map(
    ([link, name]) => `${broken.has(link) ? 'breaks' : looked.has(link) ? 'holds ' : '–     '}  ${name}`,
  );

  const said = findings.map(({ cause, what, change }) => `${cause}: ${what}\n  ${change}`);
  if (findings.length === 0) {
    said.push(
      `Nothing that can be seen from here is broken. Only a browser can tell whether it keeps cookies: open ${url.origin}/conversation#why there.`,
    );
    if (!looked.has('sent')) {
      said.push(
        'Too many guests were begun from this address for now, so none could be looked at. Run this again in an hour.',
      );
    }
    if (origin !== url.origin) {
      said.push(
        `credentials: what is left is the page's own code. Give fetch credentials: "include" in every call, as the client of @coatcheck/api-types does; without it the browser leaves the ticket at home.`,
      );
    }
    if (ticket === undefined) {
      said.push(
        `TICKET=… in the environment, copied from a browser's developer tools, looks at one session, too.`,
      );
    }
  }
  if (seen !== undefined) {
    said.push(
      `The server takes this machine for ${seen}. If that is a proxy's address, TRUSTED_PROXIES must have it.`,
    );
  }
  process.stdout.write(
    `${[`${url.origin}, for a page of ${origin}`, '', ...lines, '', ...said].join('\n')}\n`,
  );
  return findings.length === 0;
}

function read({ url, origin }: { url: string; origin?: string }, ticket: string | undefined): Examination {
  const asOrigin = (name: string, value: string): URL => {
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    if (parsed && /^https?:$/.test(parsed.protocol)) return parsed;
    throw new Refused(`${name} is ${JSON.stringify(value)}. Give an address like https://id.example.com.`);
  };
  if (ticket !== undefined && !isTicket(ticket)) {
    throw new Refused('TICKET is no ticket: one has 43 characters of A to Z, a to z, 0 to 9, - and _.');
  }
  const server = asOrigin('--url', url);
  return { url: server, origin: asOrigin('--origin', origin ?? url).origin, ticket };
}

interface Examined {
  findings: Finding[];
  /** The links that were looked at; all others could not be. */
  looked: Set<Link>;
  /** Where the server sees this machine, if only a person can tell whether that is true. */
  seen: string | undefined;
}

/** Minutes by which clocks may differ: more than that, and limits that are told in minutes are no longer true. */
const tolerable = 2;
/** How often the server is asked when its processes might disagree. */
const askings = 8;

async function examine({ url, origin, ticket }: Examination): Promise<Examined> {
  const looked = new Set<Link>();
  const findings: Finding[] = [];
  const done: Examined = { findings, looked, seen: undefined };
  /** Notes that a link was looked at, and what was found. @returns whether it is broken */
  const note = (link: Link, fault: Fault | undefined): boolean => {
    looked.add(link);
    if (fault) findings.push({ link, ...fault });
    return fault !== undefined;
  };
  const ask = (path: string, options: Asking = {}) => exchange(new URL(path, url), options);

  try {
    await look();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    note('answer', silent(url, error));
  }
  return done;

  /** Follows the chain as far as it holds. */
  async function look() {
    const asked = Date.now();
    const first = await ask('/session', { headers: { origin } });
    const told = conversationIn(first);
    if (!told) return note('answer', unexpected('GET /session', url, first));
    looked.add('answer');
    const ahead = (Date.parse(told.now) - (asked + Date.now()) / 2) / 60_000;
    const { name, attributes } = told.cookie;

    // Without the ticket it logs nobody out; whether this page might is all that is asked.
    const tried = await ask('/logout', { method: 'POST', headers: { origin } });
    const refused = refusalIn(tried);
    const place = { url, page: new URL(origin), refused, secure: attributes.secure };
    const broken =
      note('connection', secureOverHttp(place) ?? httpBehindTls(place)) ||
      note('site', twoNames(place) ?? otherSite(place)) ||
      note('origin', notAllowed(place)) ||
      (origin !== url.origin && note('cors', unreadable(origin, first)));
    if (broken) return;
    note('clock', Math.abs(ahead) > tolerable ? clocks(ahead) : undefined);

    const isKnown = await lookAtGuest(name);
    if (ticket !== undefined && isKnown) {
      const answer = await ask('/session', { headers: { cookie: `${name}=${ticket}` } });
      const shown = conversationIn(answer);
      note('alive', shown ? ended(shown) : unexpected('GET /session', url, answer));
    }
  }

  /** Begins a guest's session, shows its ticket to whoever answers, and ends it. @returns whether all knew it */
  async function lookAtGuest(name: string): Promise<boolean> {
    const begun = await fromAside({ method: 'PATCH', body: { doctor: 'was here' } });
    // Too many guests came from this address, so there is none to look at.
    if (begun.status === 429) return true;
    const guest = conversationIn(begun);
    if (!guest) return !note('sent', unexpected('PATCH /session', url, begun));
    const given = begun.headers['set-cookie']?.find((line) => line.startsWith(`${name}=`));
    if (!given || !guest.session) return !note('sent', lost('the answer came without Set-Cookie'));

    const headers = { cookie: given.split(';', 1)[0] ?? '' };
    try {
      const answers = await Promise.all(Array.from({ length: askings }, () => ask('/session', { headers })));
      const told = answers.flatMap((answer) => conversationIn(answer) ?? []);
      const isSent = told.every(({ cookie }) => cookie.sent);
      if (note('sent', isSent ? undefined : lost('the request came without it'))) return false;
      const sees = seesProxy({ local: begun.local, remote: begun.remote, seen: guest.session.address });
      if (sees === undefined) done.seen = guest.session.address;
      else note('address', sees ? proxy(guest.session.address) : undefined);
      const strangers = told.filter(({ session }) => !session).length;
      return !note('known', strangers > 0 ? databases(strangers, told.length) : undefined);
    } finally {
      await Promise.all(Array.from({ length: askings }, () => ask('/logout', { method: 'POST', headers })));
    }
  }

  /** Asks from another address of this machine, where it has one: so it can be told from a proxy beside the server. */
  async function fromAside(options: Asking): Promise<Answer> {
    const aside = isLoopback(url.hostname) ? { ...options, family: 4, localAddress: '127.0.0.77' } : options;
    return ask('/session', aside).catch(() => ask('/session', options));
  }
}

function silent(url: URL, { code }: NoAnswer): Fault {
  return {
    cause: 'no-answer',
    what: `${url.origin} does not answer (${code}).`,
    change: /CERT|SSL|TLS/i.test(code)
      ? 'Browsers refuse such a certificate, too. Give the proxy one that is valid for this name.'
      : 'Check that the server runs, its address, and what stands between.',
  };
}

/** What an answer means that is not what this call gives. */
function unexpected(call: string, url: URL, { status, headers }: Answer): Fault {
  if (status >= 300 && status < 400 && headers.location) {
    const target = URL.canParse(headers.location, url.href)
      ? new URL(headers.location, url).origin
      : headers.location;
    return {
      cause: 'redirect',
      what: `${url.origin} sends people on to ${target}.`,
      change: 'That is the address to look at: give it as --url, and set it as PUBLIC_URL.',
    };
  }
  if (status === 503) {
    return {
      cause: 'unavailable',
      what: `the server answers, and cannot do ${call} now.`,
      change: 'Its log says why; mostly the database does not answer.',
    };
  }
  return {
    cause: 'not-coatcheck',
    what: `${call} at ${url.origin} is answered by something that is no Coatcheck: ${status}, ${headers['content-type'] ?? 'no content type'}.`,
    change: 'Check the address, and that the proxy passes every path and method on.',
  };
}

interface Place {
  /** The address people type. */
  url: URL;
  /** The page that calls. */
  page: URL;
  /** What the server said when that page may change nothing. */
  refused: OriginNotAllowed | undefined;
  /** Whether the cookie is for https only. */
  secure: boolean;
}

function secureOverHttp({ url, secure, refused }: Place): Fault | undefined {
  // This machine counts as safe without https; browsers keep Secure cookies there.
  if (!secure || url.protocol === 'https:' || isLoopback(url.hostname)) return undefined;
  return {
    cause: 'secure-over-http',
    what: `the cookie is Secure, and ${url.origin} is http. Browsers neither keep nor show it there.`,
    change: `People must open the https address. ${refused?.detail ?? 'If there is none, PUBLIC_URL must not be https.'}`,
  };
}

function httpBehindTls({ url, secure }: Place): Fault | undefined {
  if (secure || url.protocol === 'http:') return undefined;
  return {
    cause: 'public-url-http',
    what: `people come over https (${url.origin}), and the server thinks that they type an http address.`,
    change: `Start it with PUBLIC_URL=${url.origin}.`,
  };
}

function twoNames({ url, page, refused }: Place): Fault | undefined {
  const home = refused && URL.canParse(refused.home) ? new URL(refused.home).hostname : undefined;
  const hosts = [page.hostname, ...(home ? [home] : [])];
  const other = hosts.find((host) => host !== url.hostname);
  if (other === undefined || !isLoopback(other) || !isLoopback(url.hostname)) return undefined;
  return {
    cause: 'loopback',
    what: `${url.hostname} and ${other} are one machine, and to a browser two hosts: each has its own cookies.`,
    change: `Use one name everywhere, ${home ?? 'localhost'} for instance.`,
  };
}

function otherSite({ url, page }: Place): Fault | undefined {
  if (siteOf(page) === siteOf(url)) return undefined;
  return {
    cause: 'third-party',
    what: `${url.origin} is of another site than ${page.origin}. A SameSite=Lax cookie never travels with its calls.`,
    change: 'Serve both under one domain, like app.example.com and id.example.com, both over https.',
  };
}

function notAllowed({ page, refused }: Place): Fault | undefined {
  if (!refused) return undefined;
  return {
    cause: 'origin',
    what: `the server lets pages of ${page.origin} change nothing. ${refused.detail}`,
    change: `If ${page.origin} is right, name it in PUBLIC_URL, or in ALLOWED_ORIGINS beside it.`,
  };
}

function unreadable(origin: string, { headers }: Answer): Fault | undefined {
  if (
    headers['access-control-allow-origin'] === origin &&
    headers['access-control-allow-credentials'] === 'true'
  ) {
    return undefined;
  }
  return {
    cause: 'cors',
    what: `the server allows ${origin}, and its answer arrives without saying so (Access-Control-Allow-Origin, -Credentials).`,
    change: 'Let the proxy pass these headers on as they are, and add none of its own.',
  };
}

function clocks(ahead: number): Fault {
  const minutes = Math.abs(ahead);
  const much = minutes < 120 ? `${Math.round(minutes)} minutes` : `${Math.round(minutes / 60)} hours`;
  return {
    cause: 'clock',
    what: `the server's clock is ${much} ${ahead > 0 ? 'ahead of' : 'behind'} this machine's. Cookies may end too soon or too late.`,
    change: 'Let both set their clocks by the network.',
  };
}

const lost = (how: string): Fault => ({
  cause: 'cookie-lost',
  what: `a ticket was given, and ${how}.`,
  change: 'Let the proxy pass Cookie and Set-Cookie on as they are.',
});

const databases = (strangers: number, asked: number): Fault => ({
  cause: 'databases',
  what: `asked ${asked} times with one ticket, the server did not know it ${strangers} times. Several processes answer, and not all look into the same database.`,
  change:
    'Give all of them the same DATABASE_URL. Processes on several machines need PostgreSQL. (This left a guest at most, for two hours.)',
});

const proxy = (address: string): Fault => ({
  cause: 'proxy',
  what: `the server takes this machine for ${address}, which is the proxy in front of it. Everybody shares that one address and its limits.`,
  change: `Start it with TRUSTED_PROXIES=${address}, and let the proxy send X-Forwarded-For.`,
});

interface Seen {
  /** Our own end of the connection. */
  local: string;
  /** Its other end. */
  remote: string;
  /** Whom the server took us for. */
  seen: string;
}

/** Whether the server sees a proxy instead of who asked; undefined where that cannot be told from here. */
function seesProxy({ local, remote, seen }: Seen): boolean | undefined {
  const rangeOf = (address: string) => ipaddr.process(address).range();
  const same = ipaddr.process(local).toString() === ipaddr.process(seen).toString();
  if (rangeOf(remote) === 'loopback') {
    // The usual address of this machine may be the proxy's as well as ours.
    return same && ['127.0.0.1', '::1'].includes(ipaddr.process(local).toString()) ? undefined : !same;
  }
  if (same) return false;
  const near = ['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat'];
  // From the internet nobody has a private address. Else it may be ours, as a router shows it, or a proxy's.
  const isNear = near.includes(rangeOf(seen));
  return rangeOf(seen) === 'loopback' || (isNear && !near.includes(rangeOf(remote))) ? true : undefined;
}

const reasons: Record<EndReason, string> = {
  unknown: 'the server has no row for it: it ended more than a week ago, or this is another database',
  'expired-idle': 'it was not used for longer than SESSION_IDLE or REMEMBER_IDLE',
  'expired-absolute': 'it had reached SESSION_LIFETIME or REMEMBER_LIFETIME',
  'logged-out': 'it was logged out',
  replaced:
    'a newer ticket took its place at a login or a new password, and the browser shows the old one still',
  revoked: 'it was ended from another device, or by a new password',
};

/** Why the session of a ticket counts for nothing, or undefined. */
function ended({ reason, session, user }: Conversation): Fault | undefined {
  if (reason) {
    return {
      cause: reason,
      what: `the session of TICKET is over: ${reasons[reason]}.`,
      change: 'Log in again.',
    };
  }
  if (user || !session) return undefined;
  return {
    cause: 'guest',
    what: 'the session of TICKET lives, and is a guest’s: nobody logged in with it.',
    change: 'Log in, or register.',
  };
}

/** The connection did not open, broke, or took too long. */
class NoAnswer extends Error {
  readonly code: string;

  constructor({ code, message }: NodeJS.ErrnoException) {
    super(message);
    this.code = code ?? message;
  }
}

interface Asking {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: object;
  family?: number;
  localAddress?: string;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** What JSON it had. */
  body: unknown;
  local: string;
  remote: string;
}

/**
 * One request on a connection of its own, so that another process may answer the next one.
 * @throws {NoAnswer}
 */
function exchange(url: URL, { body, headers, ...options }: Asking): Promise<Answer> {
  const json = body && JSON.stringify(body);
  const asked: RequestOptions = {
    ...options,
    agent: false,
    signal: AbortSignal.timeout(15_000),
    headers: { accept: 'application/json', ...headers, ...(json && { 'content-type': 'application/json' }) },
  };
  return new Promise((answered, failed) => {
    const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      url,
      asked,
      async (incoming) => {
        const { localAddress = '', remoteAddress = '' } = incoming.socket;
        try {
          const text = Buffer.concat(await incoming.toArray()).toString();
          const isJson = incoming.headers['content-type']?.includes('json');
          answered({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: isJson ? JSON.parse(text) : undefined,
            local: localAddress,
            remote: remoteAddress,
          });
        } catch (error) {
          failed(new NoAnswer(error as Error));
        }
      },
    );
    outgoing.on('error', (error) => failed(new NoAnswer(error)));
    outgoing.end(json);
  });
}

/** The conversation that an answer of `/session` tells; undefined when it tells none. */
function conversationIn({ status, body }: Answer): Conversation | undefined {
  const told = body as Partial<Conversation> | undefined;
  return status === 200 && told?.cookie && told.now ? (told as Conversation) : undefined;
}

/** The server's refusal of the page's origin; undefined when it gave none, or something in between refused. */
function refusalIn({ body }: Answer): OriginNotAllowed | undefined {
  const problem = body as Partial<OriginNotAllowed> | undefined;
  return problem?.type === '/problems/origin-not-allowed' ? (problem as OriginNotAllowed) : undefined;
}

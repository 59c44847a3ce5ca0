import type { IncomingMessage, RequestListener } from 'node:http';
import type { Config } from '../config.ts';
import type { Client } from '../http/address.ts';
import { hasBody } from '../http/body.ts';
import { isCutOff } from '../http/body-chunks.ts';
import { countHosts } from '../http/client-error.ts';
import type { Connections } from '../http/connections.ts';
import { escapeControls } from '../http/controls.ts';
import { securityHeaders } from '../http/headers.ts';
import { isLastRequest } from '../http/lingering-close.ts';
import type { Turns } from '../http/request-turns.ts';
import type { Recall } from '../session/authentication.ts';
import { type CookiePolicy, cookiesIn, isTicket } from '../session/ticket.ts';
import type { Account } from '../store/records.ts';
import { identityHeaders } from './verify.ts';
import { identityOf, userOf } from './views.ts';

/** The parts of the server that have a say in {@link answerAtOnce}. */
interface AtOnceParts {
  config: Config;
  cookie: CookiePolicy;
  connections: Connections;
  isClosing: () => boolean;
  clientOf: (request: IncomingMessage) => Client;
  turns: Turns;
  recall: Recall;
}

/**
 * Answers what nearly all requests ask, GET /me and GET /verify of a member who is known without a look-up, before
 * Fastify sees the request: to route it and to call every hook takes a third of its processor time.
 *
 * The short cut decides nothing. Where a hook could refuse the request, delay it or add anything to the answer
 * of the route, the request goes the ordinary way. A test holds both ways to the same answer.
 * @param ordinary answers every request.
 */
export function answerAtOnce(parts: AtOnceParts, ordinary: RequestListener): RequestListener {
  const { config, cookie, connections, isClosing, clientOf, turns, recall } = parts;
  const answers = new Map([
    [`${config.basePath}/me`, answerOf(config, (account) => ({ body: userOf(account) }))],
    [
      `${config.basePath}/verify`,
      answerOf(config, (account) => ({
        headers: identityHeaders(config, account),
        body: identityOf(account),
      })),
    ],
  ]);

  /** Whether no hook has anything to say about a request that a member sends. */
  const isPlain = (request: IncomingMessage): boolean =>
    request.method === 'GET' &&
    request.httpVersion === '1.1' &&
    countHosts(request.rawHeaders) === 1 &&
    request.headers.origin === undefined &&
    !hasBody(request) &&
    connections.unanswered(request.socket) === 1 &&
    // The ordinary way closes the connection behind these.
    !isLastRequest(request) &&
    !isCutOff(request.socket) &&
    !isClosing();

  function knownMember({ headers }: IncomingMessage): Account | null | undefined {
    const [ticket, another] = cookiesIn(headers.cookie, cookie.name);
    if (ticket === undefined || another !== undefined || !isTicket(ticket)) return undefined;
    return recall(ticket)?.account;
  }

  return (request, response) => {
    const answer = answers.get(request.url?.split('?', 1)[0] ?? '');
    if (!answer || !isPlain(request)) return ordinary(request, response);
    const { networks } = clientOf(request);
    // No more cookies are read in one turn than requests begin in it.
    const account = turns.mayBegin(networks) ? knownMember(request) : undefined;
    if (!account || !turns.beginAtOnce(networks)) return ordinary(request, response);
    const { head, body } = answer(account);
    try {
      response.writeHead(200, head).end(body);
    } catch {
      // No header can carry the name, as somebody wrote it into the database. The ordinary way answers 500 and logs that.
      return ordinary(request, response);
    }
    // Mostly all of it is written out by now.
    if (response.writableLength > 0) turns.countUnderWay(networks, response);
  };
}

/** A response of status 200. */
interface Answer {
  /** Names and values of its headers in turn, as `writeHead` takes them. */
  head: string[];
  body: string;
}

/**
 * @param say what is said of an account. @returns a function that gives the response for an account: it is written once
 * for each record.
 */
function answerOf(
  config: Config,
  say: (account: Account) => { headers?: Record<string, string>; body: object },
): (account: Account) => Answer {
  const answers = new WeakMap<Account, Answer>();
  const common = headOf({
    ...securityHeaders(config),
    // As the origin guard has it.
    vary: 'Origin',
    'content-type': 'application/json; charset=utf-8',
  });

  return (account) => {
    let answer = answers.get(account);
    if (!answer) {
      const { headers = {}, body } = say(account);
      const text = escapeControls(JSON.stringify(body));
      const own = headOf({ ...headers, 'content-length': String(Buffer.byteLength(text)) });
      answer = { head: common.concat(own), body: text };
      answers.set(account, answer);
    }
    return answer;
  };
}

/** @returns names and values in turn; Fastify writes names in lower case. */
const headOf = (headers: Record<string, string>): string[] =>
  Object.entries(headers).flatMap(([name, value]) => [name.toLowerCase(), value]);

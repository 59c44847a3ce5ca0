import type { Conversation, CookieFacts, EndReason } from '@coatcheck/api-types';
import { printOf } from '../ticket/number.ts';
import type { ConversationWords } from './en.ts';
import type { Exchange } from './wire.ts';

/** A header line of an exchange. The value of a secret is never in it. */
export interface Line {
  name: string;
  value: string;
  /** What it means, sentence by sentence. */
  explained: string[];
  /** Whether scripts cannot see this line: it is reckoned from what the server tells. */
  hidden?: true;
}

/** What stands for a value that no page may see. */
export const hiddenValue = '••••';

/** The cookie's name and attributes as the server told them last, before or after this exchange. */
const factsOf = ({ told, before }: Exchange): CookieFacts | undefined => (told ?? before)?.cookie;

/** What the server found for the ticket of this request; undefined: no session that lives, or it is not known. */
export function foundBy({ sent, path, cookie, told, before }: Exchange): Conversation | undefined {
  if (!sent) return undefined;
  // A call about the session tells what it found; who was given a new one there had none.
  const found = path !== '/session' ? before : cookie === 'given' ? undefined : told;
  return found?.session ? found : undefined;
}

/** Why the ticket of this request counts for nothing, as far as it was told. */
export function reasonShown({ sent, path, told, before }: Exchange): EndReason | undefined {
  return (sent && (path === '/session' ? told : before)?.reason) || undefined;
}

/** The header lines of the request that belong to the conversation. */
export function requestLines(exchange: Exchange, { headers }: ConversationWords): Line[] {
  const { sent, body, origin } = exchange;
  const name = factsOf(exchange)?.name;
  const lines: Line[] = [];
  if (sent && name) {
    lines.push({
      name: 'Cookie',
      value: `${name}=${hiddenValue}`,
      explained: [headers.cookie],
      hidden: true,
    });
  }
  if (origin) lines.push({ name: 'Origin', value: origin, explained: [headers.origin] });
  if (body !== undefined) {
    lines.push({ name: 'Content-Type', value: 'application/json', explained: [headers.requestJson] });
  }
  return lines;
}

/** The header lines of the answer that belong to the conversation. */
export function responseLines(
  exchange: Exchange,
  { headers, attributes }: ConversationWords,
  moment: (iso: string) => string,
): Line[] {
  const explained = {
    'cache-control': headers.cacheControl,
    'content-type': exchange.problem ? headers.answerProblem : headers.answerJson,
    location: headers.location,
    'retry-after': headers.retryAfter,
  };
  const heard = exchange.heard.map(([name, value]) => ({
    name: headerCase(name),
    value,
    explained: exchange.foreign ? [] : [explained[name]],
  }));
  const facts = factsOf(exchange);
  if (!exchange.cookie || !facts) return heard;

  const { expires, secure } = facts.attributes;
  const given = exchange.cookie === 'given';
  const line: Line = {
    name: 'Set-Cookie',
    value: (given
      ? [`${facts.name}=${hiddenValue}`, ...maxAgeOf(exchange), ...attributesOf(facts.attributes)]
      : [
          `${facts.name}=`,
          'Max-Age=0',
          ...attributesOf({ ...facts.attributes, expires: new Date(0).toISOString() }),
        ]
    ).join('; '),
    explained: given
      ? [
          headers.setCookie,
          attributes.Path,
          expires ? attributes.Expires(moment(expires)) : attributes.untilClosed,
          attributes.HttpOnly,
          ...(secure ? [attributes.Secure] : []),
          attributes.SameSite,
        ]
      : [exchange.asStranger ? headers.ignored : headers.clearCookie],
    hidden: true,
  };
  return [line, ...heard];
}

/** `Max-Age` of a ticket that outlives the browser: seconds from the moment it was given until its session's end. */
function maxAgeOf({ path, told }: Exchange): string[] {
  if (!told?.session?.remember) return [];
  // A new password gives a session that goes on a new ticket, a moment before the server's answer.
  const given = path === '/me/password' ? told.now : told.session.createdAt;
  return [`Max-Age=${Math.ceil((Date.parse(told.session.expiresAt) - Date.parse(given)) / 1000)}`];
}

const headerCase = (name: string) => name.replace(/(^|-)\w/g, (start) => start.toUpperCase());

/** A cookie's attributes in the words of RFC 6265bis section 4.1.1, in the order the server sends them. */
export function attributesOf({
  path,
  expires,
  httpOnly,
  secure,
  sameSite,
}: CookieFacts['attributes']): string[] {
  return [
    `Path=${path}`,
    ...(expires ? [`Expires=${new Date(expires).toUTCString()}`] : []),
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(secure ? ['Secure'] : []),
    `SameSite=${sameSite}`,
  ];
}

/** What the server did with a request. */
export interface ServersHalf {
  lookedUp: string;
  decided: string;
  set: string;
}

/** The server's half of an exchange that it answered. */
export function serversHalf(exchange: Exchange, { half }: ConversationWords): ServersHalf {
  const { method, sent, cookie, problem } = exchange;
  return {
    lookedUp: lookedUp(exchange, half),
    decided: problem ? half.refused(problem.title) : decided(exchange, half),
    set:
      cookie === 'given'
        ? half.given
        : cookie === 'cleared'
          ? half.cleared
          : sent
            ? half.untouched
            : method === 'GET'
              ? half.untouchedNone
              : half.setNothing,
  };
}

function lookedUp(exchange: Exchange, half: ConversationWords['half']): string {
  const { sent, path, cookie, problem } = exchange;
  // Refused before anything else happens.
  if (problem?.type === '/problems/origin-not-allowed') return half.notEven;
  if (sent === undefined) return half.unknown;
  if (!sent) return half.noTicket;
  if (problem?.type === '/problems/unavailable') return half.couldNot;
  const shown = foundBy(exchange);
  if (shown?.session) {
    const { number } = printOf(shown.session.id);
    const name = shown.user?.username;
    return path === '/session' ? half.found(number, name) : half.foundBefore(number, name);
  }
  if (cookie === 'given' && path === '/session') return half.foundNone;
  const reason = reasonShown(exchange);
  return reason ? half.dead(reason) : half.looked;
}

function decided(exchange: Exchange, half: ConversationWords['half']): string {
  const { method, path, cookie, told, before } = exchange;
  const remembered = told?.session && Object.keys(told.remembered).length > 0;
  const carried = remembered && before?.session && !before.user ? ` ${half.carried}` : '';
  switch (`${method} ${path}`) {
    case 'GET /session':
      return remembered ? half.tells : told?.session ? half.tellsNothing : half.stranger;
    case 'PATCH /session':
      return cookie === 'given' ? half.began : told?.session ? half.merged : half.stranger;
    case 'POST /register':
      return half.registered + carried;
    case 'POST /login':
      return half.loggedIn + carried;
    case 'PUT /me/password':
      return half.newPassword;
    case 'POST /logout':
      return exchange.sent ? half.ended : half.nothingToEnd;
    default:
      return half.answered;
  }
}

/** The same request for a terminal; the ticket is to be put into `$TICKET` first. @param server its origin */
export function curlOf(exchange: Exchange, server: string): string {
  const { method, path, query, body, sent, origin, problem } = exchange;
  const name = factsOf(exchange)?.name ?? 'coatcheck';
  const url = `${server}${path}${query}`;
  return [
    'curl -i',
    ...(sent ? [withTicket(name)] : []),
    // A terminal names no page; where that is what was refused, it has to.
    ...(problem?.type === '/problems/origin-not-allowed' ? [`-H 'Origin: ${origin}'`] : []),
    ...(method === 'GET' || (method === 'POST' && body !== undefined) ? [] : [`-X ${method}`]),
    ...(body === undefined ? [] : [`--json ${quoted(body)}`]),
    query ? quoted(url) : url,
  ].join(' ');
}

/** Takes the ticket in without showing it, and without a trace in the shell's history. */
export const readTicket = 'read -rs TICKET';

/** curl's option that shows the ticket in `$TICKET`. */
export const withTicket = (cookieName: string) => `-b "${cookieName}=$TICKET"`;

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

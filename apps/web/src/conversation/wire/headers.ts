import type { ConversationWords } from '../../i18n/en/conversation.ts';
import { cookieFactsOf, type Exchange } from '../recording/exchange.ts';
import { attributesOf, hiddenValue } from '../sides/cookie.ts';

/** A header line of an exchange, without the value of a secret. */
export interface Line {
  name: string;
  value: string;
  /** The sentences that explain the line. */
  explained: string[];
  /** Whether scripts cannot see this line, so that the page infers it from what the server tells. */
  hidden?: true;
}

/** The header lines of the request, as far as they belong to the conversation. */
export function requestLines(exchange: Exchange, { headers }: ConversationWords): Line[] {
  const { sent, body, origin } = exchange;
  const name = cookieFactsOf(exchange)?.name;
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

/**
 * The header lines of the response, as far as they belong to the conversation.
 * @param moment puts a time (ISO 8601) into words
 */
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
  const seen = exchange.responseHeaders.map(([name, value]) => ({
    name: headerCase(name),
    value,
    explained: exchange.foreign ? [] : [explained[name]],
  }));
  const facts = cookieFactsOf(exchange);
  if (!exchange.cookie || !facts) return seen;

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
      : [exchange.omitsCredentials ? headers.ignored : headers.clearCookie],
    hidden: true,
  };
  return [line, ...seen];
}

/** `Max-Age` of a cookie that outlives the browser: the seconds from the moment of the response to the session's end. */
function maxAgeOf({ path, told }: Exchange): string[] {
  if (!told?.session?.remember) return [];
  // A new password gives the same session a new ticket. The other calls give it to a new session.
  const given = path === '/me/password' ? told.now : told.session.createdAt;
  return [`Max-Age=${Math.ceil((Date.parse(told.session.expiresAt) - Date.parse(given)) / 1000)}`];
}

const headerCase = (name: string) => name.replace(/(^|-)\w/g, (start) => start.toUpperCase());

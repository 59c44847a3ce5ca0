import { cookieFactsOf, type Exchange } from './exchange.ts';

/** The same request for a terminal; the ticket is to be put into `$TICKET` first. @param server its origin */
export function curlOf(exchange: Exchange, server: string): string {
  const { method, path, query, body, sent, origin, problem } = exchange;
  const name = cookieFactsOf(exchange)?.name ?? 'coatcheck';
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

import { cookieFactsOf, type Exchange } from '../recording/exchange.ts';

/**
 * The command that sends the request of an exchange from a terminal, with the ticket in `$TICKET`.
 * @param server the server's origin
 */
export function curlOf(exchange: Exchange, server: string): string {
  const { method, path, query, body, sent, origin, problem } = exchange;
  const name = cookieFactsOf(exchange)?.name ?? 'coatcheck';
  const url = `${server}${path}${query}`;
  return [
    'curl -i',
    ...(sent ? [withTicket(name)] : []),
    // curl sends no Origin by itself. The server refuses curl as it refused the page only with the same Origin.
    ...(problem?.type === '/problems/origin-not-allowed' ? [`-H 'Origin: ${origin}'`] : []),
    ...(method === 'GET' || (method === 'POST' && body !== undefined) ? [] : [`-X ${method}`]),
    ...(body === undefined ? [] : [`--json ${quoted(body)}`]),
    query ? quoted(url) : url,
  ].join(' ');
}

/** The command that reads the ticket into `$TICKET`. Neither the terminal nor the shell's history shows the ticket. */
export const readTicket = 'read -rs TICKET';

/** The option with which curl sends the ticket in `$TICKET`. */
export const withTicket = (cookieName: string): string => `-b "${cookieName}=$TICKET"`;

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

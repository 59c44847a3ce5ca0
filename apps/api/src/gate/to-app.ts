import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';
import { hasBody } from '../http/body.ts';
import type { Account } from '../store/records.ts';

/** The header that carries the account's id, by which an app keeps its own data. */
const idHeader = 'Remote-User-Id';

/** Headers that concern one connection (RFC 9110 section 7.6.1), or that only we may set. Any character may stand for `-`. */
const removed =
  /^(?:connection|keep-alive|te|trailer|transfer-encoding|upgrade|proxy-(?:connection|authenticate|authorization)|forwarded|(?:x[\W_])?remote[\W_].*|x[\W_]auth[\W_]request[\W_].*|x[\W_]forwarded[\W_].*|x[\W_]real[\W_]ip)$/;

/** Names of headers whose treatment is kept. Clients send a few dozen; whoever sends others costs a little more time. */
const maxKnownNames = 500;

/** What happens to a header of a client. */
type Treatment = 'remove' | 'pass' | 'pass-cookies';

/** Headers that a `Connection` header cannot take away: the app would read another request than we did. */
const kept = new Set(['host', 'content-length', 'cookie']);

/** Methods of which Node's client sends no `Content-Length: 0` with an empty body. The others are expected to have it. */
const withoutLength = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'QUERY']);

interface Request {
  raw: IncomingMessage;
  /** The client's address. */
  address: string;
  /** Whether the request asks for a WebSocket. */
  isHandshake: boolean;
  /** The host that the app sees. */
  host: string;
  scheme: 'http' | 'https';
  /** Who is logged in; undefined: the app is told nobody. */
  account: Account | undefined;
}

/**
 * Makes a function that gives the headers of a request as an app gets them: as the client wrote them, without those that
 * concern the connection, name an identity, or name hops, and without the session cookie. Then those that we set follow.
 * @returns names, each followed by its value.
 */
export function headersToApp(
  { identityHeader }: Pick<Config, 'identityHeader'>,
  cookieName: string,
): (request: Request) => string[] {
  const own = identityHeader.toLowerCase().split('-').join('[\\W_]');
  const isIdentity = new RegExp(`^${own}$`);
  const known = new Map<string, Treatment>();

  function treatmentOf(name: string): Treatment {
    const found = known.get(name);
    if (found) return found;
    const lower = name.toLowerCase();
    const isRemoved = lower === 'host' || removed.test(lower) || isIdentity.test(lower);
    const treatment = isRemoved ? 'remove' : lower === 'cookie' ? 'pass-cookies' : 'pass';
    if (known.size < maxKnownNames) known.set(name, treatment);
    return treatment;
  }

  return ({ raw, address, isHandshake, host, scheme, account }) => {
    const { rawHeaders, headers: read, method = '' } = raw;
    const named = namedIn(read.connection);
    const headers: string[] = [];
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const [name = '', value = ''] = [rawHeaders[at], rawHeaders[at + 1]];
      const treatment = treatmentOf(name);
      if (treatment === 'remove' || named?.has(name.toLowerCase())) continue;
      const passed = treatment === 'pass-cookies' ? withoutCookie(value, cookieName) : value;
      if (passed !== '' || value === '') headers.push(name, passed);
    }
    headers.push(
      'Host',
      host,
      'X-Forwarded-For',
      address,
      'X-Forwarded-Host',
      host,
      'X-Forwarded-Proto',
      scheme,
    );
    if (account) headers.push(identityHeader, account.username, idHeader, account.id);
    if (isHandshake) headers.push('Connection', 'Upgrade', 'Upgrade', 'websocket');
    else if (read['transfer-encoding'] !== undefined) headers.push('Transfer-Encoding', 'chunked');
    else if (!hasBody(raw) && read['content-length'] === undefined && !withoutLength.has(method)) {
      headers.push('Content-Length', '0');
    }
    return headers;
  };
}

/** @returns the headers that concern the connection because a `Connection` header names them; undefined: none */
function namedIn(connection: string | undefined): Set<string> | undefined {
  if (connection === undefined || /^(?:close|keep-alive|upgrade)$/i.test(connection)) return undefined;
  const names = connection.split(',').map((name) => name.trim().toLowerCase());
  return new Set(names.filter((name) => !kept.has(name)));
}

/** @returns a Cookie header (RFC 6265bis section 4.2.1) without the cookies of one name. */
function withoutCookie(header: string, name: string): string {
  if (!header.includes(name)) return header;
  const others = header.split(';').filter((pair) => pair.split('=', 1)[0]?.trim() !== name);
  return others.join(';').trim();
}

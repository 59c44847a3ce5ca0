import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { Config } from '../config.ts';
import type { Connections } from './connections.ts';
import { securityHeaders } from './headers.ts';
import { lingeringClose } from './lingering-close.ts';
import { helpLink, invalidRequest } from './problems.ts';
import { isStreaming } from './streamed-bodies.ts';

type Refuse = NonNullable<FastifyServerOptions['clientErrorHandler']>;

/**
 * Makes a handler that sends 400, 408 or 431 for bytes that never became a request, and closes the connection: broken
 * HTTP, endless headers, slow senders.
 *
 * This handler replaces those of Fastify and Node. Like them, it writes nothing to a sender who is gone, nor into the
 * middle of a response, and closes the connection in any case. Unlike them, it writes no trace line, which nobody
 * reads, and refuses endless chunk extensions with 400, not 413, like everything malformed.
 * @param noteRefusal is called with the connection, unless the sender was only slow.
 */
export function refuseMalformed(
  config: Config,
  connections: Connections,
  noteRefusal: (socket: Socket) => void,
): Refuse {
  const headers = Object.entries(securityHeaders(config)).map(([name, value]) => `${name}: ${value}\r\n`);

  return ({ code, rawPacket }, socket: Socket) => {
    // Node says this once of a request, and only says it.
    if (code === 'ERR_HTTP_REQUEST_TIMEOUT' && isStreaming(socket)) return;
    if (!socket.writable || connections.isBeingWrittenTo(socket)) return void socket.destroy();
    const status = statusOf(code);
    // A slow sender is not a hostile one.
    if (status !== 408) noteRefusal(socket);
    const title = titles[status];
    const detail = details[status];
    const asPage = isPageAsked(rawPacket);
    const { problem } = invalidRequest([{ pointer: '#', rule: 'malformed', detail }]);
    const body = asPage
      ? pageOf(status, title, detail)
      : JSON.stringify(status === 400 ? problem : { type: 'about:blank', title, status, detail });
    const help = status === 400 ? `link: ${helpLink(problem, config)}\r\n` : '';
    socket.write(
      `HTTP/1.1 ${status} ${title}\r\n${headers.join('')}${help}` +
        `content-type: ${asPage ? 'text/html; charset=utf-8' : 'application/problem+json'}\r\n` +
        `connection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    lingeringClose(socket);
  };
}

/**
 * Refuses malformed requests that Node accepts: HTTP/1.1 without a Host header or with several (RFC 9112 section 3.2),
 * and other versions than 1.x (section 2.3), which are not written as text.
 */
export function requireHost(app: FastifyInstance): void {
  app.addHook('onRequest', ({ raw }, reply, done) => {
    const isVersion1 = raw.httpVersionMajor === 1;
    const hosts = countHosts(raw.rawHeaders);
    if (isVersion1 && (hosts === 1 || (hosts === 0 && raw.httpVersion === '1.0'))) return done();
    reply.header('connection', 'close');
    const detail = isVersion1
      ? 'HTTP/1.1 asks for one Host header. Send exactly one.'
      : 'The request names a version of HTTP that is not written as text. Send HTTP/1.1.';
    done(invalidRequest([{ pointer: '#', rule: 'malformed', detail }]));
  });
}

/** @returns how many Host headers a request has. @param rawHeaders names and values, as Node gives them */
export function countHosts(rawHeaders: string[]): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}

/**
 * Refuses `*` as the target of a request. It stands for the whole server, which only OPTIONS may ask about (RFC 9112
 * section 3.2.4).
 */
export function requirePath(app: FastifyInstance): void {
  app.addHook('onRequest', ({ raw }, reply, done) => {
    if (!raw.url?.startsWith('*') || (raw.method === 'OPTIONS' && raw.url === '*')) return done();
    reply.header('connection', 'close');
    const detail = 'The request names no path. Send one that begins with a slash.';
    done(invalidRequest([{ pointer: '#', rule: 'malformed', detail }]));
  });
}

type Status = 400 | 408 | 431;

function statusOf(code: string | undefined): Status {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}

// Spelled out: an import of a value from `node:http` makes Node read all its exports, and load a client for WebSocket.
const titles: Record<Status, string> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** A sentence or more for a person: the cause and the remedy. */
const details: Record<Status, string> = {
  400: 'This is not well-formed HTTP.',
  408: 'The request did not arrive in time. Send all of it at once, or look for what is slow on the way.',
  431: 'The headers are over 16 KiB, mostly because of cookies, those of other programs on this host among them. In a browser, delete the cookies of this site and open it again; elsewhere, send fewer or shorter headers.',
};

/**
 * @returns whether a browser asks for a page, as far as the piece tells at which reading broke off. This is mostly the
 * first piece of the request, and browsers send Accept before their cookies. A wrong guess only shows the same words in
 * another form.
 * @param piece a Buffer, whatever Fastify's types say; undefined for a slow sender.
 */
function isPageAsked(piece: unknown): boolean {
  if (!Buffer.isBuffer(piece)) return false;
  const text = piece.toString('latin1', 0, 16 * 1024);
  return text.startsWith('GET ') && /^accept:.*text\/html/im.test(text);
}

/** @returns a page that loads no files: a request for them would be refused like this one. */
function pageOf(status: Status, title: string, detail: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · Coatcheck</title>
  </head>
  <body>
    <h1>${title}</h1>
    <p>${detail}</p>
    <p><small>${status}</small></p>
  </body>
</html>
`;
}

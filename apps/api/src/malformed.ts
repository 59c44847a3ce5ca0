import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { Config } from './config.ts';
import { securityHeaders } from './headers.ts';
import { invalidRequest } from './problems.ts';

/** Answers what never became a request, and closes the connection: broken HTTP, endless headers, slow senders. */
export function refuseMalformed(config: Config): NonNullable<FastifyServerOptions['clientErrorHandler']> {
  const headers = Object.entries(securityHeaders(config)).map(([name, value]) => `${name}: ${value}\r\n`);

  return (error, socket: Socket) => {
    if (!socket.writable || socket.destroyed) return void socket.destroy();
    const status = statusOf(error.code);
    const body = JSON.stringify(
      status === 400
        ? invalidRequest([{ pointer: '#', rule: 'malformed', detail: 'This is not well-formed HTTP.' }])
            .problem
        : // RFC 9457 section 4.2.1: nothing to say beyond the status itself.
          { type: 'about:blank', title: STATUS_CODES[status], status },
    );
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.join('')}` +
        'content-type: application/problem+json\r\nconnection: close\r\n' +
        `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  };
}

/** RFC 9112 section 3.2: HTTP/1.1 without Host is malformed. Node would say so too, but not in our words. */
export function requireHost(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.headers.host !== undefined || request.raw.httpVersion === '1.0') return done();
    reply.header('connection', 'close');
    const detail = 'HTTP/1.1 asks for a Host header. Send one.';
    done(invalidRequest([{ pointer: '#', rule: 'malformed', detail }]));
  });
}

function statusOf(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}

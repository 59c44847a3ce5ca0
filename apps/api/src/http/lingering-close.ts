import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { hasBody } from './body.ts';

/** How long a client that may still be sending has to read its answer, in milliseconds. */
const lingerMs = 1_000;

/**
 * Closes a connection on which something unread may lie (RFC 9112 section 9.6). Closed at once, the kernel would reset
 * it, and the client might never read its answer. Nothing more is read, so nothing more is done either.
 */
export function lingeringClose(socket: Socket): void {
  socket.pause();
  // Node lets the rest of a request flow away behind its answer.
  socket.on('resume', () => socket.pause());
  socket.end();
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
}

/** Makes an answer that was sent before the request's body was read the last on its connection. */
export function closeUnread(app: FastifyInstance): void {
  app.addHook('onSend', ({ raw }, reply, _payload, done) => {
    if (hasBody(raw) && !raw.readableEnded) {
      reply.header('connection', 'close');
      const { socket } = raw;
      const closeAtOnce = socket.destroySoon;
      // What Node calls once the last answer is written. By then the body may have come to its end after all.
      socket.destroySoon = () => (raw.complete ? closeAtOnce.call(socket) : lingeringClose(socket));
    }
    done();
  });
}

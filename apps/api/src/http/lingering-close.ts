import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasBody } from './body.ts';
import { isCutOff } from './body-chunks.ts';

/** Milliseconds in which a client that may still be sending can read its response. */
const lingerMs = 1_000;

/**
 * Closes a connection that may have unread bytes (RFC 9112 section 9.6). At an immediate close the kernel would reset
 * it, and the client might never read its response. No further byte is read, so no further request begins.
 */
export function lingeringClose(socket: Socket): void {
  socket.pause();
  // Node reads the rest of a request after its response, and drops it.
  socket.on('resume', () => socket.pause());
  socket.end();
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
}

/** Connections on which the last response has been given. */
const closing = new WeakSet<Socket>();

/** Whether a response said that it is the last on its connection. No further request is answered (RFC 9112 section 9.6). */
export const hasSaidClose = (socket: Socket): boolean => closing.has(socket);

/** Requests behind which nothing is read from their connection. */
const last = new WeakSet<IncomingMessage>();

/** Makes the response to a request the last on its connection. */
export const closeAfter = (request: IncomingMessage): void => void last.add(request);

/** Whether a request is the last that is answered on its connection. */
export const isLastRequest = (request: IncomingMessage): boolean => last.has(request);

/** Makes a response that is sent before the body of its request was read the last on its connection. */
export function closeUnread(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, _payload, done) => {
    closeIfUnread(request, reply);
    done();
  });
}

/**
 * Makes a response the last on its connection where the body of its request is unread, where the connection was cut
 * off, or where nothing behind the request was taken. Call it directly for a response that reaches no hook, after
 * anything that sets the header `connection`.
 */
export function closeIfUnread({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (closesUnread(raw)) reply.header('connection', 'close');
  if (reply.getHeader('connection') === 'close') closing.add(raw.socket);
}

/**
 * The same for a response that is written past Fastify. Call it before the headers are written.
 * @param isLast whether the response is the last on its connection in any case
 */
export function closeRawIfUnread(raw: IncomingMessage, response: ServerResponse, isLast: boolean): void {
  if (!closesUnread(raw) && !isLast) return;
  response.setHeader('connection', 'close');
  closing.add(raw.socket);
}

/** @returns whether a request has to be the last of its connection. Then the connection will be closed as it has to be. */
function closesUnread(raw: IncomingMessage): boolean {
  const { socket } = raw;
  const isLast = isLastRequest(raw);
  if (!isLast && !isCutOff(socket) && (!hasBody(raw) || raw.readableEnded)) return false;
  const closeAtOnce = socket.destroySoon;
  // Node calls this once the last response is written. By then the body may have come to its end after all.
  socket.destroySoon = () => (raw.complete && !isLast ? closeAtOnce.call(socket) : lingeringClose(socket));
  return true;
}

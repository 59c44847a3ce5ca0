import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** The request of each connection whose body is not for us. */
const streamed = new WeakMap<Socket, IncomingMessage>();

/** Lets the body of a request take any time, as long as it moves: another program reads it. */
export const streamBody = (request: IncomingMessage): void => void streamed.set(request.socket, request);

/** Whether such a body is on its way over a connection. */
export const isStreaming = (socket: Socket): boolean => streamed.get(socket)?.complete === false;

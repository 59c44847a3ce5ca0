import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import { Link, LinkedList } from '../fair-queue/linked-list.ts';
import type { Connections } from './connections.ts';
import { closeAfter, hasSaidClose, isLastRequest } from './lingering-close.ts';

/** Requests that one connection may have without a response. */
export const maxUnanswered = 128;

/** What Node's HTTP parser takes as the order to leave out the rest of a packet. */
const skipRest = 2;

interface Parser {
  onIncoming?: (request: IncomingMessage & { upgrade?: boolean }, keepAlive: boolean) => number;
}

/**
 * Takes no more than {@link maxUnanswered} requests of a connection at once. A packet holds thousands of them, and each
 * costs something even if nobody waits for its response any more. The connection is closed behind the last that is
 * taken, so that the client sends the rest again (RFC 9112 section 9.3.2).
 *
 * Node has no supported way to stop its parser within a packet. A parser that looks different is left as it is.
 */
export function limitPipelining(server: Server, connections: Connections): void {
  server.on('connection', (socket: Socket & { parser?: Parser }) => {
    const { parser } = socket;
    const take = parser?.onIncoming;
    if (!parser || !take) return;
    let isFull = false;
    parser.onIncoming = (request, keepAlive) => {
      if (isFull) {
        // Otherwise Node would take the rest of the packet for the protocol that this request asks for, and cut the
        // connection before the responses are sent.
        request.upgrade = false;
        return skipRest;
      }
      isFull = connections.unanswered(socket) + 1 === maxUnanswered;
      if (isFull) closeAfter(request);
      return take(request, keepAlive);
    };
  });
}

/**
 * Begins pipelined requests (RFC 9112 section 9.3.2) one at a time, each in its own turn of the event loop. Node reads
 * thousands of them in one turn, and nobody else would be answered before the last.
 *
 * @param answer answers a request.
 * @returns a listener, to be added behind that of {@link Connections}.
 */
export function takePipelinedInTurn(connections: Connections, answer: RequestListener): RequestListener {
  const line = new LinkedList<() => void>();

  function next() {
    const link = line.first;
    link?.remove();
    if (line.first) setImmediate(next);
    link?.value();
  }

  return (request, response) => {
    if (connections.unanswered(request.socket) <= 1) return answer(request, response);
    const goOn = hold(request.socket);
    const isFirst = !line.first;
    line.push(
      new Link(() => {
        if (!isLastRequest(request)) goOn();
        else if (!request.complete) {
          // What is still to come of its body is read, and nothing behind it.
          request.once('end', () => void hold(request.socket));
          goOn();
        }
        if (!hasSaidClose(request.socket)) answer(request, response);
      }),
    );
    if (isFirst) setImmediate(next);
  };
}

/** Requests that wait to begin, for each connection that has any. */
const held = new WeakMap<Socket, number>();

/**
 * Stops reading from a connection, which could pile up requests without end, until every holder has let go.
 * @returns a function that lets go.
 */
function hold(socket: Socket): () => void {
  if (!held.has(socket)) {
    socket.pause();
    // Node resumes reading after each response.
    socket.on('resume', pauseHeld);
  }
  held.set(socket, (held.get(socket) ?? 0) + 1);
  return () => {
    const rest = (held.get(socket) ?? 0) - 1;
    if (rest > 0) return void held.set(socket, rest);
    held.delete(socket);
    socket.off('resume', pauseHeld);
    socket.resume();
  };
}

function pauseHeld(this: Socket) {
  this.pause();
}

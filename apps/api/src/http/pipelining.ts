import type { RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import { Link, LinkedList } from '../fair-queue/linked-list.ts';
import type { Connections } from './connections.ts';
import { hasSaidClose } from './lingering-close.ts';

/**
 * Begins pipelined requests (RFC 9112 section 9.3.2) one at a time, each in its own turn of the event loop. Node reads
 * thousands of them in one turn, and nobody else would be answered before the last.
 *
 * Call it once the server has the listener that answers requests, and the listener of {@link Connections}.
 */
export function takePipelinedInTurn(server: Server, connections: Connections): void {
  const line = new LinkedList<() => void>();
  const [answer] = server.listeners('request') as [RequestListener];

  server.off('request', answer);
  server.on('request', (request, response) => {
    if (connections.unanswered(request.socket) <= 1) return answer(request, response);
    const goOn = hold(request.socket);
    const isFirst = !line.first;
    line.push(
      new Link(() => {
        goOn();
        if (!hasSaidClose(request.socket)) answer(request, response);
      }),
    );
    if (isFirst) setImmediate(next);
  });

  function next() {
    const link = line.first;
    link?.remove();
    if (line.first) setImmediate(next);
    link?.value();
  }
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

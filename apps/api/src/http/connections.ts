import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The traffic of one connection. */
interface Traffic {
  /** Responses that are not written out yet. */
  answers: Set<ServerResponse>;
  /**
   * Bytes that had been read when the last response was written out. A larger `socket.bytesRead` means that a request
   * is being read.
   */
  bytesRead: number;
  /**
   * Time at which the last response was written out, or the connection was opened: milliseconds of `performance.now()`.
   */
  since: number;
}

/** The open connections of a server. */
export interface Connections {
  /** The number of connections that have been opened so far. */
  readonly opened: number;
  /**
   * @returns the connections that for so many milliseconds had no response under way and received no part of a request.
   */
  quietFor(milliseconds: number): Socket[];
  /** @returns how many requests on a connection have no response, or a response that is not written out yet. */
  unanswered(socket: Socket): number;
  /** @returns whether a part of a response may have been written, and the rest not yet. */
  isBeingWrittenTo(socket: Socket): boolean;
}

/** Follows all connections that a server accepts from now on. */
export function followConnections(server: Server): Connections {
  const traffic = new Map<Socket, Traffic>();
  let opened = 0;

  server.on('connection', (socket) => {
    opened += 1;
    traffic.set(socket, { answers: new Set(), bytesRead: 0, since: performance.now() });
    socket.once('close', () => traffic.delete(socket));
  });
  server.on('request', ({ socket }, answer) => {
    const own = traffic.get(socket);
    own?.answers.add(answer);
    answer.on('close', () => {
      if (!own?.answers.delete(answer)) return;
      own.bytesRead = socket.bytesRead;
      own.since = performance.now();
    });
  });

  return {
    get opened() {
      return opened;
    },
    quietFor(milliseconds) {
      const before = performance.now() - milliseconds;
      return [...traffic]
        .filter(
          ([socket, { answers, bytesRead, since }]) =>
            answers.size === 0 && socket.bytesRead === bytesRead && since <= before,
        )
        .map(([socket]) => socket);
    },
    unanswered: (socket) => traffic.get(socket)?.answers.size ?? 0,
    isBeingWrittenTo: (socket) =>
      [...(traffic.get(socket)?.answers ?? [])].some((answer) => answer.headersSent),
  };
}

import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What goes on on one connection. */
interface Traffic {
  /** Answers that are not written out yet. */
  answers: Set<ServerResponse>;
  /** Bytes that had been read when the last answer was written out. More means that a request is being read. */
  bytesRead: number;
  /** When that was, or when the connection was opened, on `performance.now()`. */
  since: number;
}

export interface Connections {
  /** How many have been opened so far. */
  readonly opened: number;
  /** Connections that for this long have neither had an answer under way nor a part of a request, in milliseconds. */
  quietFor(milliseconds: number): Socket[];
  /** How many requests on it have no answer, or one that is not written out yet. */
  unanswered(socket: Socket): number;
  /** Whether a part of an answer may have been written, and the rest not yet. */
  isBeingWrittenTo(socket: Socket): boolean;
}

/** Follows what goes on on a server's connections. */
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
    answer.once('close', () => {
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

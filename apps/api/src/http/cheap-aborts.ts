import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Makes it cheaper when a connection ends on which thousands of requests are unanswered, as many as one packet holds.
 * Node gives each of them an error, and half of what that costs is the stack of the error, which nobody reads.
 */
export function abortWithoutStacks(server: Server): void {
  server.on('connection', (socket: Socket) => {
    const listeners = socket.listeners('close') as ((hadError: boolean) => void)[];
    socket.removeAllListeners('close');
    socket.on('close', (hadError) => {
      const { stackTraceLimit } = Error;
      Error.stackTraceLimit = 0;
      try {
        for (const listener of listeners) listener.call(socket, hadError);
      } finally {
        Error.stackTraceLimit = stackTraceLimit;
      }
    });
  });
}

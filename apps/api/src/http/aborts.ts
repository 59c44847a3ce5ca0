import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Aborts the unanswered requests of a connection that ends without a stack for each of them. One packet holds thousands
 * of requests. Node gives each of them an error, and half of what an error costs is its stack, which nobody reads.
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

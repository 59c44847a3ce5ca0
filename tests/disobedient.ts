import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface DisobedientClient {
  socket: Socket;
  /** All that it has read. */
  got(): string;
  /** Resolves when the server ends its side. */
  ended: Promise<unknown>;
}

/** Opens a client that sends bytes, reads what comes, and never ends its side. */
export function openDisobedient(port: number, bytes: string): DisobedientClient {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let got = '';
  // A character may come in two pieces.
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => (got += chunk));
  const ended = once(socket, 'end');
  socket.on('error', () => undefined);
  socket.write(bytes);
  return { socket, got: () => got, ended };
}

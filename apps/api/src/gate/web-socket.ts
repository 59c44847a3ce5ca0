import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { hasBody } from '../http/body.ts';
import type { Connections } from '../http/connections.ts';
import { lingeringClose } from '../http/lingering-close.ts';

/** Bytes that may follow a handshake before it is answered. A client is told to send none (RFC 6455 section 4.1). */
const maxEarlyBytes = 64 * 1024;

/** For each handshake, a function that stops waiting for its answer, and gives the bytes that have followed it. */
const waiting = new WeakMap<IncomingMessage, () => Buffer[]>();

/**
 * @returns whether a request asks for a WebSocket (RFC 6455 section 4.1). Other protocols are not taken up, nor is a
 * request with a body: two programs may read that differently.
 */
export const asksForWebSocket = (request: IncomingMessage): boolean =>
  request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket' && !hasBody(request);

/** Whether Node has handed over the connection of a request, so that it can become a WebSocket. */
export const isHandshake = ({ upgrade }: IncomingMessage & { upgrade?: boolean }): boolean =>
  upgrade === true;

/**
 * Lets the handshakes of WebSockets go the way of all requests, with every check on it. Node hands over their connection
 * and leaves all else to others; a refusal is sent on that connection like any other, and is the last on it.
 */
export function takeHandshakes(server: Server, connections: Connections): void {
  server.on('upgrade', (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
    const socket = duplex as Socket;
    socket.on('error', () => socket.destroy());
    // Responses to earlier requests of this connection would follow the handshake.
    if (connections.unanswered(socket) > 0) return void socket.destroy();
    waiting.set(request, waitForAnswer(socket, head));
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    socket.on('timeout', () => {
      if (!response.emit('timeout', socket)) socket.destroy();
    });
    response.once('finish', () => {
      response.detachSocket(socket);
      lingeringClose(socket);
    });
    server.emit('request', request, response);
  });
}

/** Reads on while a handshake waits for its answer: otherwise nobody would notice that the client hangs up. */
function waitForAnswer(socket: Socket, head: Buffer): () => Buffer[] {
  const early = [head];
  const hangUp = () => void socket.destroy();
  let bytes = head.length;
  const keep = (chunk: Buffer) => {
    early.push(chunk);
    bytes += chunk.length;
    if (bytes > maxEarlyBytes) hangUp();
  };
  socket.on('data', keep).on('end', hangUp);
  return () => {
    socket.off('data', keep).off('end', hangUp);
    return early;
  };
}

/**
 * Answers a handshake as the app did, and joins the two connections.
 * @param headers of the app's answer, as the client gets them, without `Connection` and `Upgrade`
 * @param app the connection to the app, with what came on it behind the answer
 * @returns `cut` closes both connections; `closed` resolves when the client's is closed, whoever closed it.
 */
export function join(
  request: IncomingMessage,
  response: ServerResponse,
  { phrase, headers, app }: { phrase: string; headers: string[]; app: { socket: Socket; head: Buffer } },
): { closed: Promise<void>; cut(): void } {
  const { socket } = request;
  response.detachSocket(socket);
  // The handshake is answered, for all that count requests which are under way.
  response.emit('close');
  const lines = ['HTTP/1.1 101 ', phrase, '\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'];
  for (let at = 0; at < headers.length; at += 2)
    lines.push(headers[at] ?? '', ': ', headers[at + 1] ?? '', '\r\n');
  socket.write(`${lines.join('')}\r\n`, 'latin1');

  const cut = () => {
    socket.destroy();
    app.socket.destroy();
  };
  socket.removeAllListeners('timeout');
  for (const [from, to, heads] of [
    [socket, app.socket, waiting.get(request)?.() ?? []],
    [app.socket, socket, [app.head]],
  ] as const) {
    from.setTimeout(0);
    from.setNoDelay(true);
    // A client that vanished without a word is found out.
    from.setKeepAlive(true, 60_000);
    from.on('error', cut);
    from.on('close', cut);
    for (const head of heads) if (head.length > 0) to.write(head);
    from.pipe(to);
  }
  return { closed: new Promise((resolve) => socket.once('close', () => resolve())), cut };
}

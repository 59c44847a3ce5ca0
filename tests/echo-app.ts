import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What the app below answers. */
export interface Echo {
  method: string;
  path: string;
  /** Names as they were sent, each followed by its value. */
  rawHeaders: string[];
  /** SHA-256 of the body, hex. */
  digest: string;
  bytes: number;
}

/**
 * Starts an app that tells what reaches it, until the test is over: JSON of an {@link Echo}, and over a WebSocket the
 * bytes that were sent.
 * @returns its port.
 */
export async function openEchoApp(): Promise<number> {
  const server = createServer(async (request, response) => {
    const digest = createHash('sha256');
    let bytes = 0;
    for await (const chunk of request) {
      digest.update(chunk);
      bytes += chunk.length;
    }
    const { method = '', url = '', rawHeaders } = request;
    const echo: Echo = { method, path: url, rawHeaders, digest: digest.digest('hex'), bytes };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(echo));
  });
  server.on('upgrade', (request, socket) => {
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCounter, password } from '../../test/counter.ts';
import { limitBodyChunks, maxChunksPerTurn } from './body-chunks.ts';

const credentials = JSON.stringify({ username: 'ada', password });
const close = 'Connection: close\r\n';
/** A whole request, to be sent behind another. */
const behind = `POST /login HTTP/1.1\r\n${close}Host: x\r\nContent-Type: application/json\r\nContent-Length: ${credentials.length}\r\n\r\n${credentials}`;

async function openPort() {
  const counter = await openCounter();
  await counter.visitor().register('ada');
  await counter.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = counter.app.server.address() as AddressInfo;
  return {
    /** Sends a body in chunks of one byte. @returns all that is answered until the server closes the connection. */
    send(path: string, body: string, { behind = '' } = {}) {
      const chunks = [...body].map((byte) => `1\r\n${byte}\r\n`).join('');
      return new Promise<string>((resolve, reject) => {
        let got = '';
        const socket = connect(port, '127.0.0.1');
        socket.on('data', (data) => (got += data)).on('end', () => resolve(got));
        socket.on('end', () => socket.end()).on('error', reject);
        const headers = `${behind ? '' : close}Host: x\r\nContent-Type: application/json`;
        socket.write(
          `POST ${path} HTTP/1.1\r\n${headers}\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n${behind}`,
        );
      });
    },
  };
}

describe('a body in chunks of one byte', () => {
  it('is read while its chunks are few', async () => {
    const { send } = await openPort();
    const answer = await send('/login', credentials.padEnd(maxChunksPerTurn - 1), { behind });
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
  });

  it.each([maxChunksPerTurn + 1, 8_000, 50_000])('is too large with %i of them', async (chunks) => {
    const { send } = await openPort();
    const answer = await send('/login', credentials.padEnd(chunks), { behind });
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413']);
    expect(answer).toContain('connection: close\r\n');
    expect(answer).toContain('Over 512 chunks came at once. Send fewer and larger ones.');
    // Node uses the parser of a connection again.
    expect(await send('/login', credentials)).toContain('HTTP/1.1 200');
  });

  it.each(['/%zz', '/nowhere', '/me', 'http://x/%zz'])(
    'is the last on its connection at %s, too',
    async (path) => {
      const { send } = await openPort();
      const answer = await send(path, 'a'.repeat(maxChunksPerTurn + 1), { behind });
      expect(answer.match(/HTTP\/1.1 \d+/g)).toHaveLength(1);
      expect(answer).toContain('connection: close\r\n');
    },
  );

  it('counts with those behind it, which came at once', async () => {
    const { send } = await openPort();
    const half = credentials.padEnd(maxChunksPerTurn / 2);
    const chunks = [...half].map((byte) => `1\r\n${byte}\r\n`).join('');
    const next = `POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`;
    expect(await send('/logout', half, { behind: next.repeat(20) })).toContain('connection: close\r\n');
    expect(await send('/login', credentials)).toContain('HTTP/1.1 200');
  });

  it('does not keep a call from its work that takes no body', async () => {
    const { send } = await openPort();
    const answer = await send('/logout', credentials.padEnd(maxChunksPerTurn + 1));
    expect(answer).toMatch(/^HTTP\/1.1 204 .*\r\nconnection: close\r\n/s);
  });
});

describe('a streamed body in chunks of one byte', () => {
  it('is handed over whole, and what is behind it too', async () => {
    const bodies: string[][] = [];
    const server = createServer((request, response) => {
      const pieces: string[] = [];
      request.on('data', (piece) => pieces.push(String(piece)));
      request.on('end', () => {
        bodies.push(pieces);
        response.end();
      });
    });
    limitBodyChunks(server, () => true);
    server.listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const text = 'abcdefghij'.repeat(5_000);
    const chunks = [...text].map((byte) => `1\r\n${byte}\r\n`).join('');
    const request = (header: string) =>
      `POST / HTTP/1.1\r\nHost: x\r\n${header}Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`;
    socket.resume().write(request('') + request(close));
    await once(socket, 'close');
    expect(bodies.map((pieces) => pieces.join(''))).toEqual([text, text]);
  });
});

describe('a connection whose bodies were streamed', () => {
  it('can become a WebSocket, and what follows the handshake is there', async () => {
    const text = 'abcde'.repeat(1_000);
    const server = createServer(async (request, response) => {
      let got = '';
      for await (const piece of request) got += String(piece);
      response.end(got === text ? 'whole' : `${got.length} bytes`);
    });
    server.on('upgrade', (_request, socket, head) => {
      let got = String(head);
      socket.on('data', (piece) => {
        got += String(piece);
        if (got.length >= 10_005) socket.end(`joined, ${got.slice(0, 5)}, ${got.length}`);
      });
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    });
    limitBodyChunks(server, () => true);
    server.listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const chunks = [...text].map((letter) => `1\r\n${letter}\r\n`).join('');
    const upload = `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`;
    const handshake = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let got = '';
    socket.on('data', (piece) => (got += String(piece)));
    socket.write(upload);
    await expect.poll(() => got).toMatch(/\r\n\r\nwhole$/);
    // More than a slice, so that a part of it waits while the handshake is read.
    socket.write(`${handshake}hello${'.'.repeat(9_000)}`);
    await expect.poll(() => got).toContain('101 Switching Protocols');
    socket.write('.'.repeat(1_000));
    await once(socket, 'close');
    expect(got).toMatch(/joined, hello, 10005$/);
  });
});

import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startServer } from './server.ts';

const host = 'Host: x\r\n';
const json = 'Content-Type: application/json\r\n';

/** The server that most of these ask. */
const running = startServer({ env: { HOST: '127.0.0.1' } });
afterAll(async () => (await running).stop());

async function door() {
  const { home } = await running;
  return { port: Number(new URL(home).port) };
}

/** A client that sends bytes, reads what comes, and never ends its side. */
function disobedient(
  port: number,
  bytes: string,
): { socket: Socket; got: () => string; ended: Promise<unknown> } {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let got = '';
  socket.on('data', (chunk) => (got += chunk));
  const ended = once(socket, 'end');
  socket.on('error', () => undefined);
  socket.write(bytes);
  onTestFinished(() => void socket.destroy());
  return { socket, got: () => got, ended };
}

describe('a request with a body that is not read', () => {
  const long = 'a'.repeat(1_000_000);
  const withBody = (line: string, headers = '', body = long) =>
    `${line} HTTP/1.1\r\n${host}${headers}Content-Length: ${body.length}\r\n\r\n${body}`;

  it.each([
    ['from elsewhere', withBody('POST /login', 'Origin: https://elsewhere.example\r\n'), 403],
    ['too large by its length', withBody('POST /login', json), 413],
    [
      'too large by its chunks',
      `POST /login HTTP/1.1\r\n${host}${json}Transfer-Encoding: chunked\r\n\r\n${(1_000_000).toString(16)}\r\n${long}`,
      413,
    ],
    ['from nobody', withBody('PATCH /me', json), 401],
    ['with a method that does not exist', withBody('PUT /me'), 405],
    ['to nowhere', withBody('POST /nowhere'), 404],
    ['that logs out', withBody('POST /logout'), 204],
    ['that only reads', withBody('GET /healthz'), 200],
    ['that asks for no body', withBody('HEAD /healthz'), 200],
    ['without a host', `POST /login HTTP/1.1\r\nContent-Length: 3\r\n\r\n`, 400],
  ])('%s is answered, and its connection closed', async (_what, bytes, status) => {
    const { port } = await door();
    const client = disobedient(port, bytes);
    await client.ended;
    expect(client.got()).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\nconnection: close\r\n`, 's'));
  });

  it('leaves the connection open when it was read to its end', async () => {
    const { port } = await door();
    const client = disobedient(
      port,
      [
        withBody('POST /logout', 'Content-Type: odd\r\n', 'a'.repeat(8192)),
        withBody('GET /healthz', '', 'abc'),
        withBody('PUT /me', json, '{'),
        withBody('POST /login', json, '{}'),
        withBody('POST /login', 'Content-Type: text/plain\r\n', '{}'),
        `POST /logout HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
      ].join(''),
    );
    await client.ended;
    const statuses = [...client.got().matchAll(/HTTP\/1.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toEqual(['204', '200', '405', '400', '415', '204']);
  });

  it('is not read on: neither what it is told nor what is behind it', async () => {
    const { port } = await door();
    const client = disobedient(port, `POST /logout HTTP/1.1\r\n${host}Content-Length: 200000000\r\n\r\n`);
    const chunk = Buffer.alloc(1_000_000);
    const pump = () => {
      while (!client.socket.destroyed && client.socket.write(chunk));
    };
    client.socket.on('drain', pump);
    pump();
    await new Promise((closed) => client.socket.once('close', closed));
    expect(client.got()).toMatch(/^HTTP\/1.1 204 /);
    // What the kernels of both sides keep is some megabytes.
    expect(client.socket.bytesWritten - client.socket.writableLength).toBeLessThan(60_000_000);
  });
});

describe.skipIf(process.platform !== 'linux')('a connection that was cut', () => {
  const socketsOf = (pid: number | undefined) =>
    readdirSync(`/proc/${pid}/fd`).filter((descriptor) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${descriptor}`).startsWith('socket:');
      } catch {
        // Closed meanwhile.
        return false;
      }
    }).length;

  /** A server that nobody has asked anything yet, so that no connection of another test is counted. */
  async function quietDoor() {
    const own = await startServer({ env: { HOST: '127.0.0.1' } });
    onTestFinished(() => own.stop());
    return {
      port: Number(new URL(own.home).port),
      server: own.process,
      before: socketsOf(own.process.pid),
    };
  }

  const ways: [string, string][] = [
    ['silent', ''],
    ['half its headers', `GET /me HTTP/1.1\r\n${host}`],
    ['half its body', `POST /login HTTP/1.1\r\n${host}${json}Content-Length: 100\r\n\r\n{`],
    ['half a body for nothing', `POST /logout HTTP/1.1\r\n${host}Content-Length: 100\r\n\r\n{`],
    ['malformed', 'HELLO\r\n\r\n'],
    ['endless headers', `GET /me HTTP/1.1\r\n${host}Cookie: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['no host', 'GET /me HTTP/1.1\r\n\r\n'],
    [
      'refused before its body',
      `POST /login HTTP/1.1\r\n${host}Origin: null\r\nContent-Length: 100\r\n\r\n{`,
    ],
    [
      'too large',
      `POST /login HTTP/1.1\r\n${host}${json}Content-Length: 100000\r\n\r\n${'a'.repeat(100_000)}`,
    ],
    ['asks to close', `GET /healthz HTTP/1.1\r\n${host}Connection: close\r\n\r\n`],
    ['HTTP/1.0', 'GET /healthz HTTP/1.0\r\n\r\n'],
    ['CONNECT', `CONNECT x:80 HTTP/1.1\r\n${host}\r\n`],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ];

  it('is gone on the side of the server, too, whatever its client does', async () => {
    const { port, server, before } = await quietDoor();
    const clients = ways.flatMap(([, bytes]) => {
      // One that does not even read, and one that does.
      const reads = [false, true];
      return reads.map((isReading) => {
        const { socket } = disobedient(port, bytes);
        if (!isReading) socket.pause();
        return socket;
      });
    });
    await vi.waitFor(() => expect(socketsOf(server.pid)).toBeGreaterThanOrEqual(before + 4), 5_000);
    expect(clients).toHaveLength(2 * ways.length);
    // The body has 15 s, Node looks every second, the client has one more to read the answer.
    const deadline = performance.now() + 19_000;
    while (socketsOf(server.pid) > before && performance.now() < deadline) await sleep(100);
    expect(socketsOf(server.pid) - before).toBeLessThanOrEqual(0);
  });

  it('is gone when its client stops reading a long answer', async () => {
    const { port, server, before } = await quietDoor();
    const clients = Array.from({ length: 3 }, () => {
      const client = disobedient(port, `GET /openapi.json HTTP/1.1\r\n${host}\r\n`.repeat(1_000));
      client.socket.pause();
      return client;
    });
    await vi.waitFor(
      () => expect(socketsOf(server.pid)).toBeGreaterThanOrEqual(before + clients.length),
      5_000,
    );
    const deadline = performance.now() + 75_000;
    while (socketsOf(server.pid) > before && performance.now() < deadline) await sleep(500);
    expect(socketsOf(server.pid) - before).toBeLessThanOrEqual(0);
  });
});

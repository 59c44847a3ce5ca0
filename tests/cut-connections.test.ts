import { readdirSync, readlinkSync } from 'node:fs';
import { describe, expect, it, type TestContext } from 'vitest';
import { openDisobedient } from './disobedient.ts';
import { startServer } from './server.ts';

const host = 'Host: x\r\n';
const json = 'Content-Type: application/json\r\n';

// Both wait for the server's time limits, and may as well do so side by side.
describe.skipIf(process.platform !== 'linux')('a connection that was cut', { concurrent: true }, () => {
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
  async function quietDoor({ onTestFinished }: TestContext) {
    const own = await startServer({ env: { HOST: '127.0.0.1' } });
    onTestFinished(() => own.stop());
    const before = socketsOf(own.process.pid);
    return {
      /** Opens a client that is gone when the test is over. */
      open(bytes: string) {
        const { socket } = openDisobedient(Number(new URL(own.home).port), bytes);
        onTestFinished(() => void socket.destroy());
        return socket;
      },
      /** How many sockets the server has more than before it was asked anything. */
      sockets: () => socketsOf(own.process.pid) - before,
    };
  }

  const ways: [what: string, bytes: string][] = [
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

  it('is gone on the side of the server, too, whatever its client does', async (context) => {
    const { open, sockets } = await quietDoor(context);
    for (const [, bytes] of ways) {
      open(bytes);
      // A client that does not even read.
      open(bytes).pause();
    }
    await expect.poll(sockets).toBeGreaterThanOrEqual(4);
    // The body has 15 s, Node looks every second, the client has one more to read the answer.
    await expect.poll(sockets, { timeout: 25_000 }).toBe(0);
  });

  it('is gone when its client stops reading a long answer', async (context) => {
    const { open, sockets } = await quietDoor(context);
    const clients = 3;
    for (let at = 0; at < clients; at += 1)
      open(`GET /openapi.json HTTP/1.1\r\n${host}\r\n`.repeat(1_000)).pause();
    await expect.poll(sockets).toBeGreaterThanOrEqual(clients);
    await expect.poll(sockets, { interval: 500, timeout: 80_000 }).toBe(0);
  });
});

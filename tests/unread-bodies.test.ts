import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDisobedient } from './disobedient.ts';
import { startServer } from './server.ts';

const host = 'Host: x\r\n';
const json = 'Content-Type: application/json\r\n';

/** The server that most of these ask. */
const running = startServer({ env: { HOST: '127.0.0.1' } });
afterAll(async () => (await running).stop());

async function door() {
  const { home, log } = await running;
  return { port: Number(new URL(home).port), log };
}

function open(port: number, bytes: string) {
  const client = openDisobedient(port, bytes);
  onTestFinished(() => void client.socket.destroy());
  return client;
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
    ['to a path that is malformed', withBody('POST /%zz'), 400],
    ['to a path with a long parameter', withBody(`DELETE /me/sessions/${'a'.repeat(2_000)}`), 401],
    ['that logs out', withBody('POST /logout'), 204],
    ['that only reads', withBody('GET /healthz'), 200],
    ['that asks for no body', withBody('HEAD /healthz'), 200],
    ['without a host', `POST /login HTTP/1.1\r\nContent-Length: 3\r\n\r\n`, 400],
  ])('%s is answered, and its connection closed', async (_what, bytes, status) => {
    const { port } = await door();
    const client = open(port, bytes);
    await client.ended;
    expect(client.got()).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\nconnection: close\r\n`, 's'));
  });

  it('is the last that is answered on its connection, and that does anything', async () => {
    const { port, log } = await door();
    const body = JSON.stringify({ username: 'behind', password: 'umbrella left by the door' });
    const behind = `POST /register HTTP/1.1\r\n${host}${json}Content-Length: ${body.length}\r\n\r\n${body}`;
    for (const first of [
      withBody('POST /login', json, 'a'.repeat(9_000)),
      withBody('POST /logout', '', 'a'.repeat(9_000)),
      'GET /me HTTP/1.1\r\n\r\n',
      `GET * HTTP/1.1\r\n${host}\r\n`,
    ]) {
      const client = open(port, first + behind);
      await client.ended;
      expect(client.got().match(/HTTP\/1.1 \d/g)).toHaveLength(1);
    }
    expect(log()).not.toContain('user_created');
  });

  it('leaves the connection open when it was read to its end', async () => {
    const { port } = await door();
    const client = open(
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
    const client = open(port, `POST /logout HTTP/1.1\r\n${host}Content-Length: 200000000\r\n\r\n`);
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

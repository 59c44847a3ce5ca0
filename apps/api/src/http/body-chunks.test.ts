import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openCounter, password } from '../../test/counter.ts';
import { maxBodyChunks } from './body-chunks.ts';

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
    const answer = await send('/login', credentials.padEnd(maxBodyChunks), { behind });
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
  });

  it.each([maxBodyChunks + 1, 8_000, 50_000])('is too large with %i of them', async (chunks) => {
    const { send } = await openPort();
    const answer = await send('/login', credentials.padEnd(chunks), { behind });
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413']);
    expect(answer).toContain('connection: close\r\n');
    expect(answer).toContain('The body comes in over 1024 chunks. Send it in fewer.');
    // Node uses the parser of a connection again.
    expect(await send('/login', credentials)).toContain('HTTP/1.1 200');
  });

  it('does not keep a call from its work that takes no body', async () => {
    const { send } = await openPort();
    const answer = await send('/logout', credentials.padEnd(maxBodyChunks + 1));
    expect(answer).toMatch(/^HTTP\/1.1 204 .*\r\nconnection: close\r\n/s);
  });
});

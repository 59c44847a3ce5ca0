import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openCounter, password } from '../../test/counter.ts';
import { maxUnanswered } from './pipelining.ts';

const get = 'GET /session HTTP/1.1\r\nHost: x\r\n\r\n';
const credentials = JSON.stringify({ username: 'ada', password });
/** A request whose response takes a while. */
const login = `POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${credentials.length}\r\n\r\n${credentials}`;
const goodbye = get.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n');

async function openPort() {
  const counter = await openCounter();
  await counter.visitor().register('ada');
  await counter.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = counter.app.server.address() as AddressInfo;
  return {
    /** Sends packets, one after another. @returns the responses that come until the server closes the connection. */
    send(...packets: string[]) {
      return new Promise<string[]>((resolve, reject) => {
        let got = '';
        const socket = connect(port, '127.0.0.1');
        socket.setNoDelay().on('data', (data) => (got += data));
        socket.on('end', () => socket.end()).on('error', reject);
        socket.on('close', () => resolve(got.split(/(?=HTTP\/1\.1 )/)));
        (async () => {
          for (const packet of packets) {
            socket.write(packet);
            await new Promise((then) => setTimeout(then, 20));
          }
        })();
      });
    },
  };
}

const statuses = (responses: string[]) => responses.map((response) => Number(response.slice(9, 12)));
const isLast = (response: string) => /^connection: close\r$/im.test(response);

describe('requests sent without waiting for a response', () => {
  it('are all answered below the limit, and the connection stays open for more', async () => {
    const { send } = await openPort();
    const responses = await send(get.repeat(maxUnanswered - 1), goodbye);
    expect(statuses(responses)).toEqual(Array(maxUnanswered).fill(200));
    expect(responses.findIndex(isLast)).toBe(maxUnanswered - 1);
  });

  it.each([maxUnanswered, maxUnanswered + 1, 1_500])(
    'are answered as far as the limit when they are %i, and the last response says so',
    async (count) => {
      const { send } = await openPort();
      const responses = await send(get.repeat(count));
      expect(statuses(responses)).toEqual(Array(maxUnanswered).fill(200));
      expect(responses.findIndex(isLast)).toBe(maxUnanswered - 1);
      // Node uses the parser of a connection again.
      expect(statuses(await send(get, goodbye))).toEqual([200, 200]);
    },
  );

  it('are answered if the body of the last one comes later', async () => {
    const { send } = await openPort();
    const head = login.slice(0, -credentials.length);
    const responses = await send(get.repeat(maxUnanswered - 1) + head, credentials + get, get);
    expect(statuses(responses)).toEqual(Array(maxUnanswered).fill(200));
    expect(responses.at(-1)).toContain('"username":"ada"');
    expect(responses.findIndex(isLast)).toBe(maxUnanswered - 1);
  });

  it.each([
    'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
  ])('are answered though one too many asks for another protocol: %j', async (another) => {
    const { send } = await openPort();
    const responses = await send(get.repeat(maxUnanswered) + another + get, get);
    expect(statuses(responses)).toEqual(Array(maxUnanswered).fill(200));
  });

  it('are answered in their order, and nothing that comes later is taken for a request', async () => {
    const { send } = await openPort();
    const responses = await send(
      login + get.repeat(maxUnanswered - 2) + login + get.repeat(100) + get.slice(0, 10),
      get.slice(10) + get,
      get,
    );
    expect(statuses(responses)).toEqual(Array(maxUnanswered).fill(200));
    expect(responses[0]).toContain('"username":"ada"');
    expect(responses.at(-1)).toContain('"username":"ada"');
    expect(responses.findIndex(isLast)).toBe(maxUnanswered - 1);
  });
});

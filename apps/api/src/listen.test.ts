import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, it, onTestFinished } from 'vitest';
import { openCounter } from '../test/counter.ts';
import { listenOn } from './listen.ts';

const hasIpv6 = networkInterfaces().lo?.some(({ address }) => address === '::1') ?? false;

it.skipIf(!hasIpv6)('answers, refuses and closes on every address alike', async () => {
  const counter = await openCounter();
  // Every 503 is logged, that of a process which is closing, too.
  counter.expectFaults();
  await listenOn(counter.app, ['127.0.0.1', '::1'], 0);
  const { port } = counter.app.server.address() as AddressInfo;
  const open = (host: string) => {
    const socket = connect({ port, host, allowHalfOpen: true });
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  const said = async (host: string, bytes: string) => {
    const socket = open(host);
    socket.write(bytes);
    return String(await socket.setEncoding('utf8').toArray());
  };

  for (const host of ['127.0.0.1', '::1']) {
    const answer = await said(host, 'HELLO\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 400 .*x-content-type-options: nosniff/s);
  }

  const slow = open('::1');
  slow.write('POST /logout HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{');
  await once(counter.app.server, 'request');
  let isClosed = false;
  const closed = counter.app.close().then(() => (isClosed = true));
  const late = open('::1');
  late.write('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(String(await late.setEncoding('utf8').toArray())).toMatch(/^HTTP\/1.1 503 .*connection: close/s);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(isClosed).toBe(false);
  slow.write('}');
  expect(String(await slow.setEncoding('utf8').toArray())).toMatch(/^HTTP\/1.1 204 .*connection: close/s);
  await closed;
});

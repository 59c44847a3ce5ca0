import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { listen, listenOn } from './listen.ts';

vi.mock('node:dns/promises', { spy: true });

it('opens an address once that is given twice', async () => {
  const counter = await openCounter();
  await listenOn(counter.app, ['127.0.0.1', '127.0.0.1'], 0);
  expect(counter.log.filter(({ level }) => Number(level) >= 40)).toEqual([]);
});

it('opens localhost though no lookup knows it', async () => {
  vi.mocked(lookup).mockRejectedValueOnce(new Error('EAI_AGAIN'));
  const counter = await openCounter();
  await listen(counter.app, 'localhost', 0);
  expect(counter.app.server.address()).toMatchObject({ address: '127.0.0.1' });
});

it.runIf(process.platform === 'linux')('goes on when a connection cannot be accepted', async () => {
  const opened = vi.spyOn(Server.prototype, 'listen');
  const counter = await openCounter();
  counter.expectFaults();
  await listenOn(counter.app, ['127.0.0.1', '127.0.0.2'], 0);
  const listeners = (opened.mock.contexts as Server[]).filter((listener) => listener.listening);
  expect(listeners).toHaveLength(2);
  for (const listener of listeners) listener.emit('error', new Error('accept EMFILE'));
  expect(counter.log.filter(({ level }) => level === 50)).toHaveLength(2);
});

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
    // Who is asking the closed server is told so by `once`.
    socket.on('error', () => undefined);
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
  // No address listens any more: the closing has come as far as it can without the slow one.
  for (const host of ['127.0.0.1', '::1']) {
    while (await once(open(host), 'connect').catch(() => undefined)) await nextTurn();
  }
  expect(isClosed).toBe(false);
  slow.write('}');
  expect(String(await slow.setEncoding('utf8').toArray())).toMatch(/^HTTP\/1.1 204 .*connection: close/s);
  await closed;
});

const longestQueue = Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));

it.skipIf(longestQueue < 2_000)('lets a crowd wait in the kernel while the loop is busy', async () => {
  const counter = await openCounter();
  await listenOn(counter.app, ['127.0.0.1', '127.0.0.2'], 0);
  const { port } = counter.app.server.address() as AddressInfo;
  const finished = new Int32Array(new SharedArrayBuffer(4));
  // The crowd is a thread of its own, since this one stands still: nobody accepts anything meanwhile.
  const crowd = `
    const { workerData: { port, host, finished } } = require('node:worker_threads');
    let connected = 0;
    const sockets = Array.from({ length: 1_500 }, () =>
      require('node:net').connect(port, host, () => (connected += 1)).on('error', () => {}));
    setTimeout(() => {
      Atomics.store(finished, 0, connected);
      Atomics.notify(finished, 0);
      for (const socket of sockets) socket.destroy();
    }, 800);`;
  for (const host of ['127.0.0.1', '127.0.0.2']) {
    finished[0] = 0;
    const worker = new Worker(crowd, { eval: true, workerData: { port, host, finished } });
    Atomics.wait(finished, 0, 0, 20_000);
    expect(finished[0]).toBe(1_500);
    await once(worker, 'exit');
  }
});

import { get } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two tries. */
const tryMs = 2;

/** @returns milliseconds until a URL answers 200 for the first time. @throws after a minute */
export async function untilFirstAnswer(url: URL, headers: Record<string, string>): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < 60_000) {
    if ((await statusOf(url, headers)) === 200) return performance.now() - began;
    await sleep(tryMs);
  }
  throw new Error(`${url} did not answer 200 within a minute.`);
}

/** @returns undefined while nobody listens there. */
const statusOf = (url: URL, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve) => {
    get(url, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', () => resolve(undefined));
  });

/** @returns a port of 127.0.0.1 on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

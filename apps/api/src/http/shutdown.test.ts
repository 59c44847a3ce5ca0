import { connect } from 'node:net';
import { availableParallelism } from 'node:os';
import argon2 from 'argon2';
import { expect, it, vi } from 'vitest';
import { openCounter, password } from '../../test/counter.ts';

const patiently = { timeout: 20_000 };

it('answers everybody who waits for a password to be checked before it cuts connections', async () => {
  const counter = await openCounter();
  // The first of these refusals have lines of level error.
  counter.expectFaults();
  const refusedInLog = () => counter.log.filter(({ path, status }) => path === '/login' && status === 503);
  const url = new URL(await counter.app.listen({ host: '127.0.0.1', port: 0 }));
  let release = () => {};
  const held = new Promise<boolean>((resolve) => {
    release = () => resolve(false);
  });
  const verify = vi.spyOn(argon2, 'verify').mockReturnValue(held);
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });

  const body = JSON.stringify({ username: 'ada', password });
  const call = `POST /login HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const arrived = vi.spyOn(counter.store, 'loginFailures');
  const logIn = () => {
    const socket = connect(Number(url.port), url.hostname);
    socket.write(call);
    return socket.setEncoding('utf8').toArray();
  };
  const running = availableParallelism();
  const logins = Array.from({ length: running + 40 }, logIn);
  await expect.poll(() => verify.mock.calls.length, patiently).toBe(running);
  await expect.poll(() => arrived.mock.calls.length, patiently).toBe(2 * running + 40);

  const closed = counter.app.close();
  const late = logIn();
  await expect.poll(() => arrived.mock.calls.length, patiently).toBe(2 * running + 41);
  vi.advanceTimersByTime(8_000);
  await expect.poll(refusedInLog, patiently).toHaveLength(41);
  release();
  const answers = (await Promise.all([...logins, late])).map(String);
  expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 401'))).toHaveLength(running);
  const refused = answers.filter((answer) => answer.startsWith('HTTP/1.1 503'));
  expect(refused).toHaveLength(41);
  for (const answer of refused) {
    expect(answer).toContain('\r\nretry-after: 5\r\n');
    expect(answer).toContain('\r\nconnection: close\r\n');
  }
  await closed;
});

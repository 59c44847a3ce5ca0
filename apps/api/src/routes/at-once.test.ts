import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { at } from '../../test/base-path.ts';
import { minute, openCounter } from '../../test/counter.ts';
import { maxUnanswered } from '../http/pipelining.ts';
import { openStore } from '../store/open.ts';

/** Requests that reach a hook. PostgreSQL looks up every session. */
const none = inject('engine') === 'postgres' ? 1 : 0;

/** A server that listens, and a member whose session it has looked up. */
async function open(settings: Record<string, string> = {}) {
  // Where every request has a line in the log, none is answered at once.
  const counter = await openCounter({ LOG_LEVEL: 'info', ...settings });
  let hooked = 0;
  counter.app.addHook('onSend', async () => {
    hooked += 1;
  });
  const ada = counter.visitor();
  await ada.register('ada');
  await counter.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = counter.app.server.address() as AddressInfo;
  const cookie = `Cookie: coatcheck=${ada.ticket}`;

  /** Sends a request on a connection of its own. @returns all that comes back, and how many hooks it has reached */
  async function send(request: string) {
    const before = hooked;
    const socket = connect(port, '127.0.0.1');
    socket.write(request);
    const answer = await text(socket);
    return { answer, status: Number(answer.split(' ')[1]), hooked: hooked - before };
  }
  const ask = (path: string, headers = ['Host: x', cookie]) =>
    send(`GET ${at(path)} HTTP/1.1\r\n${headers.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  expect((await ask('/me')).status).toBe(200);
  return { counter, ada, cookie, send, ask };
}

/** The lines of a response, in an order of their own, without the time. */
const linesOf = (answer: string) =>
  answer
    .split('\r\n')
    .filter((line) => !line.startsWith('Date:'))
    .toSorted();

describe('a member who is known', () => {
  it.each(['/me', '/verify', '/me?a=b', '/verify?login=redirect'])(
    'gets the same answer to %s past all hooks as through them',
    async (path) => {
      const { counter, ada, ask } = await open({ IDENTITY_HEADER: 'X-Remote-User' });
      const profile = { displayName: 'Ada 🧥\u202e', email: 'ä@example.com' };
      const json = { 'content-type': 'application/json' };
      await ada.send('PATCH', '/me', JSON.stringify(profile), json);
      await ask(path);

      const atOnce = await ask(path);
      expect(atOnce).toMatchObject({ status: 200, hooked: none });
      vi.spyOn(counter.store, 'recallSession').mockReturnValue(undefined);
      const hooked = await ask(path);
      expect(hooked).toMatchObject({ status: 200, hooked: 1 });
      expect(linesOf(atOnce.answer)).toEqual(linesOf(hooked.answer));
    },
  );

  it.each<[what: string, status: number, first: string, headers: string[], body?: string]>([
    ['a page of another origin', 200, 'GET /me HTTP/1.1', ['Host: x', 'Origin: http://x']],
    ['a body', 200, 'GET /me HTTP/1.1', ['Host: x', 'Content-Length: 1'], 'x'],
    ['an older version of HTTP', 200, 'GET /me HTTP/1.0', ['Host: x']],
    ['another method', 200, 'HEAD /me HTTP/1.1', ['Host: x']],
    ['another path', 200, 'GET /me/sessions HTTP/1.1', ['Host: x']],
    ['a second cookie', 401, 'GET /verify HTTP/1.1', ['Host: x', 'Cookie: coatcheck=a']],
  ])('goes through all hooks with %s', async (_, status, first, headers, body = '') => {
    const { cookie, send } = await open();
    const head = [first.replace(/\/\S*(?= )/, at), ...headers, cookie, 'Connection: close'].join('\r\n');
    expect(await send(`${head}\r\n\r\n${body}`)).toMatchObject({ status, hooked: 1 });
  });

  it.each([[[]], [['Host: x', 'Host: x']]])('is refused with the Host headers %j', async (hosts) => {
    const { cookie, ask } = await open();
    expect((await ask('/me', [...hosts, cookie])).status).toBe(400);
  });

  it('is told behind which of many requests its connection is closed', async () => {
    const { cookie, send } = await open();
    const request = `GET ${at('/me')} HTTP/1.1\r\nHost: x\r\n${cookie}\r\n\r\n`;
    // Node drops what follows, so the client has to be told, and the connection has to end.
    const { answer } = await send(request.repeat(maxUnanswered + 50));
    const answers = answer.split('HTTP/1.1 ').slice(1);
    expect(answers.map((one) => one.slice(0, 3))).toEqual(Array(maxUnanswered).fill('200'));
    expect(answers.map((one) => /^connection: close\r$/im.test(one)).lastIndexOf(true)).toBe(
      maxUnanswered - 1,
    );
    expect(answers.filter((one) => /^connection: close\r$/im.test(one))).toHaveLength(1);
  });

  it('is looked for in no more requests of one turn than may begin in it', async () => {
    const { counter } = await open();
    const lookedFor = vi.spyOn(counter.store, 'recallSession');
    const { port } = counter.app.server.address() as AddressInfo;
    const taken: unknown[] = [];
    counter.app.server.on('connection', (socket) => taken.push(socket));
    const sockets = Array.from({ length: 200 }, () => connect(port, '127.0.0.1'));
    await expect.poll(() => taken.length).toBe(200);
    const head = `GET ${at('/me')} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n`;
    const answered = sockets.map((socket, n) => {
      socket.write(`${head}Cookie: coatcheck=${String(n).padStart(43, 'x')}\r\n\r\n`);
      return text(socket);
    });
    // All of them arrive before the next turn.
    const until = performance.now() + 200;
    while (performance.now() < until);
    const counts: number[] = [];
    let isOver = false;
    const over = Promise.all(answered).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      const before = lookedFor.mock.calls.length;
      await turn();
      counts.push(lookedFor.mock.calls.length - before);
    }
    await over;
    expect(lookedFor.mock.calls.length).toBeGreaterThanOrEqual(200);
    // Once before Fastify, and once within.
    expect(Math.max(...counts)).toBeLessThanOrEqual(2 * 32);
  });

  it('gets 500 where no header can carry the name, and the server goes on', async () => {
    const { counter, ask } = await open();
    counter.expectFaults();
    await counter.database.query("UPDATE accounts SET username = 'ж'");
    // Looked up, and then known.
    for (const _ of [1, 2]) expect((await ask('/verify')).status).toBe(500);
    expect((await ask('/me')).status).toBe(200);
  });

  it('is seen: a use is written down once a minute', async () => {
    const { counter, ask } = await open();
    counter.later(minute);
    expect(await ask('/me')).toMatchObject({ status: 200, hooked: 1 });
    const [session] = await counter.database.query('SELECT last_seen_at FROM sessions');
    expect(Number(session?.last_seen_at)).toBe(counter.now());
  });

  it('is no member any more at the next request after another process has ended the session', async () => {
    const { counter, ask } = await open();
    const another = await openStore(counter.config.database, { clock: counter.now });
    onTestFinished(() => another.close());
    expect(await ask('/me')).toMatchObject({ status: 200, hooked: none });
    const [session] = await counter.database.query<{ ticket_hash: string }>(
      'SELECT ticket_hash FROM sessions',
    );
    const by = { address: null, browser: null, system: null, sessionId: null };
    await another.logOut(session?.ticket_hash ?? '', by, counter.now());
    expect(await ask('/me')).toMatchObject({ status: 401, hooked: 1 });
    expect(await ask('/verify')).toMatchObject({ status: 401, hooked: 1 });
  });
});

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { password } from './browser/person.ts';
import { openDisobedient } from './disobedient.ts';
import { type RunningServer, startServer } from './server.ts';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const joined = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

/** What the app sends at a path, byte for byte. At all other paths it sends {@link ok}. */
const answers: Record<string, string | ((socket: Socket) => void)> = {
  '/hints':
    'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nLink: </b.css>; rel=preload, </c.css>; rel="preload"\r\n\r\n',
  '/nonsense': 'HTTP/1.1 103 Early Hints\r\nLink: nonsense\r\n\r\n',
  '/no-status': 'HTTP/1.1 099 Low\r\nContent-Length: 2\r\n\r\nok',
  '/odd-phrase': 'HTTP/1.1 200 O\u0001K\r\nContent-Length: 2\r\n\r\nok',
  '/many': `HTTP/1.1 200 OK\r\n${'Set-Cookie: a=1\r\n'.repeat(1_500)}Content-Length: 2\r\n\r\nok`,
  '/trailers':
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\nSet-Cookie: coatcheck=planted\r\n\r\n',
  '/never': '',
  '/never-late': '',
  '/slow': (socket) => void setTimeout(() => socket.write(ok), 33_000),
  '/unasked': (socket) => {
    socket.write(joined);
    setTimeout(() => socket.resetAndDestroy(), 100);
  },
};

/** An app that answers each piece that reaches it, and keeps what each of its connections was sent. */
async function openRawApp() {
  const connections: { sent: string; isOpen: boolean }[] = [];
  const server = createServer((socket) => {
    const connection = { sent: '', isOpen: true };
    connections.push(connection);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      connection.isOpen = false;
    });
    socket.on('data', (piece) => {
      connection.sent += piece.toString('latin1');
      const [, path = ''] = /^[A-Z]+ (\S+) HTTP/.exec(piece.toString('latin1')) ?? [];
      const answer = answers[path] ?? ok;
      if (typeof answer !== 'string') return answer(socket);
      socket.write(answer, 'latin1');
      if (/^HTTP\/1.1 103/.test(answer)) socket.write(ok);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, connections, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const handshake =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

describe('the gate', () => {
  let app: Awaited<ReturnType<typeof openRawApp>>;
  let server: RunningServer;
  let member: string;

  beforeAll(async () => {
    app = await openRawApp();
    server = await startServer({ env: { HOST: '127.0.0.1', IN_FRONT_OF: app.origin } });
    const registered = await fetch(`${server.url.replace('localhost', '127.0.0.1')}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'ada', password }),
    });
    member = `Host: localhost\r\nCookie: ${registered.headers.getSetCookie()[0]?.split(';', 1)[0]}\r\n`;
  });
  afterAll(async () => {
    await server.stop();
    app.server.close();
  });

  const open = (bytes: string, of = server) => {
    const client = openDisobedient(Number(new URL(of.home).port), bytes);
    onTestFinished(() => void client.socket.destroy());
    return client;
  };
  const get = (path: string, headers = '') => open(`GET ${path} HTTP/1.1\r\n${member}${headers}\r\n`);
  const statusOf = (client: ReturnType<typeof open>) =>
    expect.poll(() => /^HTTP\/1.1 (\d+)/.exec(client.got())?.[1], { timeout: 5_000 });

  it('passes hints on, and stays up where they are none', async () => {
    const { got } = get('/hints');
    await expect.poll(got).toMatch(/\r\n\r\nok$/);
    expect(got()).toContain(
      '\r\nLink: </a.css>; rel=preload, </b.css>; rel=preload, </c.css>; rel="preload"\r\n\r\nHTTP/1.1 200 OK',
    );
    await expect.poll(get('/nonsense').got).toMatch(/^HTTP\/1.1 200 OK.*ok$/s);
  });

  it('tells a client of HTTP/1.0 nothing before its answer', async () => {
    const client = open(`GET /hints HTTP/1.0\r\n${member}\r\n`);
    await client.ended;
    expect(client.got()).toMatch(/^HTTP\/1.1 200 OK.*ok$/s);
  });

  it('stays up where the app changes the protocol unasked, and then breaks off', async () => {
    await statusOf(get('/unasked')).toBe('502');
    await pause(300);
    await statusOf(get('/')).toBe('200');
    await expect.poll(() => app.connections.filter(({ sent }) => sent.includes('/unasked'))).toHaveLength(1);
  });

  it('answers where the app sends what is not HTTP', async () => {
    await statusOf(get('/no-status')).toBe('502');
    await expect.poll(get('/odd-phrase').got).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  });

  it('leaves out no header of the app, and lets no trailer plant a cookie', async () => {
    const { got } = get('/many');
    await expect.poll(got).toMatch(/\r\n\r\nok$/);
    expect(got().match(/Set-Cookie/g)).toHaveLength(1_500);
    const trailed = get('/trailers');
    await expect.poll(trailed.got).toMatch(/\r\n0\r\nX-Sum: 1\r\n\r\n$/);
  });

  it('waits for an app that thinks longer than a call of ours may take', async () => {
    const { got } = get('/slow');
    await expect.poll(got, { timeout: 45_000 }).toMatch(/^HTTP\/1.1 200 OK.*ok$/s);
  });

  it('lets the app answer before the body comes', async () => {
    const client = open(`POST /early HTTP/1.1\r\n${member}Content-Length: 5\r\n\r\n`);
    await statusOf(client).toBe('200');
  });

  it.each([
    ['a Host with a path', 'Host: localhost/elsewhere\r\n'],
    ['a Host with a user', 'Host: elsewhere@localhost\r\n'],
    ['a Host of two', 'Host: localhost, elsewhere\r\n'],
    ['an empty Host', 'Host:\r\n'],
  ])('refuses %s', async (_what, host) => {
    const cookie = member.replace(/^Host.*\r\n/, '');
    await statusOf(open(`GET /odd-host HTTP/1.1\r\n${host}${cookie}\r\n`)).toBe('400');
    expect(app.connections.some(({ sent }) => sent.includes('/odd-host'))).toBe(false);
  });

  it.each([
    ['1.1', 'gzip, chunked'],
    ['1.0', 'chunked'],
  ])('refuses a body in HTTP/%s that is %s', async (version, coding) => {
    const client = open(
      `POST /coded HTTP/${version}\r\n${member}Connection: keep-alive\r\nTransfer-Encoding: ${coding}\r\n\r\n1\r\nx\r\n0\r\n\r\n`,
    );
    await client.ended;
    expect(client.got()).toMatch(/^HTTP\/1.1 400 /);
    expect(app.connections.some(({ sent }) => sent.includes('/coded'))).toBe(false);
  });

  it.each([
    ['a length', 'Content-Length: 49\r\n', ''],
    ['chunks', 'Transfer-Encoding: chunked\r\n', '31\r\n'],
  ])('takes a handshake with a body of %s for a request', async (_what, header, before) => {
    const inner = 'GET /within HTTP/1.1\r\nHost: x\r\nRemote-User: z\r\n\r\n';
    const after = before && '\r\n0\r\n\r\n';
    const path = before ? '/with-chunks' : '/with-length';
    const client = get(path, `${handshake}${header}`);
    client.socket.write(`${before}${inner}${after}`);
    await statusOf(client).toBe('200');
    const { sent = '' } = app.connections.findLast((connection) => connection.sent.includes(path)) ?? {};
    const carrier = sent.slice(sent.indexOf(path));
    expect(carrier).not.toContain('Upgrade: websocket');
    expect(carrier.slice(0, carrier.indexOf('\r\n\r\n') + 2)).toContain(header);
  });

  it('lets go of a refused handshake whose client does not', async () => {
    const client = open(`GET / HTTP/1.1\r\nHost: localhost\r\n${handshake}\r\n`);
    await statusOf(client).toBe('401');
    const closed = new Promise<void>((resolve) => client.socket.once('close', () => resolve()));
    const talk = setInterval(() => client.socket.write('x'), 100);
    onTestFinished(() => clearInterval(talk));
    await Promise.race([closed, pause(10_000).then(() => expect.fail('it is still open'))]);
  });

  it('notices that a client hangs up before its handshake is answered', async () => {
    const client = get('/never', handshake);
    const reached = () => app.connections.findLast(({ sent }) => sent.includes('GET /never '));
    await expect.poll(() => reached()?.isOpen).toBe(true);
    client.socket.destroy();
    await expect.poll(() => reached()?.isOpen).toBe(false);
  });

  it('closes in time while a handshake waits for the app, and one that came too late', async () => {
    const other = await startServer({
      env: { HOST: '127.0.0.1', IN_FRONT_OF: app.origin, IN_FRONT_OF_ACCESS: 'everyone' },
    });
    open(`GET /never-late HTTP/1.1\r\nHost: localhost\r\n${handshake}\r\n`, other);
    const late = open('', other);
    await expect.poll(() => app.connections.some(({ sent }) => sent.includes('/never-late'))).toBe(true);
    const stopped = other.stop();
    await pause(100);
    late.socket.write(`GET /never HTTP/1.1\r\nHost: localhost\r\n${handshake}\r\n`);
    await stopped;
    expect(late.got()).toMatch(/^HTTP\/1.1 503 /);
  });
});

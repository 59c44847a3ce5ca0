import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { password } from './browser/person.ts';
import { type RunningServer, startServer } from './server.ts';

/** An app of a test, on a free port. @param listener answers its requests */
async function openApp(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { server, port, origin: `http://127.0.0.1:${port}`, close };
}

/** What an app was sent, as JSON. */
const echo: RequestListener = async (incoming, response) => {
  const { method, url, rawHeaders } = incoming;
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const chunk of incoming) {
    digest.update(chunk);
    bytes += chunk.length;
  }
  const { trailers } = incoming;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ method, url, rawHeaders, bytes, digest: digest.digest('hex'), trailers }));
};

interface Told {
  method: string;
  url: string;
  rawHeaders: string[];
  bytes: number;
  digest: string;
  trailers: object;
}

interface Asked {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: Readable | Buffer | string;
}

/** Sends a request whose target stays as it is written. */
function send(home: string, target: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(home, { method, path: target, headers, agent: false });
    outgoing.on('response', resolve).on('error', reject);
    if (body instanceof Readable) body.pipe(outgoing);
    else outgoing.end(body);
  });
}

const page = { accept: 'text/html', 'sec-fetch-dest': 'document' };

/** Registers somebody at a server that stands in front of an app. @returns the cookie */
async function registerAt(home: string, username = 'ada'): Promise<string> {
  const answer = await send(home, '/auth/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  expect(answer.statusCode).toBe(201);
  answer.resume();
  return answer.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
}

const ended = (stream: { once(event: 'close', listener: () => void): unknown }) =>
  new Promise<void>((resolve) => stream.once('close', resolve));

/** The values of a header that an app was sent, whatever its case. */
const valuesOf = ({ rawHeaders }: Told, name: string): string[] =>
  rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name.toLowerCase());

describe('in front of an app', () => {
  let app: Awaited<ReturnType<typeof openApp>>;
  let server: RunningServer;
  let home: string;
  let cookie: string;
  /** What the app does at a path, if it is not to echo. */
  const routes: Record<string, RequestListener> = {};

  beforeAll(async () => {
    app = await openApp((incoming, response) => (routes[incoming.url ?? ''] ?? echo)(incoming, response));
    server = await startServer({ env: { IN_FRONT_OF: app.origin } });
    home = server.home;
    cookie = await registerAt(home);
  });
  afterAll(async () => {
    await server.stop();
    app.close();
  });

  const ask = async (target: string, asked: Asked = {}): Promise<Told> => {
    const answer = await send(home, target, { ...asked, headers: { cookie, ...asked.headers } });
    expect(answer.statusCode).toBe(200);
    return JSON.parse(await text(answer));
  };

  it('says so at the start, and lives below /auth', async () => {
    expect(server.url).toBe(`${home}/auth`);
    expect(server.log()).toContain(`in front of ${app.origin}`);
    expect((await send(home, '/auth/healthz')).statusCode).toBe(200);
    const { headers } = await send(home, '/.well-known/change-password');
    expect(headers.location).toBe('/auth/account/password');
  });

  it('sends a stranger who navigates to the login page, and refuses everything else', async () => {
    const sent = await send(home, '/notes?page=2&x=%2F', { headers: page });
    expect([sent.statusCode, sent.headers.location]).toEqual([
      303,
      '/auth/login?next=%2Fnotes%3Fpage%3D2%26x%3D%252F',
    ]);
    for (const asked of [
      { headers: { 'sec-fetch-dest': 'empty', accept: 'text/html' } },
      { method: 'POST', headers: page, body: 'x'.repeat(100_000) },
      { headers: { cookie: `${cookie}; ${cookie}` } },
      { headers: { cookie: `coatcheck=${'x'.repeat(10_000)}` } },
    ]) {
      const refused = await send(home, '/notes', asked);
      expect(refused.statusCode).toBe(401);
      expect(JSON.parse(await text(refused))).toMatchObject({ type: '/problems/not-logged-in' });
    }
  });

  it('passes on what was sent, with who sent it', async () => {
    const told = await ask('/authors/%2e.?x=%2F&y=a+b', {
      method: 'PROPFIND',
      headers: {
        cookie: [`a=1; ${cookie}`, 'b=2'],
        'X-Thing': ['1', '2'],
        'remote-user': 'eve',
        Remote_User: 'eve',
      },
      body: 'hello',
    });
    expect(told).toMatchObject({ method: 'PROPFIND', url: '/authors/%2e.?x=%2F&y=a+b', bytes: 5 });
    expect(valuesOf(told, 'host')).toEqual([new URL(home).host]);
    expect(valuesOf(told, 'x-thing')).toEqual(['1', '2']);
    expect(valuesOf(told, 'remote-user')).toEqual(['ada']);
    expect(valuesOf(told, 'remote-user-id')).toEqual([expect.stringMatching(/^[\w-]{22}$/)]);
    expect(valuesOf(told, 'x-forwarded-for')).toEqual([expect.stringMatching(/^127\.0\.0\.1$|^::1$/)]);
    expect(valuesOf(told, 'x-forwarded-proto')).toEqual(['http']);
    expect(valuesOf(told, 'cookie').join(';')).not.toContain('coatcheck');
    expect(told.rawHeaders.join()).not.toContain('eve');
  });

  it.each([
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'PROPFIND',
    'MKCOL',
    'REPORT',
    'PURGE',
    'QUERY',
  ])('passes %s on with and without a body', async (method) => {
    for (const body of ['', 'some']) {
      const answer = await send(home, '/x', {
        method,
        headers: { cookie, ...(body && { 'content-length': String(body.length) }) },
        body,
      });
      expect(answer.statusCode).toBe(200);
      const told = await text(answer);
      if (method !== 'HEAD') expect(JSON.parse(told)).toMatchObject({ method, bytes: body.length });
    }
  });

  it('passes neither TRACE on nor what may lead to its own paths', async () => {
    for (const [target, status] of [
      ['/%61uth', 404],
      ['//auth/login', 404],
      ['/auth;x', 404],
      ['/x/../auth', 404],
      ['/auth/../x', 404],
      ['http://127.0.0.1:1/x', 404],
      ['https://example.com/', 404],
    ] as const) {
      const answer = await send(home, target, { headers: { cookie } });
      expect([target, answer.statusCode]).toEqual([target, status]);
      expect(JSON.parse(await text(answer)).type).toBe('/problems/not-found');
    }
    expect((await send(home, '/', { method: 'TRACE', headers: { cookie } })).statusCode).toBe(405);
    expect((await ask(`${home}/absolute?x`)).url).toBe('/absolute?x');
    expect((await ask(`${home}?x`)).url).toBe('/?x');
  });

  it('lets no page of another origin change anything for somebody with a session', async () => {
    const foreign = { origin: 'https://evil.example' };
    const refused = await send(home, '/notes', { method: 'POST', headers: { cookie, ...foreign } });
    expect([refused.statusCode, JSON.parse(await text(refused)).home]).toEqual([403, `${home}/auth`]);
    await ask('/notes', { headers: foreign });
    await ask('/notes', { method: 'POST', headers: { origin: home } });
    await ask('/notes', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } });
  });

  it('gives the answer as the app sent it, but for the session cookie and for shared caches', async () => {
    routes['/answer'] = (_incoming, response) => {
      response.writeHead(203, 'Odd', [
        ...[
          'Set-Cookie',
          'a=1',
          'Set-Cookie',
          'coatcheck=x',
          'Set-Cookie',
          '=coatcheck=x',
          'Server',
          'theirs',
        ],
        ...['Cache-Control', 'public, max-age=60', 'ETag', '"a"', 'Content-Length', '4'],
      ]);
      response.end('text');
    };
    const answer = await send(home, '/answer', { headers: { cookie } });
    expect([answer.statusCode, answer.statusMessage, await text(answer)]).toEqual([203, 'Odd', 'text']);
    expect(answer.headers).toMatchObject({
      'set-cookie': ['a=1'],
      server: 'theirs',
      'cache-control': 'private, max-age=60',
      vary: 'Cookie',
      etag: '"a"',
    });
    expect(answer.headers).not.toHaveProperty('content-security-policy');
  });

  it('passes on interim answers, trailers, and what the app says before it has read the body', async () => {
    routes['/interim'] = (incoming, response) => {
      response.writeEarlyHints({ link: '</a.css>; rel=preload; as=style' });
      response.writeHead(200, { trailer: 'X-Sum' });
      response.addTrailers({ 'X-Sum': '7' });
      incoming.pipe(response);
    };
    const outgoing = request(home, {
      method: 'POST',
      path: '/interim',
      headers: { cookie, expect: '100-continue', 'transfer-encoding': 'chunked' },
    });
    const interim: (string | undefined)[] = [];
    outgoing.on('information', ({ statusCode, headers: { link } }) => interim.push(`${statusCode} ${link}`));
    outgoing.flushHeaders();
    await once(outgoing, 'continue');
    outgoing.end('echo');
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect([await text(answer), answer.trailers]).toEqual(['echo', { 'x-sum': '7' }]);
    expect(interim).toEqual(['100 undefined', '103 </a.css>; rel=preload; as=style']);

    routes['/early'] = (_incoming, response) => {
      response.writeHead(413, { connection: 'close' }).end('too much');
    };
    async function* endless() {
      for (;;) {
        yield randomBytes(16_384);
        await pause(5);
      }
    }
    const early = await send(home, '/early', {
      method: 'POST',
      headers: { cookie },
      body: Readable.from(endless()),
    });
    expect([early.statusCode, await text(early)]).toEqual([413, 'too much']);
  });

  it('takes a refused body from nobody: a client that asks first is told at once', async () => {
    const outgoing = request(home, {
      method: 'POST',
      path: '/x',
      headers: { expect: '100-continue', 'content-length': 9 },
    });
    let isAskedFor = false;
    outgoing.on('continue', () => {
      isAskedFor = true;
    });
    outgoing.flushHeaders();
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect([answer.statusCode, isAskedFor]).toEqual([401, false]);
    outgoing.destroy();
  });

  it('breaks off where the app breaks off, and tells the app where a client does', async () => {
    routes['/half'] = (_incoming, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half', () => response.destroy());
    };
    const half = await send(home, '/half', { headers: { cookie } });
    await expect(buffer(half)).rejects.toThrow('aborted');

    let told: (() => void) | undefined;
    const isTold = new Promise<void>((resolve) => {
      told = resolve;
    });
    routes['/slow'] = (_incoming, response) => {
      response.on('close', () => told?.());
      response.write('begun');
    };
    const slow = await send(home, '/slow', { headers: { cookie } });
    slow.destroy();
    await isTold;
  });

  it('waits for an app that is slow, and gives 502 where it does not answer', async () => {
    routes['/later'] = async (_incoming, response) => {
      await pause(1_500);
      response.end('late');
    };
    expect(await text(await send(home, '/later', { headers: { cookie } }))).toBe('late');
    routes['/gone'] = (incoming) => void incoming.socket.destroy();
    const gone = await send(home, '/gone', { headers: { cookie } });
    expect(gone.statusCode).toBe(502);
    expect(JSON.parse(await text(gone))).toMatchObject({ type: '/problems/app-unreachable', status: 502 });
    const shown = await send(home, '/gone', { headers: { cookie, ...page } });
    expect([shown.statusCode, shown.headers['content-type']]).toEqual([502, 'text/html; charset=utf-8']);
    const body = await text(shown);
    expect(body).toContain('App unreachable');
    // Out of the path that all else lies below.
    expect(body).toContain("<a href='/'>Back to the app</a>");
    expect(body).not.toContain('/auth/docs');
    for (const path of ['/auth/docs', '/auth/problems/not-found'])
      expect(await text(await send(home, path))).toContain("<a href='/'>Back to the app</a>");
  });

  it('passes a body of 50 MB on unchanged, even when it takes longer than a call of our own may', async () => {
    const body = randomBytes(50_000_000);
    const parts = 20;
    async function* slowly() {
      for (let part = 0; part < parts; part += 1) {
        yield body.subarray((part * body.length) / parts, ((part + 1) * body.length) / parts);
        await pause((inject('isLong') ? 40_000 : 18_000) / parts);
      }
    }
    const told = await ask('/up', { method: 'PUT', body: Readable.from(slowly()) });
    expect(told).toMatchObject({
      bytes: body.length,
      digest: createHash('sha256').update(body).digest('hex'),
    });
  });

  it('passes on a body that comes in the smallest pieces', async () => {
    const socket = connect(Number(new URL(home).port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const count = 20_000;
    socket.write(
      `POST /small HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    await pause(300);
    socket.write(`${'1\r\nx\r\n'.repeat(count)}0\r\n\r\n`);
    let received = '';
    for await (const piece of socket) {
      received += piece;
      if (received.includes('"trailers"')) break;
    }
    expect(received).toContain(`"bytes":${count},`);
  });

  it('passes a gigabyte each way without keeping it', async () => {
    const size = 1_000_000_000;
    const chunk = Buffer.alloc(65_536, 'x');
    function* many() {
      for (let rest = size; rest > 0; rest -= chunk.length)
        yield rest < chunk.length ? chunk.subarray(0, rest) : chunk;
    }
    routes['/swallow'] = async (incoming, response) => {
      let bytes = 0;
      for await (const piece of incoming) bytes += piece.length;
      response.end(String(bytes));
    };
    routes['/pour'] = (_incoming, response) => void Readable.from(many()).pipe(response);
    const before = residentBytes(server);
    const up = await send(home, '/swallow', {
      method: 'POST',
      headers: { cookie },
      body: Readable.from(many()),
    });
    expect(await text(up)).toBe(String(size));
    let down = 0;
    for await (const piece of await send(home, '/pour', { headers: { cookie } })) down += piece.length;
    expect(down).toBe(size);
    expect(peakBytes(server) - before).toBeLessThan(150_000_000);
  });

  it('waits with an answer that its client does not read', async () => {
    let poured = 0;
    function* without() {
      for (;;) {
        poured += 65_536;
        yield Buffer.alloc(65_536);
      }
    }
    routes['/endless'] = (_incoming, response) => void Readable.from(without()).pipe(response);
    const answer = await send(home, '/endless', { headers: { cookie } });
    answer.pause();
    await pause(1_000);
    const soon = poured;
    await pause(500);
    expect([poured, soon < 50_000_000]).toEqual([soon, true]);
    answer.destroy();
  });

  it('refuses a request that two programs would read differently', async () => {
    const seen: string[] = [];
    routes['/smuggled'] = (_incoming, response) => {
      seen.push('smuggled');
      response.end();
    };
    const hidden = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const head of [
      `Content-Length: ${hidden.length}\r\nTransfer-Encoding: chunked\r\n`,
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n',
      'Transfer-Encoding: xchunked\r\n',
      'Transfer-Encoding : chunked\r\n',
      'Content-Length: 0\r\nContent-Length: 40\r\n',
      'Content-Length: +4\r\n',
      'X: a\nTransfer-Encoding: chunked\r\n',
    ]) {
      const socket = connect(Number(new URL(home).port), '127.0.0.1');
      socket.write(
        `POST /x HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n${head}\r\n0\r\n\r\n${hidden}`,
      );
      const answer = await text(socket);
      expect([head, answer.slice(0, 12)]).toEqual([head, 'HTTP/1.1 400']);
    }
    expect(seen).toEqual([]);
  });

  it('refuses the very next request after a logout', async () => {
    const own = await registerAt(home, 'leaver');
    expect((await send(home, '/x', { headers: { cookie: own } })).statusCode).toBe(200);
    const out = await send(home, '/auth/logout', { method: 'POST', headers: { cookie: own, origin: home } });
    expect(out.statusCode).toBe(204);
    const after = await send(home, '/x', { headers: { cookie: own } });
    expect([after.statusCode, JSON.parse(await text(after)).reason]).toEqual([401, 'logged-out']);
  });

  it('joins a WebSocket, and cuts it and an event stream soon after their session has ended, and no other', async () => {
    const sockets = new WebSocketServer({ server: app.server, path: '/live' });
    sockets.on('connection', (socket, { headers }) => {
      socket.on('message', (data, isBinary) =>
        socket.send(isBinary ? data : `${headers['remote-user']}: ${data}`),
      );
    });
    routes['/events'] = (_incoming, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: begun\n\n');
    };
    const live = home.replace('http', 'ws');
    const join = async (own: string, origin = home) => {
      const socket = new WebSocket(`${live}/live`, { headers: { cookie: own }, origin });
      await once(socket, 'open');
      return socket;
    };
    const stranger = new WebSocket(`${live}/live`);
    expect((await once(stranger, 'error'))[0].message).toBe('Unexpected server response: 401');
    const foreign = new WebSocket(`${live}/live`, { headers: { cookie }, origin: 'https://evil.example' });
    expect((await once(foreign, 'error'))[0].message).toBe('Unexpected server response: 403');
    const elsewhere = new WebSocket(`${live}/elsewhere`, { headers: { cookie }, origin: home });
    expect((await once(elsewhere, 'error'))[0].message).toBe('Unexpected server response: 400');

    const [stays, leaves] = [await registerAt(home, 'stays'), await registerAt(home, 'leaves')];
    const [other, socket] = [await join(stays), await join(leaves)];
    socket.send('coat');
    expect(String((await once(socket, 'message'))[0])).toBe('leaves: coat');
    const big = randomBytes(1_000_000);
    socket.send(big);
    expect(Buffer.compare((await once(socket, 'message'))[0], big)).toBe(0);

    const events = await send(home, '/events', { headers: { cookie: leaves } });
    expect(String((await once(events, 'data'))[0])).toBe('data: begun\n\n');
    events.on('error', () => {});

    // A new password is a new ticket of the same session.
    const changed = await send(home, '/auth/me/password', {
      method: 'PUT',
      headers: { cookie: stays, 'content-type': 'application/json' },
      body: JSON.stringify({ currentPassword: password, newPassword: `${password}, again` }),
    });
    expect(changed.statusCode).toBe(204);
    const ends = Promise.all([ended(socket), ended(events)]);
    await send(home, '/auth/logout', { method: 'POST', headers: { cookie: leaves, origin: home } });
    const begun = performance.now();
    await ends;
    expect(performance.now() - begun).toBeLessThan(60_000);
    other.send('still');
    expect(String((await once(other, 'message'))[0])).toBe('stays: still');
    other.close();
    await once(other, 'close');
  });
});

describe('in front of an app, with other settings', () => {
  async function open(env: Record<string, string>, listener: RequestListener = echo) {
    const app = await openApp(listener);
    const server = await startServer({ env: { IN_FRONT_OF: app.origin, ...env } });
    let isStopped = false;
    const stop = async () => {
      if (!isStopped) await server.stop();
      isStopped = true;
    };
    onTestFinished(async () => {
      await stop();
      app.close();
    });
    return { app, server, home: server.home, stop };
  }

  it('answers for its own host alone, whatever it is sent', async () => {
    const { home } = await open({
      PUBLIC_URL: 'https://example.com/door',
      HOST: '127.0.0.1',
      TRUSTED_PROXIES: '127.0.0.1',
    });
    const foreign = await send(home, '/x', { headers: { host: 'evil.example' } });
    expect([foreign.statusCode, JSON.parse(await text(foreign)).title]).toEqual([421, 'Misdirected Request']);
    const shown = await send(home, '/x', { headers: { host: 'evil.example', ...page } });
    expect([shown.statusCode, shown.headers['content-type']]).toEqual([421, 'text/html; charset=utf-8']);
    expect(await text(shown)).toContain('<a class="button" href="https://example.com/">Open example.com</a>');
    const own = await send(home, '/x', { headers: { host: 'example.com', ...page } });
    expect([own.statusCode, own.headers.location]).toEqual([303, 'https://example.com/door/login?next=%2Fx']);
    expect((await send(home, '/door/healthz', { headers: { host: '10.0.0.1' } })).statusCode).toBe(200);
  });

  it('lets everyone in where that is set, and names whoever is logged in', async () => {
    const { home } = await open(
      { IN_FRONT_OF_ACCESS: 'everyone', IDENTITY_HEADER: 'X-User' },
      (incoming, response) => {
        response.setHeader('cache-control', 'public');
        echo(incoming, response);
      },
    );
    const cookie = await registerAt(home);
    const stranger = await send(home, '/x', {
      method: 'POST',
      headers: {
        'x-user': 'eve',
        'remote-user': 'eve',
        origin: 'https://evil.example',
        cookie: 'coatcheck=nonsense',
      },
    });
    expect(stranger.headers['cache-control']).toBe('public');
    const told: Told = JSON.parse(await text(stranger));
    expect(told.rawHeaders.join()).not.toMatch(/eve|coatcheck/);
    const member: Told = JSON.parse(await text(await send(home, '/x', { headers: { cookie } })));
    expect(valuesOf(member, 'x-user')).toEqual(['ada']);
    expect(valuesOf(member, 'remote-user')).toEqual([]);
    const foreign = await send(home, '/x', {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example' },
    });
    expect(foreign.statusCode).toBe(403);
  });

  it('cuts what is open when its session expires: an open connection is no use of it', async () => {
    const { home } = await open({ SESSION_IDLE: '3s' }, (_incoming, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: begun\n\n');
    });
    const events = await send(home, '/events', { headers: { cookie: await registerAt(home) } });
    await expect(buffer(events)).rejects.toThrow('aborted');
  });

  it('closes with everything open, and lets a download end', async () => {
    let goOn: (() => void) | undefined;
    const { app, home, stop, server } = await open({}, (incoming, response) => {
      if (incoming.url === '/events') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: begun\n\n');
        return;
      }
      response.writeHead(200, { 'content-length': '9' });
      response.write('down');
      goOn = () => response.end('load!');
    });
    new WebSocketServer({ server: app.server, path: '/live' });
    const cookie = await registerAt(home);
    const socket = new WebSocket(`${home.replace('http', 'ws')}/live`, { headers: { cookie }, origin: home });
    await once(socket, 'open');
    const events = await send(home, '/events', { headers: { cookie } });
    events.on('error', () => {});
    events.resume();
    const download = await send(home, '/download', { headers: { cookie } });
    const cuts = Promise.all([ended(socket), ended(events)]);
    const begun = performance.now();
    // A second signal would end it at once.
    const exit = once(server.process, 'exit');
    server.process.kill('SIGTERM');
    await cuts;
    goOn?.();
    expect(await text(download)).toBe('download!');
    expect((await exit)[0]).toBe(0);
    expect(performance.now() - begun).toBeLessThan(10_000);
    await stop();
  });
});

const memory = (server: RunningServer, field: string) =>
  Number(
    new RegExp(`${field}:\\s+(\\d+) kB`).exec(
      readFileSync(`/proc/${server.process.pid}/status`, 'utf8'),
    )?.[1],
  ) * 1024;
const residentBytes = (server: RunningServer) => memory(server, 'VmRSS');
const peakBytes = (server: RunningServer) => memory(server, 'VmHWM');

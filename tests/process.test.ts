import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@coatcheck/api-types';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makePasskey, showPasskey } from '../apps/api/test/authenticator.ts';
import { bareEnv, type RunningServer, startServer } from './server.ts';

const password = 'umbrella left by the door';

function somewhere(): string {
  const dir = mkdtempSync(join(tmpdir(), 'coatcheck-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

async function start(options: Parameters<typeof startServer>[0] = {}) {
  const server = await startServer(options);
  let stopped = false;
  const stop = async () => {
    if (!stopped) await server.stop();
    stopped = true;
  };
  onTestFinished(stop);
  return { ...server, stop };
}

const register = (url: string, username: string) =>
  fetch(`${url}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
const cookieOf = (answer: Response) => (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';

describe('the server', () => {
  it('answers on every name of this machine, and logs one URL', async () => {
    const { url, log } = await start();
    const { port } = new URL(url);
    const lines = log()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.filter((line) => line.includes('http')).map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ event: 'sys_startup', url, host: 'localhost', port: Number(port) }),
    ]);
    for (const host of ['localhost', '127.0.0.1']) {
      const client = createClient({ baseUrl: `http://${host}:${port}` });
      expect(await client.GET('/healthz')).toMatchObject({ ok: true, data: { status: 'ok' } });
      expect(await client.GET('/readyz')).toMatchObject({ ok: true });
    }
  });

  it.each(['https://id.example.com/auth', ''])(
    'says on standard error with which database and at which URL it works, PUBLIC_URL being %j',
    async (publicUrl) => {
      const dir = somewhere();
      const { url, log } = await start({ dir, env: { PUBLIC_URL: publicUrl } });
      expect(url).toMatch(publicUrl || /^http:\/\/localhost:[1-9]\d+$/);
      await expect.poll(log).toContain(`Database: sqlite:${join(dir, 'coatcheck.db')}. Address: ${url}.\n`);
    },
  );

  it('keeps everybody logged in when it is started again', async () => {
    const dir = somewhere();
    const first = await start({ dir });
    const cookie = cookieOf(await register(first.url, 'ada'));
    await first.stop();
    expect(existsSync(join(dir, 'coatcheck.db-wal'))).toBe(false);
    const second = await start({ dir });
    const me = await createClient({ baseUrl: second.url }).GET('/me', { headers: { cookie } });
    expect(me).toMatchObject({ ok: true, data: { username: 'ada' } });
  });

  it('finishes what is under way when it is asked to stop, and takes no more', async () => {
    const server = await start();
    const under = Array.from({ length: 8 }, (_, at) => register(server.url, `ada${at}`));
    // The first answer shows that the others have arrived.
    await Promise.any(under);
    const stopped = server.stop();
    for (const answer of await Promise.all(under)) expect(answer.status).toBe(201);
    await stopped;
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow(TypeError);
    expect(server.log()).toContain('Coatcheck is closed');
  });

  it('still answers what comes on connections that are open, and takes itself out of the traffic', async () => {
    const server = await start();
    const ask = async (path: string) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n`);
      await once(socket, 'connect');
      return socket;
    };
    const [me, ready] = await Promise.all([ask('/me'), ask('/readyz')]);
    // An answer to a third shows that the halves of the first two have arrived.
    await fetch(`${server.url}/healthz`);
    const stopped = server.stop();
    while (!server.log().includes('sys_shutdown'))
      await once(server.process.stdout ?? server.process, 'data');
    const finish = async (socket: typeof me) => {
      socket.write('\r\n');
      return String(await socket.setEncoding('utf8').toArray());
    };
    expect(await finish(me)).toMatch(/^HTTP\/1.1 401 .*connection: close/s);
    expect(await finish(ready)).toMatch(/^HTTP\/1.1 503 .*\/problems\/unavailable/s);
    await stopped;
  });

  it('answers whatever was sent before it is asked to stop, on new connections and on open ones', async () => {
    const server = await start();
    const port = Number(new URL(server.home).port);
    const me = 'GET /me HTTP/1.1\r\nHost: x\r\n\r\n';
    const body = JSON.stringify({ username: 'nobody', password });
    const login = `POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    /** A client that keeps all it got, and what broke its connection. */
    const open = () => {
      const socket = connect(port, '127.0.0.1');
      const client = { socket, got: '', broke: '', closed: once(socket, 'close').catch(() => undefined) };
      socket.setEncoding('utf8').on('data', (chunk) => (client.got += chunk));
      socket.on('error', ({ message }) => (client.broke = message));
      return client;
    };
    const kept = Array.from({ length: 50 }, open);
    for (const { socket } of kept) socket.write(me);
    await Promise.all(kept.map(({ socket }) => once(socket, 'data')));
    for (const client of kept) client.got = '';
    const ahead = Array.from({ length: 50 }, open);
    await Promise.all(ahead.map(({ socket }) => once(socket, 'connect')));

    const asking = [...kept, ...ahead, ...Array.from({ length: 100 }, () => undefined)]
      // Shuffled, and alike in every run: 97 and 200 have no factor in common.
      .map((client, index) => ({ client, at: ((index * 97) % 200) * 1.25 }))
      .toSorted((a, b) => a.at - b.at);
    const started = performance.now();
    const clients = [];
    const sent = [];
    for (const [index, { client = open(), at }] of asking.entries()) {
      while (performance.now() - started < at) await new Promise(setImmediate);
      // Some keep the server busy.
      sent.push(new Promise((done) => client.socket.write(index % 4 ? me : login, done)));
      clients.push(client);
    }
    // In the kernel before the server is asked, however late this process had its turn.
    await Promise.all(sent);
    await server.stop();
    // Those that were answered before stay open until then.
    await Promise.all(clients.map(({ closed }) => closed));
    expect(
      clients.filter(({ got, broke }) => broke || !/^HTTP\/1.1 4/.test(got)).map(({ broke }) => broke),
    ).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'has a thread more than cores to hash on, and gives its event loop precedence over them',
    async () => {
      const { process: server } = await start({ env: { UV_THREADPOOL_SIZE: '1' } });
      const tasks = `/proc/${server.pid}/task`;
      // The name in brackets, and 16 fields behind it the niceness (proc_pid_stat(5)).
      const threads = readdirSync(tasks).map((id) =>
        /\((.*)\) (?:\S+ ){16}(\S+)/.exec(readFileSync(`${tasks}/${id}/stat`, 'utf8'))?.slice(1),
      );
      const nicenessOf = (name: string) =>
        threads.filter((thread) => thread?.[0] === name).map((of) => of?.[1]);
      expect(nicenessOf('MainThread')).toEqual(['0']);
      expect(nicenessOf('libuv-worker')).toEqual(Array(availableParallelism() + 1).fill('5'));
    },
  );

  it('answers what was sent behind other requests before it is asked to stop', async () => {
    const { home, log, stop } = await start();
    const body = JSON.stringify({ username: 'nobody', password });
    const login = `POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const answers = Array.from({ length: 3 }, () => {
      const socket = connect(Number(new URL(home).port), '127.0.0.1', () => socket.write(login.repeat(3)));
      return socket.setEncoding('utf8').toArray();
    });
    await pause(20);
    const stopped = stop();
    for (const answer of await Promise.all(answers))
      expect(answer.join('').match(/HTTP\/1.1 401/g)).toHaveLength(3);
    await stopped;
    expect(log()).not.toContain('"level":50');
  });

  it('is not held up by connections on which nothing is asked', async () => {
    const server = await start();
    const { port } = new URL(server.url);
    const silent = connect(Number(port), '127.0.0.1');
    onTestFinished(() => void silent.destroy());
    await once(silent, 'connect');
    const kept = await fetch(`${server.url}/healthz`, { headers: { connection: 'keep-alive' } });
    expect(kept.status).toBe(200);
    const started = performance.now();
    await server.stop();
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('writes an answer out to the end, however slowly it is read', async () => {
    const server = await start();
    const whole = await (await fetch(`${server.url}/openapi.json`)).text();
    const socket = connect({ port: Number(new URL(server.home).port), host: '127.0.0.1' });
    socket.write('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(400));
    let got = '';
    // A character may come in two pieces.
    socket.setEncoding('utf8').on('data', (chunk) => (got += chunk));
    await once(socket, 'data');
    socket.pause();
    const stopped = server.stop();
    await once(server.process.stdout ?? server.process, 'data');
    setTimeout(() => socket.resume(), 1_000);
    await once(socket, 'close');
    await stopped;
    const [, ...answers] = got.split('HTTP/1.1 ');
    expect(answers.length).toBeGreaterThan(1);
    const cut = answers.filter((answer) => !answer.endsWith(`\r\n\r\n${whole}`));
    expect(cut.map((answer) => answer.length)).toEqual([]);
  });

  it('goes at once when it is asked twice', async () => {
    const server = await startServer();
    const slow = request(`${server.url}/logout`, { method: 'POST', headers: { 'content-length': '10' } });
    slow.on('error', () => undefined);
    slow.write('{');
    await once(slow, 'socket').then(([socket]) => socket.connecting && once(socket, 'connect'));
    server.process.kill('SIGTERM');
    while (!server.log().includes('sys_shutdown'))
      await once(server.process.stdout ?? server.process, 'data');
    server.process.kill('SIGTERM');
    const started = performance.now();
    await once(server.process, 'exit');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('loses nothing it has acknowledged when it is killed, and starts again as if nothing had been', async () => {
    const dir = somewhere();
    const acknowledged = new Map<string, string>();
    const loggedOut: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const server = await startServer({ dir, env: { REGISTRATIONS_PER_HOUR: '1000' } });
      const people = Array.from({ length: 12 }, async (_, at) => {
        const name = `ada${round}-${at}`;
        const answer = await register(server.url, name);
        if (answer.status !== 201) return;
        const cookie = cookieOf(answer);
        acknowledged.set(name, cookie);
        if (at % 3) return;
        const left = await fetch(`${server.url}/logout`, { method: 'POST', headers: { cookie } });
        if (left.status === 204) loggedOut.push(name);
      });
      await Promise.any(people.slice(4 + round));
      server.process.kill('SIGKILL');
      await Promise.allSettled(people);
    }
    const client = createClient({ baseUrl: (await start({ dir })).url });
    expect(acknowledged.size).toBeGreaterThan(5);
    for (const [name, cookie] of acknowledged) {
      const me = await client.GET('/me', { headers: { cookie } });
      if (loggedOut.includes(name)) expect(me).toMatchObject({ problem: { reason: 'logged-out' } });
      else if (me.ok) expect(me.data.username).toBe(name);
      // A logout may have been written without its answer having got through.
      else expect(me.problem).toMatchObject({ reason: 'logged-out' });
    }
  });

  it('lets nothing that is asked with a copied cookie, however slowly, bring a logged-out session back', async () => {
    const { url } = await start();
    const cookie = cookieOf(await register(url, 'ada'));
    const body = JSON.stringify({ username: 'ada', password: 'not the right password' });
    const slow = request(`${url}/login`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    const answered = once(slow, 'response');
    slow.write(body.slice(0, 10));
    const out = await fetch(`${url}/logout`, { method: 'POST', headers: { cookie } });
    expect(out.status).toBe(204);
    slow.end(body.slice(10));
    const [answer] = await answered;
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
    const me = await createClient({ baseUrl: url }).GET('/me', { headers: { cookie } });
    expect(me).toMatchObject({ problem: { reason: 'logged-out' } });
  });

  it('keeps all that lets anyone in out of its database and its log', async () => {
    const dir = somewhere();
    const env = { PUBLIC_URL: 'https://id.example.com' };
    const server = await start({ dir, env: { ...env, LOG_LEVEL: 'trace' } });
    const origin = env.PUBLIC_URL;
    const client = createClient({ baseUrl: server.home });
    const registered = await client.POST('/register', {
      body: { username: 'ada', password },
      headers: { origin },
    });
    const ticket = /__Host-coatcheck=([\w-]{43})/.exec(
      registered.response.headers.get('set-cookie') ?? '',
    )?.[1];
    const headers = { origin, cookie: `__Host-coatcheck=${ticket}` };
    const options = await client.POST('/me/passkeys/options', { headers });
    const codes = await client.POST('/me/recovery-codes', { headers });
    const link = await client.POST('/me/device-links', { headers });
    const opening = await client.POST('/login/passkey/options', { headers: { origin } });
    if (!options.ok || !codes.ok || !link.ok || !opening.ok) throw new Error('A call was refused');
    const { passkey, response } = makePasskey(options.data, origin);
    await client.POST('/me/passkeys', { headers, body: { name: 'Phone', response } });
    const shown = showPasskey(opening.data, passkey);
    await client.POST('/login/passkey', { headers: { origin }, body: { response: shown } });
    const waiting = await client.POST('/login/passkey/options', { headers: { origin } });
    const [used = '', ...left] = codes.data.codes;
    const newPassword = 'gloves in the left pocket';
    const token = new URL(link.data.url).hash.slice(1);
    await client.POST('/links/open', { headers: { origin }, body: { token } });
    const recovery = { username: 'ada', code: used, newPassword };
    expect(await client.POST('/recover', { headers: { origin }, body: recovery })).toMatchObject({
      ok: true,
    });

    const secrets = [ticket, password, newPassword, token, used, ...left].flatMap((secret) => [
      secret ?? '',
      secret?.replaceAll('-', '') ?? '',
    ]);
    const challenges = [options.data, opening.data, ...(waiting.ok ? [waiting.data] : [])].map(
      ({ challenge }) => challenge,
    );
    const signatures = [shown.response.signature, response.response.clientDataJSON];
    const kept = ['coatcheck.db', 'coatcheck.db-wal'].map((file) => readFileSync(join(dir, file), 'latin1'));
    for (const place of [...kept, server.log()]) {
      for (const secret of [...secrets, ...challenges, ...signatures]) {
        expect(secret.length).toBeGreaterThan(15);
        expect(place).not.toContain(secret);
      }
    }
    expect(kept.join('')).toContain('$argon2id$');
    expect(kept.join('')).toContain('Phone');
  });
});

/** Sends bytes as they are; resolves with all that came back once the server has closed the connection. */
function talk(url: string, bytes: string): Promise<string> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('what is no proper request', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.stop());

  it.each([
    ['nonsense', 'HELLO\r\n\r\n', 400],
    ['a broken header', 'GET /me HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n', 400],
    ['two lengths', 'POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    [
      'length and chunks',
      'POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    ['no host', 'GET /me HTTP/1.1\r\n\r\n', 400],
    ['two hosts', 'GET /me HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n', 400],
    ['a version that is no text', 'GET /me HTTP/2.0\r\nHost: x\r\n\r\n', 400],
    ['no path', 'GET * HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['a path that begins with a star', 'GET *me HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['endless headers', `GET /me HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s is answered and the connection closed', async (_what, bytes, status) => {
    const answer = await talk(server.url, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('x-content-type-options: nosniff');
    expect(answer).not.toMatch(/at \w+ \(|node:/);
  });

  it.each([
    [431, '*/*', `GET / HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nCookie: ${'a'.repeat(20_000)}\r\n\r\n`],
    [
      431,
      'text/html',
      `GET / HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nCookie: ${'a'.repeat(200_000)}\r\n\r\n`,
    ],
    [400, 'text/html', 'GET / HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nbad header\r\n\r\n'],
  ])('is answered %d to who accepts %s with what to do', async (status, accept, bytes) => {
    const answer = await talk(server.url, bytes);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const what = status === 431 ? 'delete the cookies of this site' : 'not well-formed HTTP';
    expect(body).toContain(what);
    if (accept === 'text/html') {
      expect(head).toContain('content-type: text/html; charset=utf-8');
      expect(body).toMatch(/^<!doctype html>/);
    } else {
      expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', status });
    }
  });

  it('asks for the whole server, which OPTIONS alone may', async () => {
    const answer = await talk(server.url, 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 204 .*\r\nallow: .*DELETE/s);
  });
});

// Side by side: each waits for a limit of many seconds.
describe.concurrent('a request that never ends', () => {
  it('is cut off, in its headers or in its body', async ({ onTestFinished, expect }) => {
    const server = await startServer();
    onTestFinished(server.stop);
    const started = performance.now();
    const cutOff = async (bytes: string) => {
      const answer = await talk(server.url, bytes);
      return { answer, after: performance.now() - started };
    };
    const [headers, body] = await Promise.all([
      cutOff('GET /me HTTP/1.1\r\nHost: x\r\n'),
      cutOff(
        'POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
      ),
    ]);
    expect(headers.answer).toMatch(/^HTTP\/1.1 408 /);
    expect(headers.after).toBeLessThan(12_500);
    expect(body.answer).toMatch(/^HTTP\/1.1 408 /);
    expect(body.after).toBeLessThan(17_500);
  });

  it('keeps no server from closing in good order', async ({ onTestFinished, expect }) => {
    const server = await startServer();
    const slow = connect(Number(new URL(server.home).port), '127.0.0.1');
    onTestFinished(() => void slow.destroy());
    slow.on('error', () => undefined);
    slow.write('POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{');
    await once(slow, 'connect');
    await fetch(`${server.url}/healthz`);
    const started = performance.now();
    await server.stop();
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(server.log()).toContain('Coatcheck is closed');
  });
});

describe('the start', () => {
  const program = resolve(import.meta.dirname, '../apps/api/server.js');

  /** Starts it with settings that cannot work; answers how it ended. */
  function fail(env: Record<string, string>) {
    const { status, stderr, stdout } = spawnSync(process.execPath, [program], {
      env: { ...bareEnv, PORT: '0', DATABASE_URL: `sqlite:${join(somewhere(), 'coatcheck.db')}`, ...env },
      encoding: 'utf8',
      timeout: 10_000,
    });
    return { status, stderr, stdout };
  }

  it.each([
    ['PUBLIC_URL', { PUBLIC_URL: 'http://id.example.com' }],
    ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: '*' }],
    ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: 'http://app.example.com', PUBLIC_URL: 'https://id.example.com' }],
    ['SESSION_IDLE', { SESSION_IDLE: 'soon' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://db' }],
    ['HOST', { HOST: '192.0.2.1' }],
    ['HOST', { HOST: 'fe80::1' }],
  ])('is refused in one line that names %s', (name, env) => {
    const { status, stderr, stdout } = fail(env);
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^Coatcheck did not start. .*${name}.*\\n$`));
    expect(stdout).not.toContain('sys_startup');
  });

  it('says which port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const { status, stderr } = fail({ HOST: '127.0.0.1', PORT: String(port) });
    expect(status).toBe(1);
    expect(stderr).toBe(
      `Coatcheck did not start. PORT ${port} is in use. Stop the program that listens there, or set another PORT.\n`,
    );
  });

  it('says what is wrong with the database and leaves it alone', () => {
    const path = join(somewhere(), 'letter.txt');
    writeFileSync(path, 'Dear Ada, I left my coat.'.repeat(100));
    const before = readFileSync(path);
    const { status, stderr } = fail({ DATABASE_URL: `sqlite:${path}` });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Coatcheck did not start. DATABASE_URL: .*letter\.txt.*not a database.*\n$/);
    expect(readFileSync(path)).toEqual(before);
  });

  it('warns when other machines reach it without https, and of nothing else', async () => {
    const warned = (log: string) => log.split('\n').filter((line) => line.includes('"level":40'));
    const open = { HOST: '0.0.0.0' };
    const behind = { ...open, PUBLIC_URL: 'https://id.example.com', TRUSTED_PROXIES: '127.0.0.1' };
    const [alone, proxied] = await Promise.all([start({ env: open }), start({ env: behind })]);
    expect(warned(alone.log())).toEqual([expect.stringMatching(/"msg":"HOST is 0\.0\.0\.0, .*unencrypted/)]);
    expect(warned(proxied.log())).toEqual([]);
  });
});

describe('pnpm coatcheck password', () => {
  const cli = resolve(import.meta.dirname, '../apps/api/src/cli.ts');
  let dir: string;
  let server: RunningServer;
  let cookie: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'coatcheck-'));
    server = await startServer({ dir });
    cookie = cookieOf(await register(server.url, 'ada'));
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(dir, { recursive: true });
  });
  const run = (args: string[], input: string | Buffer) =>
    spawnSync(process.execPath, [cli, ...args], {
      env: { ...bareEnv, DATABASE_URL: `sqlite:${join(dir, 'coatcheck.db')}` },
      input,
      encoding: 'utf8',
    });

  it('sets a new one while the server runs, and ends all sessions of that account', async () => {
    const bea = cookieOf(await register(server.url, 'bea'));
    const client = createClient({ baseUrl: server.url });
    const me = await client.GET('/me', { headers: { cookie: bea } });
    const accountId = me.ok ? me.data.id : undefined;
    const done = run(['password', 'Bea'], 'a new umbrella this time\n');
    expect(done.status).toBe(0);
    const [database, event = ''] = done.stderr.split('\n');
    expect(database).toBe(`Database: sqlite:${join(dir, 'coatcheck.db')}. Address: http://localhost:3000.`);
    expect(JSON.parse(event)).toMatchObject({ event: 'authn_password_change', accountId });
    expect(done.stdout + done.stderr).not.toMatch(/umbrella|argon2/);
    expect(await client.GET('/me', { headers: { cookie: bea } })).toMatchObject({
      problem: { reason: 'revoked' },
    });
    expect(await client.GET('/me', { headers: { cookie } })).toMatchObject({ ok: true });
    const logIn = (password: string) => client.POST('/login', { body: { username: 'bea', password } });
    expect(await logIn(password)).toMatchObject({ problem: { type: '/problems/invalid-credentials' } });
    expect(await logIn('a new umbrella this time')).toMatchObject({ ok: true });
  });

  it.each([
    ['with a byte order mark', 'bom', '\ufeffa new umbrella this time\n'],
    ['with the line end of Windows', 'crlf', 'a new umbrella this time\r\n'],
    ['without a line end', 'no-line-end', 'a new umbrella this time'],
    [
      'decomposed and with a joiner',
      'joiner',
      'u\u0308ber the new\u200dumbrella\nignored',
      'über the new\u200dumbrella',
    ],
  ])(
    'takes what is piped in %s as people type it',
    async (_how, username, input, typed = 'a new umbrella this time') => {
      await register(server.url, username);
      expect(run(['password', username], input).status).toBe(0);
      const login = await createClient({ baseUrl: server.url }).POST('/login', {
        body: { username, password: typed },
      });
      expect(login).toMatchObject({ ok: true });
    },
  );

  describe('given what cannot be', () => {
    const longEnough = 'a new umbrella this time';
    it.each([
      [['password', 'nobody'], `${longEnough}\n`, /^There is no account named "nobody"\.$/m],
      [['password', 'ada'], 'short\n', /^Password must have 15 to 256 characters\. This one has 5\.$/m],
      [['password', 'ada'], 'passwordpassword\n', /^Choose a password that is harder to guess\./m],
      [['password', 'ada'], '', /^No password was given/m],
      [
        ['password', 'ada'],
        Buffer.from('a new ümbrella this time\n', 'latin1'),
        /^The password is not in UTF-8/m,
      ],
      [
        ['password', 'ada'],
        Buffer.from(`\ufeff${longEnough}\r\n`, 'utf16le'),
        /^The password is not in UTF-8/m,
      ],
      [
        ['password', 'ada'],
        Buffer.from(`${longEnough}\n`, 'utf16le'),
        /^The password has control characters/m,
      ],
      [
        ['password', 'ada'],
        Buffer.from(`${longEnough}\xed\xa0\x80\n`, 'latin1'),
        /^The password is not in UTF-8/m,
      ],
      [['password', 'ada'], `${longEnough}\ufffd\n`, /^The password is not in UTF-8/m],
      [['password', 'ada'], `${longEnough}\0\n`, /^The password has control characters/m],
      [['password', 'ada'], `${longEnough}\x1b[D\n`, /^The password has control characters/m],
      [['password', 'ada'], `${longEnough}\u009b\n`, /^The password has control characters/m],
      ...['\ufeff\ufeff', 'a\u2028', 'a\u2029', 'a\u202e', 'a\u2066', 'a\ufffe', 'a\u{1ffff}'].map(
        (begin): [string[], string, RegExp] => [
          ['password', 'ada'],
          `${begin}${longEnough}\n`,
          /^The password has characters that show nothing/m,
        ],
      ),
      [['password'], '', /^Usage: npx -y pnpm coatcheck \[COMMAND\]\n\nserve /],
      [['serve', '--in-front-of', ''], '', /^Usage: npx -y pnpm coatcheck \[COMMAND\]\n\nserve /],
      [['paswrd', 'ada'], '', /^Usage: npx -y pnpm coatcheck \[COMMAND\]\n\nserve /],
      ...[
        'add bea --link --link',
        'password ada --alone --alone',
        'link ada --expires 3d --expires=1h',
        'invite --expires 3d --expires 3d',
        'copy --from sqlite:a.db --from sqlite:b.db --to sqlite:c.db',
        'doctor --url http://localhost:1 --app http://localhost:2 --app http://localhost:3',
        '--in-front-of http://localhost:1 --in-front-of http://localhost:2',
      ].map((args): [string[], string, RegExp] => [
        args.split(' '),
        '',
        /^--[a-z-]+ is given more than once\. Give it once\.\n\nUsage: npx -y pnpm coatcheck \[COMMAND\]\n/,
      ]),
    ])('%j given %j changes nothing and says why', async (args, input, why) => {
      const refused = run(args, input);
      expect(refused.status).toBe(1);
      expect(refused.stderr).toMatch(why);
      expect(refused.stdout + refused.stderr).not.toContain('umbrella');
      const me = await createClient({ baseUrl: server.url }).GET('/me', { headers: { cookie } });
      expect(me).toMatchObject({ ok: true });
    });
  });

  it.each([
    ['--help', /^Usage: npx -y pnpm coatcheck \[COMMAND\]\n\nserve /],
    ['password --help', /^Usage: npx -y pnpm coatcheck \[COMMAND\]\n/],
    ['copy --help', /^Usage: npx -y pnpm coatcheck \[COMMAND\]\n/],
    ['--version', /^\d+\.\d+\.\d+\n$/],
  ])('answers %s and ends well', (args, answer) => {
    const { status, stdout, stderr } = run(args.split(' '), '');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(answer);
  });
});

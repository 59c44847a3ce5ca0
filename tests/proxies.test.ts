import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeDatabase } from '../apps/api/test/database.ts';
import { password } from './browser/person.ts';
import { blocksOf } from './markdown.ts';
import { startServer } from './server.ts';

const docs = resolve(import.meta.dirname, '../docs');
const tls = resolve(import.meta.dirname, '../apps/api/test/tls');
const certificate = join(tls, 'server.crt');
const key = join(tls, 'server.key');

/** The file from the docs with this machine's ports and certificate in place of the example's. */
const adapted = (file: string, replacements: [string, string][]) =>
  replacements.reduce(
    (text, [from, to]) => {
      expect(text).toContain(from);
      return text.replaceAll(from, to);
    },
    readFileSync(join(docs, file), 'utf8'),
  );

/** The lines for an app of one's own, which belong beside those for Coatcheck. */
const [linesForApp] = blocksOf('docs/use-from-your-app.md').filter(({ language }) => language === 'nginx');

const proxies: Record<string, (dir: string, port: number, behind: string[], app: string) => string[]> = {
  nginx(dir, port, [first = '', second = ''], app) {
    expect(linesForApp?.text).toContain('127.0.0.1:8080');
    const site = adapted('nginx.conf', [
      ['    location / {', `${linesForApp?.text.replace('127.0.0.1:8080', app)}    location / {`],
      ['127.0.0.1:3000', first],
      ['127.0.0.1:3001', second],
      ['listen 443', `listen 127.0.0.1:${port}`],
      ['id.example.com;', 'localhost;'],
      ['/etc/ssl/id.example.com.crt', certificate],
      ['/etc/ssl/id.example.com.key', key],
    ]);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const paths = temporary.map((name) => `${name}_temp_path ${dir}/${name};`).join(' ');
    writeFileSync(
      join(dir, 'nginx.conf'),
      `daemon off; worker_processes 1; pid ${dir}/pid; error_log stderr; events {}
       http { access_log off; ${paths} ${site} }`,
    );
    return ['-p', dir, '-c', join(dir, 'nginx.conf')];
  },
  caddy(dir, port, [first = '', second = '']) {
    const site = adapted('Caddyfile', [
      ['127.0.0.1:3000', first],
      ['127.0.0.1:3001', second],
      ['id.example.com {', `localhost:${port} {\n\ttls ${certificate} ${key}`],
    ]);
    writeFileSync(join(dir, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
    return ['run', '--adapter', 'caddyfile', '--config', join(dir, 'Caddyfile')];
  },
};

const isInstalled = (program: string) => spawnSync(program, ['-h']).error === undefined;

for (const [program, configure] of Object.entries(proxies)) {
  const why = isInstalled(program) ? '' : ` (${program} is not installed here)`;
  it.skipIf(why)(`${program} as in the docs hides nothing and nobody${why}`, async () => {
    const database = await makeDatabase();
    onTestFinished(async () => void (await database.empty()));
    const port = await freePort();
    const origin = `https://localhost:${port}`;
    const env = { DATABASE_URL: database.url, PUBLIC_URL: origin, TRUSTED_PROXIES: '127.0.0.1,::1' };
    const servers = [await startServer({ env }), await startServer({ env })];
    onTestFinished(async () => void (await Promise.all(servers.map((server) => server.stop()))));
    const ports = servers.map(({ home }) => new URL(home).port);

    const dir = mkdtempSync(join(tmpdir(), 'coatcheck-proxy-'));
    const args = configure(
      dir,
      port,
      ports.map((own) => `127.0.0.1:${own}`),
      await openApp(`http://127.0.0.1:${ports[0]}`),
    );
    const proxy = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, HOME: dir },
    });
    let said = '';
    proxy.stderr.on('data', (chunk) => {
      said += chunk;
    });
    onTestFinished(async () => {
      proxy.kill();
      if (proxy.exitCode === null) await once(proxy, 'exit');
      rmSync(dir, { recursive: true });
    });
    const ask = talkTo(port);
    await expect
      .poll(
        () =>
          ask('GET', '/readyz').then(
            (answer) => answer.status,
            () => said,
          ),
        { timeout: 10_000 },
      )
      .toBe(200);

    const made = await ask(
      'POST',
      '/register',
      { origin, 'x-forwarded-for': '203.0.113.7' },
      { username: 'ada', password },
    );
    expect(made.status, said).toBe(201);
    const [cookie = ''] = made.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^__Host-coatcheck=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const ticket = { cookie: cookie.split(';', 1)[0] ?? '' };
    // Whoever claims to come from elsewhere is not believed.
    const conversation = await ask('GET', '/session', { ...ticket, 'x-forwarded-for': '203.0.113.7' });
    expect(conversation.json()).toMatchObject({
      user: { username: 'ada' },
      session: { address: '127.0.0.1' },
    });
    if (program === 'nginx') {
      const seen = await ask('GET', '/app/', ticket);
      expect(seen.json()).toEqual({ username: 'ada', address: '127.0.0.1' });
      expect((await ask('GET', '/app/')).status).toBe(401);
    }
    const elsewhere = await ask('POST', '/logout', { ...ticket, origin: 'https://evil.example' });
    expect(elsewhere.status).toBe(403);

    // Each is replaced while people go on asking; nobody notices.
    const statuses = new Set<number | undefined>();
    for (const [at, server] of servers.entries()) {
      let replacing = true;
      const replaced = (async () => {
        await server.stop();
        servers[at] = await startServer({ env: { ...env, PORT: ports[at] ?? '' } });
        replacing = false;
      })();
      while (replacing) statuses.add((await ask('GET', '/me', ticket)).status);
      await replaced;
    }
    expect([...statuses]).toEqual([200]);
  });
}

/** Opens an app below /app/ that asks Coatcheck who sent a request. @returns its host and port */
async function openApp(coatcheck: string): Promise<string> {
  const app = createHttpServer(async ({ url, headers }, response) => {
    expect(url).toBe('/app/');
    const address = String(headers['x-forwarded-for']);
    const me = await fetch(`${coatcheck}/me`, {
      headers: { cookie: headers.cookie ?? '', 'x-forwarded-for': address },
    });
    const { username } = (await me.json()) as { username?: string };
    response.writeHead(me.status).end(JSON.stringify({ username, address }));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void app.close());
  await once(app, 'listening');
  return `127.0.0.1:${(app.address() as { port: number }).port}`;
}

function talkTo(port: number) {
  const agent = new Agent({ ca: readFileSync(certificate), keepAlive: true });
  onTestFinished(() => agent.destroy());
  return async (method: string, path: string, headers: Record<string, string> = {}, body?: object) => {
    const asked = request(`https://localhost:${port}${path}`, {
      agent,
      method,
      family: 4,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    });
    asked.end(body && JSON.stringify(body));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of answer) text += chunk;
    return { status: answer.statusCode, headers: answer.headers, json: () => JSON.parse(text) };
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

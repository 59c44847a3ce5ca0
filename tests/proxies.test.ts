import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { makeDatabase } from '../apps/api/test/database.ts';
import { freePort } from '../apps/api/test/free-port.ts';
import { password } from './browser/person.ts';
import { blocksOf } from './markdown.ts';
import { openProxy, type ProxyProgram, whyMissing } from './proxy.ts';
import { startServer } from './server.ts';

const files: Record<ProxyProgram, string> = { nginx: 'nginx.conf', caddy: 'Caddyfile' };

/** The lines for an app of one's own, which belong beside those for Coatcheck. */
const [linesForApp] = blocksOf('docs/use-from-your-app.md').filter(({ language }) => language === 'nginx');

for (const [program, file] of Object.entries(files) as [ProxyProgram, string][]) {
  const why = whyMissing(program);
  it.skipIf(why)(`${program} as in the docs hides nothing and nobody${why}`, async () => {
    const database = await makeDatabase();
    onTestFinished(async () => void (await database.empty()));
    const port = await freePort();
    const origin = `https://localhost:${port}`;
    const env = { DATABASE_URL: database.url, PUBLIC_URL: origin, TRUSTED_PROXIES: '127.0.0.1,::1' };
    const servers = [await startServer({ env }), await startServer({ env })];
    onTestFinished(async () => void (await Promise.all(servers.map((server) => server.stop()))));
    const ports = servers.map(({ home }) => new URL(home).port);

    const [first = '', second = ''] = ports.map((own) => `127.0.0.1:${own}`);
    const app = await openApp(`http://${first}`);
    expect(linesForApp?.text).toContain('127.0.0.1:8080');
    const withApp = `${linesForApp?.text.replace('127.0.0.1:8080', app)}    location / {`;
    const ask = await openProxy(program, port, {
      file,
      host: 'id.example.com',
      replacements: [
        ...(program === 'nginx' ? [['    location / {', withApp] as const] : []),
        ['127.0.0.1:3000', first],
        ['127.0.0.1:3001', second],
      ],
      readyPath: '/readyz',
    });

    const made = await ask(
      'POST',
      '/register',
      { origin, 'x-forwarded-for': '203.0.113.7' },
      { username: 'ada', password },
    );
    expect(made.status).toBe(201);
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
  const app = createServer(async ({ url, headers }, response) => {
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

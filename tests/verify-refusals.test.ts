import { once } from 'node:events';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { type AddressInfo, connect, createServer as createRelay, type Socket } from 'node:net';
import { expect, inject, it, onTestFinished } from 'vitest';
import { freePort } from '../apps/api/test/free-port.ts';
import { databasesAt } from '../apps/api/test/postgres.ts';
import { password } from './browser/person.ts';
import { openProxy, whyMissing } from './proxy.ts';
import { startServer } from './server.ts';

/** Asks for a page of the app with these headers. */
type Ask = (headers: OutgoingHttpHeaders) => Promise<{ status: number | undefined }>;

const files = { nginx: 'verify/nginx.conf', caddy: 'verify/Caddyfile' };
const missing = `${whyMissing('nginx')}${whyMissing('caddy')}`;

it(`an odd cookie and a database that does not answer lead nobody to the app, through nginx, Caddy and the gate${missing}`, async () => {
  let reached = 0;
  const app = await listen(
    createServer((_incoming, response) => {
      reached += 1;
      response.end();
    }),
  );
  const databases = databasesAt(inject('postgresPort'));
  const database = new URL(databases.url(await databases.create()));
  const cut = await openRelay(database);
  const port = await freePort();
  const server = await startServer({
    env: {
      DATABASE_URL: database.href,
      IN_FRONT_OF: `http://127.0.0.1:${app}`,
      PUBLIC_URL: `https://localhost:${port}/auth`,
      TRUSTED_PROXIES: '127.0.0.1,::1',
    },
  });
  onTestFinished(() => server.stop());
  const replacements = [
    ['127.0.0.1:3000', new URL(server.home).host],
    ['127.0.0.1:8080', `127.0.0.1:${app}`],
  ] as const;
  const ways: Record<string, Ask> = { gate: askGate(server.home) };
  for (const [program, at] of [
    ['nginx', port],
    ['caddy', await freePort()],
  ] as const) {
    if (whyMissing(program)) continue;
    const options = { file: files[program], host: 'example.com', replacements: [...replacements] };
    const ask = await openProxy(program, at, { ...options, readyPath: '/auth/readyz' });
    ways[program] = (headers) => ask('GET', '/notes', headers);
  }

  const made = await fetch(`${server.home}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'ada', password }),
  });
  const cookie = made.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  const name = cookie.split('=', 1)[0];
  const odd: Record<string, string | string[]> = {
    'twice in a line': `${cookie}; ${cookie}`,
    'twice in two lines': [cookie, cookie],
    'beside a made-up one': `${name}=made-up; ${cookie}`,
    malformed: `${cookie}x`,
    quoted: cookie.replace('=', '="').concat('"'),
    long: `${name}=${'a'.repeat(7_000)}`,
    'longer than a proxy takes': `${name}=${'a'.repeat(12_000)}`,
    'longer than the server takes': `${name}=${'a'.repeat(20_000)}`,
    'valid beside one that is longer than the server takes': `x=${'a'.repeat(20_000)}; ${cookie}`,
  };

  for (const [way, ask] of Object.entries(ways)) {
    reached = 0;
    expect((await ask({ cookie })).status, way).toBe(200);
    expect(reached, way).toBe(1);
    for (const [what, sent] of Object.entries(odd)) {
      expect((await ask({ cookie: sent })).status, `${way}, ${what}`).toBeGreaterThanOrEqual(400);
    }
    expect(reached, way).toBe(1);
  }
  reached = 0;
  await cut();
  for (const [way, ask] of Object.entries(ways)) {
    // auth_request makes 500 of what is neither 2xx nor 401 nor 403.
    expect((await ask({ cookie })).status, way).toBe(way === 'nginx' ? 500 : 503);
  }
  expect(reached).toBe(0);
});

async function listen(server: ReturnType<typeof createServer> | ReturnType<typeof createRelay>) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Puts itself between a server and its database, whose URL it changes. @returns a function that cuts them off for good */
async function openRelay(database: URL): Promise<() => Promise<void>> {
  const target = Number(database.port);
  const open = new Set<Socket>();
  const relay = createRelay((client) => {
    const onward = connect(target, database.hostname);
    for (const [one, other] of [
      [client, onward],
      [onward, client],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy()).pipe(other);
    }
  });
  database.port = String(await listen(relay));
  return async () => {
    relay.close();
    for (const socket of open) socket.destroy();
  };
}

const askGate =
  (home: string): Ask =>
  async (headers) => {
    const asked = request(`${home}/notes`, { headers, agent: false });
    asked.end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    return { status: answer.statusCode };
  };

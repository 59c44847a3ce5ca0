import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:tls';
import { expect, inject, it, onTestFinished } from 'vitest';
import { freePort } from '../apps/api/test/free-port.ts';
import { password } from './browser/person.ts';
import { type Echo, openEchoApp } from './echo-app.ts';
import { certificate } from './front.ts';
import { openProxy, type ProxyProgram, whyMissing } from './proxy.ts';
import { startServer } from './server.ts';

const files: Record<ProxyProgram, string> = { nginx: 'verify/nginx.conf', caddy: 'verify/Caddyfile' };

/** Names under which an app may believe who somebody is. */
const forged = [
  'Remote-User',
  'remote_user',
  'REMOTE-USER',
  'Remote.User',
  'Remote-User-Id',
  'Remote-Name',
  'Remote-Email',
  'Remote-Groups',
  'Remote-Roles',
  'X-Remote-User',
  'X_Remote_User',
  'X-Remote_User',
  'X-Remote-Name',
  'X-Auth-Request-User',
  'X-Auth-Request-Access-Token',
  'X-Auth_Request-Email',
  'X.Auth.Request.User',
  'X-Forwarded-User',
  'X-Forwarded-Email',
  'X-Forwarded_Groups',
  'x-forwarded-preferred-username',
  'X-Forwarded.User',
];

const page = { accept: 'text/html', 'sec-fetch-dest': 'document' };
/** Milliseconds that a long upload takes. */
const uploadMs = inject('isLong') ? 40_000 : 2_000;

for (const [program, file] of Object.entries(files) as [ProxyProgram, string][]) {
  const why = whyMissing(program);
  it.skipIf(why)(
    `${program} as in the docs lets nobody past to the app who is not logged in${why}`,
    async () => {
      const port = await freePort();
      const app = await openEchoApp();
      const home = `https://localhost:${port}/auth`;
      const server = await startServer({ env: { PUBLIC_URL: home, TRUSTED_PROXIES: '127.0.0.1,::1' } });
      onTestFinished(() => server.stop());
      const ask = await openProxy(program, port, {
        file,
        host: 'example.com',
        replacements: [
          ['127.0.0.1:3000', `127.0.0.1:${new URL(server.home).port}`],
          ['127.0.0.1:8080', `127.0.0.1:${app}`],
        ],
        readyPath: '/auth/readyz',
      });

      // A stranger.
      const sent = await ask('GET', '/notes?page=2&x=%2F', page);
      expect(sent.status).toBe(303);
      expect(sent.headers.location).toBe(`${home}/login?next=%2Fnotes%3Fpage%3D2%26x%3D%252F`);
      const refused = await ask('GET', '/notes', { 'sec-fetch-dest': 'empty', 'remote-user': 'ada' });
      expect([refused.status, refused.json().reason]).toEqual([401, 'no-cookie']);
      expect((await ask('POST', '/notes', page)).status).toBe(401);

      // A member, with everything that can be forged.
      const origin = new URL(home).origin;
      const made = await ask('POST', '/auth/register', { origin }, { username: 'ada', password });
      expect(made.status).toBe(201);
      const { id } = made.json();
      const [cookie = ''] = made.headers['set-cookie']?.[0]?.split(';') ?? [];
      const headers = Object.fromEntries(forged.map((name) => [name, ['eve', '']]));
      const cookies = `a=1; x${cookie.split('=')[0]}=2; ${cookie}; b=3`;
      const echo: Echo = (await ask('GET', '/authors?x=%2F', { ...headers, cookie: cookies })).json();
      expect(echo.path).toBe('/authors?x=%2F');
      const identity = identityHeaders(echo);
      expect(identity).toEqual([
        ['remote-user', 'ada'],
        ['remote-user-id', id],
      ]);
      expect(echo.rawHeaders).not.toContain('eve');
      // The ticket stays here.
      expect(echo.rawHeaders).toContain('a=1; x__Host-coatcheck=2; b=3');

      // A body of 50 MB, some of it late.
      const body = randomBytes(50_000_000);
      async function* slowly() {
        const parts = 10;
        for (let part = 0; part < parts; part += 1) {
          yield body.subarray((part * body.length) / parts, ((part + 1) * body.length) / parts);
          await pause(uploadMs / parts);
        }
      }
      const uploaded: Echo = (await ask('POST', '/notes', { cookie }, Readable.from(slowly()))).json();
      expect(uploaded).toMatchObject({
        method: 'POST',
        bytes: body.length,
        digest: createHash('sha256').update(body).digest('hex'),
      });

      // A WebSocket.
      expect(await talkOverWebSocket(port, cookie)).toEqual({ status: 101, said: 'coat' });
      expect((await talkOverWebSocket(port, '')).status).toBe(401);

      // The very next request.
      expect((await ask('POST', '/auth/logout', { cookie, origin })).status).toBe(204);
      const after = await ask('GET', '/notes', { cookie });
      expect([after.status, after.json().reason]).toEqual([401, 'logged-out']);
      expect((await talkOverWebSocket(port, cookie)).status).toBe(401);
    },
  );
}

/** @returns the headers that say who somebody is, whatever way they are written, in order. */
function identityHeaders({ rawHeaders }: Echo): [string, string][] {
  const pairs = rawHeaders.flatMap((name, at): [string, string][] =>
    at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? '']] : [],
  );
  return pairs
    .filter(([name]) => /^(remote|x.remote|x.auth|x.forwarded.(user|email|groups|preferred))/.test(name))
    .sort();
}

/** Opens a WebSocket (RFC 6455 section 4) and has four bytes sent back. */
async function talkOverWebSocket(port: number, cookie: string) {
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: readFileSync(certificate) });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect');
  socket.write(
    `GET /live HTTP/1.1\r\nHost: localhost:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n${cookie && `Cookie: ${cookie}\r\n`}\r\n`,
  );
  let received = '';
  const until = async (pattern: RegExp) => {
    while (!pattern.test(received)) received += (await once(socket, 'data'))[0];
    return pattern.exec(received)?.[1] ?? '';
  };
  const status = Number(await until(/^HTTP\/1\.1 (\d+)[\s\S]*\r\n\r\n/));
  if (status !== 101) return { status, said: '' };
  socket.write('coat');
  return { status, said: await until(/\r\n\r\n(coat)$/) };
}

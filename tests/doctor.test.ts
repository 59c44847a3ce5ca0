import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeDatabase, type TestDatabase } from '../apps/api/test/database.ts';
import { freePort } from '../apps/api/test/free-port.ts';
import { openEchoApp } from './echo-app.ts';
import { certificate, openFront } from './front.ts';
import { openProxy, whyMissing } from './proxy.ts';
import { bareEnv, type RunningServer, startServer } from './server.ts';

const cli = resolve(import.meta.dirname, '../apps/api/src/cli.ts');

/** Of all tests that set nothing. */
let plain: RunningServer;
let database: TestDatabase;
beforeAll(async () => {
  database = await makeDatabase();
  plain = await startServer({ env: { DATABASE_URL: database.url } });
});
afterAll(async () => {
  await plain?.stop();
  await database?.empty();
});

async function serve(env: Record<string, string> = {}) {
  const server = await startServer({ env });
  onTestFinished(() => server.stop());
  return server;
}

async function front(options: { secure?: boolean } = {}) {
  const opened = await openFront(options);
  onTestFinished(opened.close);
  return opened;
}

/** Runs it as whoever runs a server would. The causes are the names at the beginnings of its lines. */
async function doctor(args: string[], env: Record<string, string> = {}) {
  const options = { env: { ...bareEnv, NODE_EXTRA_CA_CERTS: certificate, ...env } };
  const { code, stdout, stderr } = await new Promise<{ code: number; stdout: string; stderr: string }>(
    (done) => {
      execFile(process.execPath, [cli, 'doctor', ...args], options, (error, stdout, stderr) => {
        done({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    },
  );
  const causes = [...stdout.matchAll(/^([a-z-]+): /gm)].map(([, cause]) => cause);
  // Whatever is found, no ticket is printed.
  expect(stdout + stderr).not.toMatch(/[\w-]{43}/);
  return { code, causes, stdout, stderr };
}

/** Runs a line of code before the program. */
const preload = (code: string) => `--import "data:text/javascript,${encodeURIComponent(code)}"`;

/** A name that leads to this machine and is not its own. */
const knowsAfar = `import dns from 'node:dns';
const lookup = dns.lookup;
dns.lookup = (name, ...rest) => lookup(name === 'id.example.test' ? '127.0.0.1' : name, ...rest);`;

const password = 'umbrella left by the door';

/** A ticket that somebody copied from a browser. */
async function ticketOf(url: string, username: string, path = '/register', ticket = ''): Promise<string> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `coatcheck=${ticket}` },
    body: JSON.stringify({ username, password }),
  });
  return /coatcheck=([\w-]{43})/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
}

describe('the doctor', () => {
  it('says who may register where that is not anyone', async () => {
    const invited = await serve({ REGISTRATION: 'invite' });
    const { code, stdout } = await doctor(['--url', invited.url]);
    expect(code).toBe(0);
    expect(stdout).toContain('People register by invitation: npx -y pnpm coatcheck invite makes one.');
    expect((await doctor(['--url', plain.url])).stdout).not.toContain('register');
  });

  it('finds a server below a path, and names a path that is stripped on the way', async () => {
    const { home } = await serve({ PUBLIC_URL: 'http://localhost:3000/auth' });
    const sound = await doctor(['--url', `${home}/auth/`, '--origin', 'http://localhost:3000']);
    expect([sound.code, sound.causes]).toEqual([0, ['credentials']]);
    expect(sound.stdout).toContain(`${home}/auth, for a page of http://localhost:3000`);
    const proxy = await front();
    proxy.to = [home];
    proxy.strips = '/auth';
    const stripped = await doctor(['--url', `http://localhost:${proxy.port}/auth`]);
    expect([stripped.code, stripped.causes]).toEqual([1, ['path']]);
    expect(stripped.stdout).toContain('Let the proxy pass the path on unchanged');
  });

  it('names the path that was left out, and the command with it, also where an app is at the address', async () => {
    const below = await serve({ PUBLIC_URL: 'http://localhost:3000/auth' });
    const inFront = await serve({ IN_FRONT_OF: `http://127.0.0.1:${await openEchoApp()}` });
    for (const { home } of [below, inFront]) {
      const { code, causes, stdout } = await doctor(['--url', home]);
      expect([code, causes]).toEqual([1, ['path']]);
      expect(stdout).toContain(`npx -y pnpm coatcheck doctor --url ${home}/auth\n`);
    }
    const { home } = below;
    const given = ['--origin', 'http://[::1]:5173/', '--app', "http://localhost:1/it?a=1&b=o'clock"];
    expect((await doctor(['--url', home, ...given])).stdout).toContain(
      `doctor --url ${home}/auth --origin 'http://[::1]:5173' --app 'http://localhost:1/it?a=1&b=o%27clock'\n`,
    );
    const same = ['--origin', home, '--app', `${home}/it's`];
    expect((await doctor(['--url', home, ...same])).stdout).toContain(
      `doctor --url ${home}/auth --app '${home}/it'\\''s'\n`,
    );
  });

  it('finds nothing where nothing is broken, and leaves nothing behind', async () => {
    const { url, log } = plain;
    const { code, causes, stdout } = await doctor(['--url', url]);
    expect([code, causes]).toEqual([0, []]);
    expect(stdout).toMatch(/^ok {7}Server answers$/m);
    expect(stdout).toMatch(/^ok {7}Client IP address is seen$/m);
    expect(stdout).toContain(`${url}/why`);
    expect(log()).toContain('"reason":"logged-out"');
  });

  it('says what it could not look at', async () => {
    const { url } = await serve();
    // From where the doctor asks, too.
    const aside = { method: 'PATCH', family: 4, localAddress: '127.0.0.77', agent: false };
    for (let n = 0; n < 60; n += 1) {
      const asking = request(`${url}/session`, { ...aside, headers: { 'content-type': 'application/json' } });
      const [answer] = await once(asking.end('{"likes":"cats"}'), 'response');
      expect(answer.statusCode).toBe(200);
      answer.resume();
    }
    const { stdout } = await doctor(['--url', url]);
    expect(stdout).toMatch(/^skipped {2}Cookie is set and sent back$/m);
    expect(stdout).toContain('Too many sessions without a login');
  });

  it('names what is left to the page where all that it can see is right: its credentials', async () => {
    const { url } = await serve({ ALLOWED_ORIGINS: 'http://localhost:5173' });
    const { code, causes, stdout } = await doctor(['--url', url, '--origin', 'http://localhost:5173']);
    expect([code, causes]).toEqual([0, ['credentials']]);
    expect(stdout).toContain('credentials: "include"');
    // And it is right: the same page's calls, with credentials and without.
    const cookie = `coatcheck=${await ticketOf(url, 'ada')}`;
    const headers = { origin: 'http://localhost:5173' };
    expect((await fetch(`${url}/me`, { headers: { ...headers, cookie } })).status).toBe(200);
    expect((await fetch(`${url}/me`, { headers })).status).toBe(401);
  });

  it('names a page that may change nothing, and what to set', async () => {
    const { code, causes, stdout } = await doctor(['--url', plain.url, '--origin', 'http://localhost:5173']);
    expect([code, causes]).toEqual([1, ['origin']]);
    expect(stdout).toMatch(/^FAIL {5}Origin is allowed$/m);
    expect(stdout).toContain('ALLOWED_ORIGINS');
  });

  it('names localhost against 127.0.0.1', async () => {
    const { url } = await serve({ ALLOWED_ORIGINS: 'http://127.0.0.1:5173' });
    expect((await doctor(['--url', url, '--origin', 'http://127.0.0.1:5173'])).causes).toEqual(['loopback']);

    const proxy = await front();
    const { home } = await serve({ PUBLIC_URL: `http://localhost:${proxy.port}` });
    proxy.to = [home];
    const { causes, stdout } = await doctor(['--url', `http://127.0.0.1:${proxy.port}`]);
    expect(causes).toEqual(['loopback']);
    expect(stdout).toContain('Use one name everywhere, localhost');
  });

  it('names a page of another site', async () => {
    const proxy = await front({ secure: true });
    const url = `https://localhost:${proxy.port}`;
    const { home } = await serve({ PUBLIC_URL: url, ALLOWED_ORIGINS: 'https://app.example.net' });
    proxy.to = [home];
    expect((await doctor(['--url', url, '--origin', 'https://app.example.net'])).causes).toEqual([
      'third-party',
    ]);
  });

  it('names a Secure cookie over http', async () => {
    const { home } = await serve({ PUBLIC_URL: 'https://id.example.com' });
    const afar = home.replace('localhost', 'id.example.test');
    const { causes, stdout } = await doctor(['--url', afar], { NODE_OPTIONS: preload(knowsAfar) });
    expect(causes).toEqual(['secure-over-http']);
    expect(stdout).toContain('Open https://id.example.com instead');
    // This machine itself counts as safe; there only the address is wrong.
    expect((await doctor(['--url', home])).causes).toEqual(['origin']);
  });

  it('names a PUBLIC_URL that says http behind a proxy that speaks https', async () => {
    const proxy = await front({ secure: true });
    proxy.to = [plain.home];
    const url = `https://localhost:${proxy.port}`;
    const { causes, stdout } = await doctor(['--url', url]);
    expect(causes).toEqual(['public-url-http']);
    expect(stdout).toContain(`PUBLIC_URL=${url}`);
    // As the docs show it.
    const shown = stdout.slice(stdout.indexOf('public-url-http: ')).replaceAll(url, 'https://id.example.com');
    expect(readFileSync(join(import.meta.dirname, '../docs/login-does-not-last.md'), 'utf8')).toContain(
      shown,
    );
    // Whoever's page calls.
    const { causes: forOthers } = await doctor(['--url', url, '--origin', 'https://localhost:5173']);
    expect(forOthers).toEqual(['public-url-http']);
  });

  it('names a proxy that is not trusted, and none that is', async () => {
    const proxy = await front({ secure: true });
    const url = `https://localhost:${proxy.port}`;
    const [hiding, telling] = await Promise.all([
      serve({ PUBLIC_URL: url }),
      serve({ PUBLIC_URL: url, TRUSTED_PROXIES: '127.0.0.1,::1' }),
    ]);
    proxy.to = [hiding.home];
    const { causes, stdout } = await doctor(['--url', url]);
    expect(causes).toEqual(['proxy']);
    expect(stdout).toContain('TRUSTED_PROXIES=');

    proxy.to = [telling.home];
    expect((await doctor(['--url', url])).causes).toEqual([]);
  });

  it('names a proxy that keeps cookies or permissions back', async () => {
    const proxy = await front();
    const url = `http://localhost:${proxy.port}`;
    const { home } = await serve({
      PUBLIC_URL: url,
      TRUSTED_PROXIES: '127.0.0.1,::1',
      ALLOWED_ORIGINS: 'http://localhost:5173',
    });
    proxy.to = [home];
    for (const header of ['set-cookie', 'cookie']) {
      proxy.drops = [header];
      expect((await doctor(['--url', url])).causes, header).toEqual(['cookie-lost']);
    }
    proxy.drops = ['access-control-allow-credentials'];
    expect((await doctor(['--url', url, '--origin', 'http://localhost:5173'])).causes).toEqual(['cors']);
  });

  it('names clocks that differ', async () => {
    const late = 'const now = Date.now; Date.now = () => now() - 3 * 60 * 60_000;';
    const { url } = await serve({
      NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(late)}"`,
    });
    const { causes, stdout } = await doctor(['--url', url]);
    expect(causes).toEqual(['clock']);
    expect(stdout).toContain('3 hours behind');
  });

  it('names processes that look into different databases', async () => {
    const proxy = await front();
    const env = { PUBLIC_URL: `http://localhost:${proxy.port}`, TRUSTED_PROXIES: '127.0.0.1,::1' };
    const [first, second] = await Promise.all([serve(env), serve(env)]);
    proxy.to = [first.home, second.home];
    expect((await doctor(['--url', env.PUBLIC_URL])).causes).toEqual(['databases']);
  });

  it('names why the session of a ticket is over', async () => {
    const { url } = plain;
    const look = async (TICKET: string) => (await doctor(['--url', url], { TICKET })).causes;
    const first = await ticketOf(url, 'ada');
    expect(await look(first)).toEqual([]);
    const second = await ticketOf(url, 'ada', '/login', first);
    expect(await look(first)).toEqual(['replaced']);
    const third = await ticketOf(url, 'ada', '/login');
    await fetch(`${url}/me/sessions`, { method: 'DELETE', headers: { cookie: `coatcheck=${third}` } });
    expect(await look(second)).toEqual(['revoked']);
    await fetch(`${url}/logout`, { method: 'POST', headers: { cookie: `coatcheck=${third}` } });
    expect(await look(third)).toEqual(['logged-out']);
    const elsewhere = await serve();
    expect(await look(await ticketOf(elsewhere.url, 'ada'))).toEqual(['unknown']);
    const guest = await fetch(`${url}/session`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"likes":"cats"}',
    });
    expect(
      await look(/coatcheck=([\w-]{43})/.exec(guest.headers.get('set-cookie') ?? '')?.[1] ?? ''),
    ).toEqual(['guest']);
  });

  it.each([
    ['expired-idle', ['idle_expires_at']],
    ['expired-absolute', ['idle_expires_at', 'expires_at']],
  ])('names a session that ended: %s', async (cause, limits) => {
    const TICKET = await ticketOf(plain.url, cause);
    const over = limits.map((limit) => `${limit} = ${Date.now() - 60_000}`).join();
    await database.query(
      `UPDATE sessions SET ${over}
       WHERE account_id = (SELECT id FROM accounts WHERE username = '${cause}')`,
    );
    expect((await doctor(['--url', plain.url], { TICKET })).causes).toEqual([cause]);
  });

  it('names what does not answer, and what is something else', async () => {
    const other = createServer((_request, response) => response.end('<h1>It works!</h1>'));
    await new Promise<void>((open) => {
      other.listen(0, open);
    });
    onTestFinished(() => void other.close());
    const url = `http://localhost:${(other.address() as AddressInfo).port}`;
    expect((await doctor(['--url', url])).causes).toEqual(['not-coatcheck']);

    other.close();
    await once(other, 'close');
    const { causes, stdout } = await doctor(['--url', url]);
    expect(causes).toEqual(['no-answer']);
    expect(stdout).toContain('ECONNREFUSED');
  });

  it('names what sends people on, takes not every call, or breaks off', async () => {
    const { home } = plain;
    const other = createServer((asked, response) => {
      const { pathname } = new URL(asked.url ?? '', home);
      if (pathname === '/session' && odd === 'redirect') {
        return response.writeHead(301, { location: 'https://id.example.com/session' }).end();
      }
      if (odd === 'breaks' && asked.method === 'POST') return asked.socket.destroy();
      if (odd === 'no PATCH' && asked.method === 'PATCH') return response.writeHead(405).end();
      fetch(home + asked.url, { method: asked.method ?? 'GET' }).then(async (answer) => {
        const type = answer.headers.get('content-type') ?? 'text/plain';
        response.writeHead(answer.status, { 'content-type': type }).end(await answer.text());
      });
    });
    let odd = 'redirect';
    await new Promise<void>((open) => {
      other.listen(0, open);
    });
    onTestFinished(() => {
      other.closeAllConnections();
      other.close();
    });
    const url = `http://localhost:${(other.address() as AddressInfo).port}`;
    const redirected = await doctor(['--url', url]);
    expect(redirected.causes).toEqual(['redirect']);
    expect(redirected.stdout).toContain('https://id.example.com');
    odd = 'breaks';
    expect((await doctor(['--url', url])).causes).toEqual(['no-answer']);
    odd = 'no PATCH';
    const refusing = await doctor(['--url', url]);
    expect([refusing.code, refusing.causes]).toEqual([1, ['not-coatcheck']]);
    expect(refusing.stdout).toContain('PATCH /session');
  });

  it('names a certificate that no browser takes', async () => {
    const proxy = await front({ secure: true });
    const { home } = await serve({ PUBLIC_URL: `https://localhost:${proxy.port}` });
    proxy.to = [home];
    const { causes, stdout } = await doctor(['--url', `https://localhost:${proxy.port}`], {
      NODE_EXTRA_CA_CERTS: '',
    });
    expect(causes).toEqual(['no-answer']);
    expect(stdout).toContain('valid for this name');
  });

  it.each([
    [[], 'doctor --url URL'],
    [['--url', 'id.example.com'], '--url is "id.example.com"'],
    [['--url', 'http://localhost:1', '--origin', '*'], '--origin is "*"'],
    [['--url', 'http://localhost:1', '--verbose'], 'doctor --url URL'],
  ])('explains itself when it is asked %j', async (args, explanation) => {
    const { code, stderr } = await doctor(args);
    expect(code).toBe(1);
    expect(stderr).toContain(explanation);
  });
});

describe('the doctor, of an app behind the login,', () => {
  /** An app that answers everybody alike. @returns its URL */
  async function openApp(status: number, headers: Record<string, string> = {}) {
    const app = createServer((_request, response) => response.writeHead(status, headers).end('Hello'));
    await new Promise<void>((open) => app.listen(0, 'localhost', open));
    onTestFinished(() => {
      app.closeAllConnections();
      app.close();
    });
    return `http://localhost:${(app.address() as AddressInfo).port}`;
  }

  const why = whyMissing('nginx');
  it.skipIf(why)(`finds nginx as in the docs sound, and a header that it forgets${why}`, async () => {
    const echo = await openEchoApp();
    /** @param forgets a line that the file has, and this nginx has not */
    async function behindNginx(forgets: [string, string][]) {
      const port = await freePort();
      const url = `https://localhost:${port}/auth`;
      const { home } = await serve({ PUBLIC_URL: url, TRUSTED_PROXIES: '127.0.0.1,::1' });
      await openProxy('nginx', port, {
        file: 'verify/nginx.conf',
        host: 'example.com',
        replacements: [
          ['127.0.0.1:3000', `127.0.0.1:${new URL(home).port}`],
          ['127.0.0.1:8080', `127.0.0.1:${echo}`],
          ...forgets,
        ],
        readyPath: '/auth/readyz',
      });
      const TICKET = await ticketOf(`${home}/auth`, 'ada');
      const app = `https://localhost:${port}/notes`;
      return { app, look: () => doctor(['--url', url, '--app', app], { TICKET }) };
    }

    const sound = await behindNginx([]);
    const { code, causes, stdout } = await sound.look();
    expect([code, causes]).toEqual([0, []]);
    for (const link of [
      'Login leads back to the app',
      'App asks for a login',
      'Forged identity headers are removed',
    ])
      expect(stdout).toMatch(new RegExp(`^ok {7}${link}$`, 'm'));
    expect(stdout).toContain('From another machine');

    const { app, look } = await behindNginx([['proxy_set_header X-Remote-User "";', '']]);
    const found = await look();
    expect([found.code, found.causes]).toEqual([1, ['forged']]);
    // As the docs show it.
    const shown = found.stdout
      .slice(found.stdout.indexOf('forged: '))
      .replaceAll(app, 'https://example.com/notes');
    const docs = readFileSync(join(import.meta.dirname, '../docs/login-does-not-last.md'), 'utf8');
    expect(docs).toContain(shown);
  });

  it('names an app that strangers reach, and whose pages the login does not lead to', async () => {
    const app = `http://localhost:${await openEchoApp()}/`;
    const { code, causes, stdout } = await doctor(['--url', plain.url, '--app', app]);
    expect([code, causes]).toEqual([1, ['next', 'app-open', 'forged']]);
    expect(stdout).toContain(
      'Remote-User; Remote-User, twice; remote_user; Remote.User; Remote-User-Id; X-Remote-User; X-Auth-Request-User; X-Forwarded-User.',
    );
    const { url } = await serve({ ALLOWED_ORIGINS: new URL(app).origin });
    const open = await doctor(['--url', url, '--app', app], {
      IN_FRONT_OF_ACCESS: 'everyone',
      IDENTITY_HEADER: 'X-Who',
    });
    expect(open.causes).toEqual(['forged']);
    expect(open.stdout).toContain('X-Who, twice');
  });

  it('says how to try by hand where the app shows nothing', async () => {
    const app = await openApp(303, { location: `${plain.url}/login?next=%2F` });
    const { url } = await serve({ ALLOWED_ORIGINS: app });
    // The way to another server's login is none to this one's.
    expect((await doctor(['--url', url, '--app', app])).causes).toEqual(['app-open']);
    const refusing = await openApp(401);
    const guarding = await serve({ ALLOWED_ORIGINS: refusing });
    const { code, stdout } = await doctor(['--url', guarding.url, '--app', refusing]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok {7}App asks for a login$/m);
    expect(stdout).toMatch(/^skipped {2}Forged identity headers are removed$/m);
    expect(stdout).toContain(`-H 'Remote-User: somebody-else' ${refusing}`);
  });

  it('names an app that does not answer, and tells no other host the ticket', async () => {
    const app = await openApp(502);
    const { url } = await serve({ ALLOWED_ORIGINS: app });
    const { causes, stdout } = await doctor(['--url', url, '--app', app]);
    expect(causes).toEqual(['no-answer']);
    expect(stdout).toContain(`${app} does not answer (502)`);

    const TICKET = await ticketOf(url, 'bea');
    const got: string[] = [];
    const listener = createServer((request, response) => {
      got.push(request.headers.cookie ?? '');
      response.end();
    });
    await new Promise<void>((open) => listener.listen(0, '127.0.0.1', open));
    onTestFinished(() => void listener.close());
    await doctor(['--url', url, '--app', `http://127.0.0.1:${(listener.address() as AddressInfo).port}`], {
      TICKET,
    });
    expect(got.length).toBeGreaterThan(8);
    expect(got.join('')).toBe('');
  });
});

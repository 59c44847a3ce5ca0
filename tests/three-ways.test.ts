import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../apps/api/test/free-port.ts';
import { password } from './browser/person.ts';
import { blocksOf } from './markdown.ts';
import { openProxy, whyMissing } from './proxy.ts';
import { startServer } from './server.ts';

// Two of the ways in which README.md says that an app learns who is asking. `packed-types.test.ts` runs the third, `whoIs`.

const why = whyMissing('caddy');

it('the gate stands in front of the app of README.md', async () => {
  const app = await startApp();
  const server = await startServer({ env: { IN_FRONT_OF: `http://localhost:${app}` } });
  onTestFinished(() => server.stop());
  const { origin } = new URL(server.url);
  const load = (headers: Record<string, string>) => fetch(origin, { headers });
  expect((await load({ 'remote-user': 'ada' })).status).toBe(401);
  const made = await fetch(`${origin}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'ada', password }),
  });
  const [cookie = ''] = made.headers.getSetCookie()[0]?.split(';') ?? [];
  expect(await (await load({ cookie, 'remote-user': 'bea' })).text()).toBe('Hello ada');
  await fetch(`${origin}/auth/logout`, { method: 'POST', headers: { cookie } });
  expect((await load({ cookie })).status).toBe(401);
});

it.skipIf(why)(`the Caddyfile of README.md stands in front of the app of README.md${why}`, async () => {
  const app = await startApp();
  const port = await freePort();
  const home = `https://localhost:${port}/auth`;
  const server = await startServer({ env: { PUBLIC_URL: home, TRUSTED_PROXIES: '127.0.0.1,::1' } });
  onTestFinished(() => server.stop());
  const file = join(temporaryFolder(), 'Caddyfile');
  writeFileSync(file, blockOf('caddyfile'));
  const ask = await openProxy('caddy', port, {
    file,
    host: 'example.com',
    replacements: [
      ['127.0.0.1:3000', `127.0.0.1:${new URL(server.home).port}`],
      // The app listens on `localhost`, which may be [::1].
      ['127.0.0.1:8080', `localhost:${app}`],
    ],
    readyPath: '/auth/readyz',
  });

  const page = { accept: 'text/html', 'sec-fetch-dest': 'document', 'remote-user': 'bea' };
  const stranger = await ask('GET', '/notes', page);
  expect([stranger.status, stranger.headers.location]).toEqual([303, `${home}/login?next=%2Fnotes`]);
  const { origin } = new URL(home);
  const made = await ask('POST', '/auth/register', { origin }, { username: 'ada', password });
  const [cookie = ''] = made.headers['set-cookie']?.[0]?.split(';') ?? [];
  const forged = { cookie, 'remote-user': 'bea', remote_user: 'bea', 'REMOTE-USER-ID': '1' };
  expect((await ask('GET', '/', forged)).text()).toBe('Hello ada');
  expect((await ask('POST', '/auth/logout', { cookie, origin })).status).toBe(204);
  expect((await ask('GET', '/', { cookie })).status).toBe(401);
});

/** @returns the block of README.md in a language. */
function blockOf(language: string): string {
  const [block] = blocksOf('README.md').filter((one) => one.language === language);
  if (!block) throw new Error(`README.md has no block of ${language}.`);
  return block.text;
}

function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'coatcheck-three-ways-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

/** Starts the app of README.md until the test is over. @returns its port */
async function startApp(): Promise<number> {
  const port = await freePort();
  const file = join(temporaryFolder(), 'app.mjs');
  writeFileSync(file, blockOf('js').replace('8080', String(port)));
  const app = spawn(process.execPath, [file], { stdio: ['ignore', 'inherit', 'inherit'] });
  onTestFinished(async () => {
    app.kill();
    await once(app, 'exit');
  });
  await expect
    .poll(() =>
      fetch(`http://localhost:${port}`)
        .then((answer) => answer.status)
        .catch(() => undefined),
    )
    .toBe(200);
  return port;
}

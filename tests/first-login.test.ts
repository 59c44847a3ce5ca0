import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../apps/api/test/free-port.ts';
import { password } from './browser/person.ts';
import { blocksOf } from './markdown.ts';
import { startServer } from './server.ts';

it('the page of docs/first-login.md knows who is logged in, at each step of the tutorial', async () => {
  const port = await freePort();
  const here = `http://localhost:${port}`;
  const dir = mkdtempSync(join(tmpdir(), 'coatcheck-first-login-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const server = await startServer({ dir, env: { ALLOWED_ORIGINS: here } });
  let isRunning = true;
  onTestFinished(async () => void (isRunning && (await server.stop())));

  const [page] = blocksOf('docs/first-login.md').filter(({ language }) => language === 'js');
  writeFileSync(
    join(dir, 'page.mjs'),
    (page?.text ?? '')
      .replaceAll('http://localhost:3000', server.url)
      .replaceAll('http://localhost:8080', here)
      .replaceAll('8080', String(port)),
  );
  const program = spawn(process.execPath, ['page.mjs'], {
    cwd: dir,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  onTestFinished(async () => {
    program.kill();
    await once(program, 'exit');
  });
  const load = async (cookie = '') => {
    const answer = await fetch(here, { headers: { cookie } });
    return { status: answer.status, text: await answer.text() };
  };
  await expect.poll(() => load().catch(() => undefined)).toMatchObject({ status: 401 });
  expect((await load()).text).toContain(`${server.url}/login?next=${encodeURIComponent(here)}`);

  const made = await fetch(`${server.url}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'ada', password }),
  });
  const [cookie] = (made.headers.getSetCookie()[0] ?? '').split(';');
  expect(await load(cookie)).toMatchObject({ status: 200, text: expect.stringContaining('Hello ada') });

  await fetch(`${server.url}/logout`, { method: 'POST', headers: { cookie: cookie ?? '' } });
  expect(await load(cookie)).toMatchObject({ status: 401, text: expect.stringContaining('Hello stranger') });

  await server.stop();
  isRunning = false;
  expect(await load(cookie)).toMatchObject({ status: 503 });
});

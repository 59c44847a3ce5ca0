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
  const dir = mkdtempSync(join(tmpdir(), 'coatcheck-first-login-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const [page] = blocksOf('docs/first-login.md').filter(({ language }) => language === 'js');
  writeFileSync(join(dir, 'page.mjs'), (page?.text ?? '').replace('8080', String(port)));
  const startApp = () =>
    spawn(process.execPath, ['page.mjs'], { cwd: dir, stdio: ['ignore', 'inherit', 'inherit'] });
  const stopApp = async () => {
    app.kill();
    await once(app, 'exit');
  };
  let app = startApp();
  onTestFinished(stopApp);
  const env = { IN_FRONT_OF: `http://localhost:${port}` };
  let server = await startServer({ dir, env });
  onTestFinished(() => server.stop());

  const load = async (headers: Record<string, string> = {}) => {
    const answer = await fetch(new URL('/', server.url), { headers, redirect: 'manual' });
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      text: await answer.text(),
    };
  };
  const asPage = { accept: 'text/html', 'sec-fetch-dest': 'document' };
  const login = expect.stringMatching(/\/auth\/login\?next=%2F$/);
  const hello = { status: 200, text: expect.stringContaining('Hello ada') };

  // 3. Register.
  expect(await load(asPage)).toMatchObject({ status: 303, location: login });
  const made = await post('/register', { username: 'ada', password });
  await expect.poll(() => load({ ...asPage, cookie: made })).toMatchObject(hello);

  // 4. See it know you.
  await post('/logout', undefined, made);
  expect(await load({ ...asPage, cookie: made })).toMatchObject({ status: 303, location: login });
  const cookie = await post('/login', { username: 'ada', password });
  expect(await load({ ...asPage, cookie })).toMatchObject(hello);
  await stopApp();
  expect(await load({ ...asPage, cookie })).toMatchObject({ status: 502 });
  app = startApp();
  await expect.poll(() => load({ ...asPage, cookie })).toMatchObject(hello);
  await server.stop();
  server = await startServer({ dir, env });
  expect(await load({ ...asPage, cookie })).toMatchObject(hello);
  expect(await load({ 'remote-user': 'ada' })).toMatchObject({ status: 401 });

  /** Calls the API of Coatcheck. @returns the cookie that it sets */
  async function post(path: string, body?: object, sent = ''): Promise<string> {
    const answer = await fetch(new URL(`/auth${path}`, server.url), {
      method: 'POST',
      headers: { cookie: sent, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  }
});

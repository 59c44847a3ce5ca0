import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
// Vitest stands on the same Vite that apps/web is built with, and hands it on.
import { createViteServer } from 'vitest/node';
import { startServer } from '../server.ts';
import { openBrowser } from './browser.ts';
import { visit } from './house.ts';
import { arrived, register, tryLogIn } from './person.ts';

const root = resolve(import.meta.dirname, '../../apps/web');

let http: Server;
let origin: string;
let vite: Awaited<ReturnType<typeof createViteServer>>;
let api: Awaited<ReturnType<typeof startServer>>;
let browser: Browser;

// Page and API each need to know the other's address: the page's port is opened before either of them starts.
beforeAll(async () => {
  http = createServer((request, response) => vite.middlewares(request, response));
  await new Promise<void>((listening) => http.listen(0, 'localhost', listening));
  origin = `http://localhost:${(http.address() as AddressInfo).port}`;
  [api, browser] = await Promise.all([startServer({ env: { ALLOWED_ORIGINS: origin } }), openBrowser()]);
  vi.stubEnv('VITE_API_URL', api.url);
  vite = await createViteServer({
    root,
    configFile: resolve(root, 'vite.config.ts'),
    logLevel: 'error',
    server: { middlewareMode: true, ws: { server: http } },
  });
});
afterAll(async () => {
  await Promise.all([browser.close(), vite.close()]);
  http.closeAllConnections();
  await Promise.all([new Promise((closed) => http.close(closed)), api.stop()]);
});

describe('a page of another origin that the server allows', () => {
  it('logs in, and is known to the API after a reload', async () => {
    const { page, complaints } = await visit(browser, origin);
    await register(page, 'ada');
    await page.getByRole('button', { name: 'Log out' }).click();
    await arrived(page, 'You are not logged in');

    await page.goto('/login');
    await tryLogIn(page, 'ada', 'not the right one');
    await page.getByText('Username or password is not right. Check both and try again').first().waitFor();
    await tryLogIn(page, 'ada');
    await arrived(page, 'Logged in as ada');
    const [cookie] = await page.context().cookies(api.url);
    expect(cookie).toMatchObject({ name: 'coatcheck', httpOnly: true, sameSite: 'Lax' });

    await page.reload();
    await arrived(page, 'Logged in as ada');
    const me = await page.evaluate(
      async (url) => (await fetch(`${url}/me`, { credentials: 'include' })).json(),
      api.url,
    );
    expect(me).toMatchObject({ username: 'ada' });
    expect(complaints).toEqual([]);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { openElsewhere } from './elsewhere.ts';
import { visit } from './house.ts';
import { arrived, register, tryLogIn } from './person.ts';

let elsewhere: Awaited<ReturnType<typeof openElsewhere>>;
let browser: Browser;
beforeAll(async () => {
  [elsewhere, browser] = await Promise.all([openElsewhere('localhost'), openBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), elsewhere?.close()]));

describe('a page of another origin that the server allows', () => {
  it('logs in, and is known to the API after a reload', async () => {
    const { page, complaints } = await visit(browser, `http://localhost:${elsewhere.port}`);
    await register(page, 'ada');
    await page.getByRole('button', { name: 'Log out' }).click();
    await arrived(page, 'You are logged out');

    await page.goto('/login');
    await tryLogIn(page, 'ada', 'not the right one');
    await page.getByText('Wrong username or password. Check both and try again').first().waitFor();
    await tryLogIn(page, 'ada');
    await arrived(page, 'Logged in as ada');
    const [cookie] = await page.context().cookies(elsewhere.api);
    expect(cookie).toMatchObject({ name: 'coatcheck', httpOnly: true, sameSite: 'Lax' });

    await page.reload();
    await arrived(page, 'Logged in as ada');
    const me = await page.evaluate(
      async (url) => (await fetch(`${url}/me`, { credentials: 'include' })).json(),
      elsewhere.api,
    );
    expect(me).toMatchObject({ username: 'ada' });
    expect(complaints).toEqual([]);
  });
});

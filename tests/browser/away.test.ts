import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../server.ts';
import { openHouse } from './house.ts';
import { arrived, interceptOnce, password, pathIs, register, tryLogIn } from './person.ts';

const noAnswer = 'No answer. Check your connection and try again.';

const house = openHouse();

describe('when the server goes away and comes back', () => {
  /** A server that can be taken away, and a page of it that is never loaded anew. */
  async function open() {
    const dir = mkdtempSync(join(tmpdir(), 'coatcheck-'));
    let server = await startServer({ dir });
    const { url } = server;
    const { page } = await house.visit({ baseURL: url });
    onTestFinished(async () => {
      await server.stop();
      rmSync(dir, { recursive: true });
    });
    return {
      page,
      goAway: () => server.stop(),
      async comeBack() {
        server = await startServer({ dir, env: { PORT: new URL(url).port } });
      },
    };
  }
  const mark = (page: Page) => page.evaluate(() => Object.assign(window, { sameAsEver: true }));
  const isSame = (page: Page) => page.evaluate(() => 'sameAsEver' in window);

  it('nothing typed is lost, and registering, logging out and logging in end well', async () => {
    const { page, goAway, comeBack } = await open();
    await page.goto('/register');
    await mark(page);
    await page.getByLabel('Username').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await goAway();
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText(noAnswer).waitFor();
    await expect.poll(() => page.getByLabel('Username').inputValue()).toBe('ada');
    await expect.poll(() => page.getByLabel('Password', { exact: true }).inputValue()).toBe(password);
    await comeBack();
    await page.getByRole('button', { name: 'Register' }).click();
    await arrived(page, 'You are registered, ada');

    await goAway();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('alert').getByText(noAnswer).waitFor();
    await arrived(page, 'You are registered, ada');
    await comeBack();
    await page.getByRole('button', { name: 'Log out' }).click();
    await arrived(page, 'You are logged out');

    await page.getByRole('link', { name: 'Log in again' }).click();
    await goAway();
    await tryLogIn(page, 'ada');
    await page.getByText(noAnswer).waitFor();
    await expect.poll(() => page.getByLabel('Password', { exact: true }).inputValue()).toBe(password);
    await comeBack();
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await arrived(page, 'Logged in as ada');
    expect(await isSame(page)).toBe(true);
  });

  it('a page that could show nothing shows it by itself', async () => {
    const { page, goAway, comeBack } = await open();
    await register(page, 'ada');
    await mark(page);
    await goAway();
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('This may be out of date.').waitFor();
    await comeBack();
    await page.getByText('This may be out of date.').waitFor({ state: 'detached' });
    await arrived(page, 'You are registered, ada');
    expect(await isSame(page)).toBe(true);
  });
});

describe('an answer that was lost on its way', () => {
  /** The server does it, and nobody hears. */
  const loseAnswer = (page: Page, path: string) =>
    interceptOnce(page, `POST ${path}`, async (route) => {
      await route.fetch();
      await route.abort();
    });

  it('to a registration: the name is taken, and may be logged in with', async () => {
    const { page } = await house.visit();
    await page.goto('/register?next=%2Faccount');
    await page.getByLabel('Username').fill('Lost-Ada');
    await page.getByLabel('Password', { exact: true }).fill(password);
    // As without the cookie that came with the answer.
    await interceptOnce(page, 'POST /register', async (route) => {
      await fetch(`${house.url}/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: route.request().postData(),
      });
      await route.abort();
    });
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText(noAnswer).waitFor();
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('link', { name: 'Log in as lost-ada' }).click();
    await arrived(page, 'Log in');
    await expect.poll(() => page.getByLabel('Username').inputValue()).toBe('Lost-Ada');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await arrived(page, 'Your account');
  });

  it('to a login or a logout: the page finds out by itself', async () => {
    const { page } = await house.visit();
    await register(page, 'unheard');
    await loseAnswer(page, '/logout');
    await page.getByRole('button', { name: 'Log out' }).click();
    await arrived(page, 'You are logged out');
    await page.goto('/login');
    await loseAnswer(page, '/login');
    await tryLogIn(page, 'unheard');
    await arrived(page, 'Logged in as unheard');
  });
});

describe('a session that ends', () => {
  it('in the middle of something is begun again in place', async () => {
    const { page } = await house.visit();
    await register(page, 'midway');
    // A page that makes no calls of its own.
    await page.goto('/account');
    await arrived(page, 'Your account');
    const [cookie] = await page.context().cookies();
    // Somebody with the same cookie gets a newer ticket, which never comes here.
    await fetch(`${house.url}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: `${cookie?.name}=${cookie?.value}` },
      body: JSON.stringify({ username: 'midway', password }),
    });
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/session')) asked += 1;
    });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await arrived(page, 'Log in');
    // Not believed before it was asked once more. What the page had on its way is refused, and asks as well.
    expect(asked).toBeGreaterThanOrEqual(2);
    await page.getByText(/^A newer ticket took the place of this browser’s/).waitFor();
    await pathIs(page, '/account');
    await expect.poll(() => page.getByLabel('Username').inputValue()).toBe('midway');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await arrived(page, 'Your account');
  });

  it('is told of before, and may be put off from any tab', async () => {
    const { page } = await house.visit();
    await page.clock.install();
    await register(page, 'dozing');
    const other = await page.context().newPage();
    await other.goto('/');
    await arrived(other, 'Logged in as dozing');
    const tabs = [page, other];
    const asked: string[] = [];
    for (const tab of tabs) tab.on('request', (request) => asked.push(new URL(request.url()).pathname));
    // One clock for all tabs.
    await page.clock.runFor(117 * 60_000);
    for (const tab of tabs) expect(await tab.getByRole('button', { name: 'Stay logged in' }).count()).toBe(0);
    await page.clock.runFor(2 * 60_000);
    for (const tab of tabs) {
      await tab
        .getByRole('region', { name: 'Your session' })
        .getByText(/^You will be logged out at/)
        .waitFor();
    }
    expect(asked).toEqual([]);
    // The server's clock cannot be turned from here: its answer is moved to where the page's clock stands.
    await page.route('**/session', async (route) => {
      const answer = await route.fetch();
      const later = (time: string) => new Date(Date.parse(time) + 119 * 60_000).toISOString();
      const { now, session, ...rest } = await answer.json();
      const idleExpiresAt = later(session.idleExpiresAt);
      await route.fulfill({ json: { ...rest, now: later(now), session: { ...session, idleExpiresAt } } });
    });
    await page.getByRole('button', { name: 'Stay logged in' }).click();
    for (const tab of tabs) {
      await tab.getByRole('button', { name: 'Stay logged in' }).waitFor({ state: 'detached' });
    }
    expect(asked).toEqual(['/session']);
  });

  it('by its limit is over on this page without a question that could renew it', async () => {
    const { page } = await house.visit();
    await page.clock.install();
    await register(page, 'asleep');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.clock.runFor(121 * 60_000);
    await arrived(page, 'You are not logged in');
    await page.getByText('Logged out after 2 hours without use.').waitFor();
    expect(asked).toEqual([]);
  });
});

describe('a form that is being filled in', () => {
  it('stays when another tab logs in', async () => {
    const { page } = await house.visit();
    const other = await page.context().newPage();
    await page.goto('/register');
    await page.getByLabel('Username').fill('half-way');
    await register(other, 'quicker');
    await page.getByText('You have logged in as quicker in another tab.').waitFor();
    await expect.poll(() => page.getByLabel('Username').inputValue()).toBe('half-way');
    await page.getByRole('link', { name: 'Continue' }).click();
    await arrived(page, 'Logged in as quicker');
  });

  it('tells of Caps Lock in a password', async () => {
    const { page } = await house.visit();
    await page.goto('/login');
    const field = page.getByLabel('Password', { exact: true });
    await field.focus();
    await field.evaluate((input) =>
      input.dispatchEvent(new KeyboardEvent('keyup', { key: 'A', bubbles: true, modifierCapsLock: true })),
    );
    await page.getByText('Caps Lock is on.').waitFor();
    await field.evaluate((input) =>
      input.dispatchEvent(new KeyboardEvent('keyup', { key: 'a', bubbles: true })),
    );
    await page.getByText('Caps Lock is on.').waitFor({ state: 'detached' });
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeDatabase } from '../../apps/api/test/database.ts';
import { openFront } from '../front.ts';
import { type RunningServer, startServer } from '../server.ts';
import { installVersion, type Version } from '../versions.ts';
import { openBrowser } from './browser.ts';
import { visit } from './house.ts';
import { arrived, password, tryLogIn } from './person.ts';

let browser: Browser;
let old: Version;
let next: Version;
beforeAll(async () => {
  browser = await openBrowser();
  old = await installVersion('old');
  next = await installVersion('new');
});
afterAll(() => browser?.close());

/** An address of one's own, behind which versions come and go over one database. */
async function openPlace() {
  const database = await makeDatabase();
  const front = await openFront();
  const running = new Set<RunningServer>();
  onTestFinished(async () => {
    front.close();
    await Promise.all([...running].map((server) => server.stop()));
    await database.empty();
  });
  const url = `http://localhost:${front.port}`;
  const env = { DATABASE_URL: database.url, PUBLIC_URL: url };
  return {
    url,
    async start({ program }: Version) {
      const server = await startServer({ env, program });
      running.add(server);
      front.to = [...running].map(({ home }) => home);
      return {
        async stop() {
          running.delete(server);
          front.to = [...running].map(({ home }) => home);
          await server.stop();
        },
      };
    },
    forgetShelf: () => database.query('DELETE FROM assets'),
    async visit() {
      const { page, complaints } = await visit(browser, url);
      onTestFinished(() => page.context().close());
      return { page, complaints };
    },
  };
}

/** Of which builds the parts are that a page has. */
const parts = (page: Page) => page.evaluate(() => (globalThis as { parts?: string[] }).parts);

/** Makes an account, from anywhere. */
const register = (url: string, username: string) =>
  fetch(`${url}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });

describe('while one version takes the place of another', () => {
  it('every visit shows the page, whichever process answers for which part of it', async () => {
    const place = await openPlace();
    await Promise.all([place.start(old), place.start(next)]);
    const seen = new Set<string>();
    for (let n = 0; n < 10; n += 1) {
      const { page, complaints } = await place.visit();
      await page.goto(n % 2 ? '/conversation' : '/login');
      await arrived(page, n % 2 ? 'The conversation' : 'Log in');
      const [first, ...others] = (await parts(page)) ?? [];
      expect(others.every((part) => part === first)).toBe(true);
      seen.add(first ?? '');
      expect(complaints).toEqual([]);
    }
    // The front takes them in turns, so that both were asked for all of it.
    expect([...seen].sort()).toEqual(['new', 'old']);
  });

  it('a tab from before logs in and goes on, without being loaded anew', async () => {
    const place = await openPlace();
    const before = await place.start(old);
    const { page, complaints } = await place.visit();
    await page.goto('/login');
    await arrived(page, 'Log in');
    await register(place.url, 'ada');
    await place.start(next);
    await before.stop();
    await tryLogIn(page, 'ada');
    await arrived(page, 'Logged in as ada');
    await page.getByRole('link', { name: 'Your account', exact: true }).first().click();
    await arrived(page, 'Your account');
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await arrived(page, 'Dein Konto');
    expect(await parts(page)).toEqual(['old', 'old', 'old']);
    expect(complaints).toEqual([]);
  });

  it('a build in the folder of a process that runs changes nothing for its visitors', async () => {
    const place = await openPlace();
    const version = await installVersion('old');
    await place.start(version);
    await version.build('new');
    await place.forgetShelf();
    const { page } = await place.visit();
    await page.goto('/conversation');
    await arrived(page, 'The conversation');
    expect(await parts(page)).toEqual(['old', 'old']);
    const icon = await page.evaluate(() => fetch('/favicon.svg').then(({ status }) => status));
    expect(icon).toBe(200);
  });
});

describe('a part of the page that cannot be fetched', () => {
  /** A page whose parts of this name are gone, and how often it was loaded. */
  async function openWithout(name: string, path: string) {
    const place = await openPlace();
    await place.start(old);
    await register(place.url, 'ada');
    const { page, complaints } = await place.visit();
    const loads: string[] = [];
    page.on('request', (request) => {
      if (request.isNavigationRequest()) loads.push(new URL(request.url()).pathname);
    });
    let gone = true;
    await page.route(`**/assets/**/${name}-*.js`, (route) =>
      gone ? route.fulfill({ status: 404 }) : route.fallback(),
    );
    await page.goto(path);
    return {
      page,
      complaints,
      loads,
      comeBack: () => {
        gone = false;
      },
    };
  }

  it('and was fetched ahead breaks nothing; once it is needed, the page is loaded anew', async () => {
    const { page, complaints, loads, comeBack } = await openWithout('Account', '/login');
    await tryLogIn(page, 'ada');
    await arrived(page, 'Logged in as ada');
    await page.getByRole('link', { name: 'See how it works' }).click();
    await arrived(page, 'The conversation');
    expect(loads).toEqual(['/login']);
    page.on('request', (request) => request.isNavigationRequest() && comeBack());
    await page.getByRole('link', { name: /^Your account: / }).click();
    await arrived(page, 'Your account');
    expect(loads).toEqual(['/login', '/account']);
    expect(complaints).toEqual([]);
  });

  it('after that, too, is told of, without a loop', async () => {
    const { page, loads, comeBack } = await openWithout('Conversation', '/conversation');
    await arrived(page, 'Reload this page to continue');
    expect(loads).toEqual(['/conversation', '/conversation']);
    await page.reload();
    await arrived(page, 'Reload this page to continue');
    expect(loads.length).toBe(3);
    comeBack();
    await page.getByRole('link', { name: 'Reload the page' }).click();
    await arrived(page, 'The conversation');
  });

  it('costs nothing that was typed', async () => {
    const { page, loads, comeBack } = await openWithout('de', '/login');
    await page.getByLabel('Username').fill('ada');
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await page.getByText(/What you typed stays until you reload/).waitFor();
    await expect.poll(() => page.getByLabel('Username').inputValue()).toBe('ada');
    expect(loads).toEqual(['/login']);
    comeBack();
    await page.getByRole('link', { name: 'Reload the page' }).click();
    await arrived(page, 'Anmelden');
  });

  it('for want of a connection keeps the page, and comes when it is back', async () => {
    const { page, loads } = await openWithout('nothing', '/');
    await arrived(page, 'You are not logged in');
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'See how it works' }).click();
    await page.getByText('No answer. Check your connection. Retrying automatically.').waitFor();
    await page.context().setOffline(false);
    // The browser keeps in mind what it could not import, so the page is loaded anew once that can work.
    await arrived(page, 'The conversation');
    expect(loads).toEqual(['/', '/conversation']);
  });
});

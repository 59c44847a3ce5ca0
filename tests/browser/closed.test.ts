import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeDatabase, type TestDatabase } from '../../apps/api/test/database.ts';
import { bareEnv, type RunningServer, startServer } from '../server.ts';
import { openBrowser } from './browser.ts';
import { visit } from './house.ts';
import { arrived, password, tryLogIn } from './person.ts';

const contact = 'help@harbour.example';
const cli = resolve(import.meta.dirname, '../../apps/api/src/cli.ts');
let database: TestDatabase;
let server: RunningServer;
let open: RunningServer;
let browser: Browser;
beforeAll(async () => {
  database = await makeDatabase();
  const env = { DATABASE_URL: database.url, HOUSE_NAME: 'Harbour Wiki', HOUSE_CONTACT: contact };
  [server, open, browser] = await Promise.all([
    startServer({ env: { ...env, REGISTRATION: 'closed' } }),
    startServer({ env }),
    openBrowser(),
  ]);
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop(), open?.stop()]);
  await database?.empty();
});

/** Everything that a page offers to press which speaks of registering. */
const waysToRegister = (page: Page) =>
  page
    .locator('a, button')
    .filter({ hasText: /register|registrier/i })
    .or(page.locator('a[href*="/register"]'));

describe('where registration is closed', () => {
  it('the page says whom to ask, in both languages, and leads to the login and on', async () => {
    const { page, complaints } = await visit(browser, server.url);
    await page.goto('/register?next=%2Faccount%2Fsessions');
    await arrived(page, 'Registration is closed');
    expect(await page.locator('form').count()).toBe(0);
    const main = page.getByRole('main');
    await main.getByText('The operator of this site makes the accounts. Ask for yours.').waitFor();
    expect(await main.getByRole('link', { name: contact }).getAttribute('href')).toBe(`mailto:${contact}`);
    await page
      .getByRole('button', { name: 'Deutsch' })
      .or(page.getByRole('link', { name: 'Deutsch' }))
      .click();
    await arrived(page, 'Registrieren ist hier nicht möglich');
    await main.getByText('Konten vergibt hier, wer diese Seite betreibt.').waitFor();
    await main.getByRole('link', { name: 'Anmelden' }).click();
    await arrived(page, 'Bei Harbour Wiki anmelden');
    expect(new URL(page.url()).searchParams.get('next')).toBe('/account/sessions');
    expect(complaints).toEqual([]);
  });

  it.each(['/', '/login', '/conversation', '/why', '/nowhere'])(
    '%s leads nobody to a registration',
    async (path) => {
      const { page } = await visit(browser, server.url);
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.footer').waitFor();
      if (path === '/') {
        await page.getByText('Log in to Harbour Wiki.').waitFor();
        expect(await page.getByText('From a terminal').count()).toBe(0);
      }
      // The page has the lesson's step of that name, which has a button of its own.
      expect(await page.locator('a[href*="/register"]').count()).toBe(0);
      if (path !== '/conversation') expect(await waysToRegister(page).count()).toBe(0);
      else {
        expect(
          await page.getByText('Here the operator of this site makes the accounts.').count(),
        ).toBeGreaterThan(0);
      }
    },
  );

  it('a form that was open before says so', async () => {
    const { page } = await visit(browser, open.url);
    await page.goto('/register');
    await arrived(page, 'Register at Harbour Wiki');
    await page.route('**/register', (route) => {
      const detail = 'Nobody can register here.';
      const body = {
        type: '/problems/registration-closed',
        title: 'Registration closed',
        status: 403,
        detail,
      };
      return route.fulfill({ status: 403, contentType: 'application/problem+json', json: body });
    });
    await page.getByLabel('Username').fill('late');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('Registration is closed').waitFor();
  });

  it('an account that the operator made logs in', async () => {
    const made = spawnSync(process.execPath, [cli, 'add', 'keeper'], {
      env: { ...bareEnv, DATABASE_URL: database.url },
      input: `${password}\n`,
    });
    expect(made.status).toBe(0);
    const { page } = await visit(browser, server.url);
    await page.goto('/login');
    await arrived(page, 'Log in to Harbour Wiki');
    await tryLogIn(page, 'keeper');
    await arrived(page, 'Logged in as keeper');
    await page.goto('/account/activity');
    await page.getByText('on the server itself').waitFor();
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeDatabase } from '../../apps/api/test/database.ts';
import { openFront } from '../front.ts';
import { startServer } from '../server.ts';
import { openElsewhere } from './elsewhere.ts';
import { openHouse } from './house.ts';
import { arrived, focusIsOn, pathIs, register, tryLogIn } from './person.ts';

/** A name that is not this machine's own, and leads to it all the same. */
const afar = 'id.example.test';

const house = openHouse('--ignore-certificate-errors', `--host-resolver-rules=MAP ${afar} 127.0.0.1`);

/** A server of its own, for what must be set or stopped. */
async function serve(env: Record<string, string> = {}) {
  const server = await startServer({ env });
  onTestFinished(() => server.stop());
  return server;
}

async function front(secure = false) {
  const opened = await openFront({ secure });
  onTestFinished(opened.close);
  return opened;
}

/** Opens the page that looks for the reason, and waits until it has found these by itself, and nothing else. */
async function finds(page: Page, ...causes: string[]) {
  await page.goto('/why');
  await arrived(page, 'Why am I not logged in?');
  await found(page, ...causes);
}

/** Waits until the page that is open has found these reasons, and nothing else. */
async function found(page: Page, ...causes: string[]) {
  const shown = () =>
    page
      .locator('[data-cause]')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.cause ?? ''));
  await expect.poll(shown).toEqual(causes);
}

/** Waits until the page says this of the first reason. */
const says = (page: Page, words: string) =>
  page.locator('[data-cause]').first().filter({ hasText: words }).waitFor();

/** A page in another browser that holds a copy of this one's ticket. */
async function copyOf(page: Page, baseURL = house.url) {
  const other = await house.visit({ baseURL });
  await other.page.context().addCookies(await page.context().cookies());
  return other.page;
}

describe('Why am I not logged in?', () => {
  it('finds nothing broken where nothing is', async () => {
    const { page, complaints } = await house.visit();
    await register(page, 'fine');
    await finds(page, 'fine');
    await says(page, 'You are logged in as fine.');
    const links = page.locator('.chain li > :last-child');
    await expect
      .poll(() => links.allTextContents())
      .toEqual([...Array(9).fill('in order'), expect.stringContaining(': is that you?')]);
    expect(complaints).toEqual([]);
  });

  it('names a browser that nobody logged in with, and a guest', async () => {
    const { page } = await house.visit();
    await finds(page, 'never');
    await page.goto('/conversation');
    await page.getByLabel('I like').fill('cats');
    await page.getByRole('button', { name: 'Tell it' }).click();
    await page.locator('.answers .answer', { hasText: 'you like cats.' }).waitFor();
    await finds(page, 'guest');
  });

  it('looks by itself, and puts one thing to do before the rest', async () => {
    const { page, complaints } = await house.visit({ viewport: { width: 360, height: 640 } });
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
        })[]) {
          if (!entry.hadRecentInput) shifts.push(entry.value);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await finds(page, 'never');
    const action = page.locator('.actions > *').first();
    expect(await action.textContent()).toBe('Log in');
    // All of it can be seen on a phone without scrolling.
    expect(await action.evaluate((one) => one.getBoundingClientRect().bottom)).toBeLessThan(640);
    expect(await page.locator('.chain').isVisible()).toBe(false);
    await page.getByText('What was checked').click();
    await page.locator('.chain').waitFor();
    await page.getByText(`npx -y pnpm coatcheck doctor --url ${house.url}`).waitFor();
    expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([]);
    await action.click();
    await arrived(page, 'Log in');
    expect(complaints).toEqual([]);
  });

  it('is where the address of the diagnosis used to be', async () => {
    const { page } = await house.visit();
    await page.goto('/conversation#why');
    await arrived(page, 'Why am I not logged in?');
    await pathIs(page, '/why');
    await found(page, 'never');
  });

  it('looks again when the session that it speaks of is over, and keeps focus', async () => {
    const { page } = await house.visit();
    await register(page, 'watched');
    await finds(page, 'fine');
    await page.getByRole('button', { name: 'Check again' }).focus();
    const [cookie] = await page.context().cookies();
    const headers = { cookie: `coatcheck=${cookie?.value}` };
    await fetch(`${house.url}/logout`, { method: 'POST', headers });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await found(page, 'logged-out');
    await focusIsOn(page, 'Check again');
    expect(await page.locator('#root').innerHTML()).not.toContain('watched');
  });

  it('names credentials that were left out', async () => {
    const { page } = await house.visit();
    await register(page, 'omitting');
    await page.goto('/conversation');
    await page.getByRole('switch').click();
    await page.getByRole('button', { name: /^Ask/ }).click();
    await page.locator('.answers .answer', { hasText: 'I do not know you.' }).waitFor();
    await page.getByRole('link', { name: 'Why am I not logged in?' }).click();
    await found(page, 'omitted');
    await says(page, 'credentials: "include"');
  });

  it.each([
    ['expired-idle', ['idle_expires_at']],
    ['expired-absolute', ['idle_expires_at', 'expires_at']],
  ])('names a session that ended: %s', async (cause, limits) => {
    const { page } = await house.visit();
    await register(page, cause);
    const copy = await copyOf(page);
    const over = limits.map((limit) => `${limit} = ${Date.now() - 60_000}`).join();
    await house.database.query(
      `UPDATE sessions SET ${over}
       WHERE account_id = (SELECT id FROM accounts WHERE username = '${cause}')`,
    );
    await finds(copy, cause);
  });

  it('names a ticket that was logged out, replaced, or ended from elsewhere', async () => {
    const { page } = await house.visit();
    await register(page, 'leaving');
    const before = await copyOf(page);
    await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ username: 'leaving', password: 'umbrella left by the door' });
      await fetch('/login', { method: 'POST', headers, body });
    });
    await finds(before, 'replaced');

    const second = await copyOf(page);
    await page.goto('/');
    await page.getByRole('button', { name: 'Log out' }).click();
    await arrived(page, 'You are logged out');
    await finds(second, 'logged-out');

    await page.goto('/login');
    await tryLogIn(page, 'leaving');
    await arrived(page, 'Logged in as leaving');
    const { page: third } = await house.visit();
    await third.goto('/login');
    await tryLogIn(third, 'leaving');
    await arrived(third, 'Logged in as leaving');
    await third.evaluate(() => fetch('/me/sessions', { method: 'DELETE' }));
    await finds(page, 'revoked');
  });

  it('names a ticket of another database', async () => {
    const elsewhere = await serve();
    const { page } = await house.visit();
    await register(page, 'moved');
    const moved = await copyOf(page, elsewhere.url);
    await finds(moved, 'unknown');
    await says(moved, 'DATABASE_URL');
  });

  it('names processes that look into different databases', async () => {
    const proxy = await front();
    const env = { PUBLIC_URL: `http://localhost:${proxy.port}` };
    const [first, second] = await Promise.all([serve(env), serve(env)]);
    proxy.to = [first.home];
    const { page } = await house.visit({ baseURL: env.PUBLIC_URL });
    await register(page, 'split');
    proxy.to = [first.home, second.home];
    await finds(page, 'databases');
    // Processes of one database agree, whoever answers.
    const database = await makeDatabase();
    onTestFinished(async () => void (await database.empty()));
    const shared = { ...env, DATABASE_URL: database.url };
    const [third, fourth] = await Promise.all([serve(shared), serve(shared)]);
    proxy.to = [third.home, fourth.home];
    await page.goto('/register');
    await register(page, 'together');
    await finds(page, 'fine');
  });

  it('names an address that the server does not let change anything', async () => {
    const proxy = await front();
    const { home } = await serve({ PUBLIC_URL: `http://localhost:${proxy.port}` });
    const { page } = await house.visit({ baseURL: home });
    await finds(page, 'origin');
    await says(page, `Open http://localhost:${proxy.port} instead`);
  });

  it('names localhost against 127.0.0.1', async () => {
    const { page } = await house.visit();
    await register(page, 'here');
    const alias = house.url.replace('localhost', '127.0.0.1');
    await page.goto(`${alias}/why`);
    await found(page, 'never', 'loopback');
    await page.getByText(`If you logged in at ${house.url}, continue there`).waitFor();
    await page.getByRole('link', { name: `Open ${house.url}` }).click();
    await arrived(page, 'Logged in as here');

    // The same where the address is set, and so the other one may change nothing.
    const proxy = await front();
    const set = await serve({ PUBLIC_URL: `http://localhost:${proxy.port}` });
    proxy.to = [set.home];
    const { page: other } = await house.visit({ baseURL: `http://127.0.0.1:${proxy.port}` });
    await finds(other, 'loopback');
  });

  it('names a Secure cookie over http', async () => {
    const { home } = await serve({ PUBLIC_URL: `https://${afar}` });
    const { page } = await house.visit({ baseURL: home.replace('localhost', afar) });
    await finds(page, 'secure-over-http');
    await says(page, `Open https://${afar} instead`);
    // And it is right: no ticket can be had there.
    await page.goto('/conversation');
    await page.getByLabel('I like').fill('cats');
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'PATCH'),
      page.getByRole('button', { name: 'Tell it' }).click(),
    ]);
    expect(answer.status()).toBe(403);
    expect(await page.context().cookies()).toEqual([]);
    // This machine itself counts as safe; there only the address is wrong.
    await page.goto(`${home}/why`);
    await found(page, 'origin');
  });

  it('names a PUBLIC_URL that says http behind a proxy that speaks https', async () => {
    const proxy = await front(true);
    proxy.to = [house.url];
    const { page } = await house.visit({ baseURL: `https://${afar}:${proxy.port}` });
    await finds(page, 'public-url-http');
    await says(page, `PUBLIC_URL=https://${afar}:${proxy.port}`);
  });

  it('names a proxy that is not trusted', async () => {
    const proxy = await front(true);
    const env = { PUBLIC_URL: `https://${afar}:${proxy.port}` };
    const { home } = await serve(env);
    proxy.to = [home];
    const { page } = await house.visit({ baseURL: env.PUBLIC_URL });
    await register(page, 'proxied');
    await finds(page, 'fine', 'proxy');
  });

  it('names a browser that keeps no cookies', async () => {
    const { page, complaints } = await house.visit();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Emulation.setDocumentCookieDisabled', { disabled: true });
    // Browsers that keep none refuse every other storage, too.
    await page.addInitScript(() => {
      const refused = {
        get: () => {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      };
      Object.defineProperty(window, 'localStorage', refused);
      Object.defineProperty(window, 'sessionStorage', refused);
    });
    await finds(page, 'cookies-blocked');
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await arrived(page, 'Warum bin ich nicht angemeldet?');
    expect(complaints).toEqual([]);
  });

  it('names clocks that differ', async () => {
    const { page } = await house.visit();
    await page.clock.setSystemTime(Date.now() + 3 * 60 * 60_000);
    await register(page, 'clocked');
    await finds(page, 'fine', 'clock');
    await page.getByText('The server’s clock is 3 hours behind this browser’s.').waitFor();
  });

  it('names something else that answers in the server’s place', async () => {
    const { page } = await house.visit();
    await page.goto('/why');
    await found(page, 'never');
    await page.route('**/session', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
    await page.getByRole('button', { name: 'Check again' }).click();
    await found(page, 'not-coatcheck');
    await focusIsOn(page, 'Check again');
  });

  it('leaves no trace in the conversation that is shown', async () => {
    const { page } = await house.visit();
    await register(page, 'traceless');
    await finds(page, 'fine');
    await page.goBack();
    await page.getByRole('link', { name: 'See how it works' }).click();
    await arrived(page, 'The conversation');
    const calls = page.locator('.wire summary code');
    await expect.poll(async () => new Set(await calls.allTextContents())).toEqual(new Set(['GET /session']));
    expect(await page.locator('#step-7 .mark-word').count()).toBe(0);
  });

  it('names a server that does not answer', async () => {
    const server = await startServer();
    const { page } = await house.visit({ baseURL: server.url });
    await page.goto('/why');
    await found(page, 'never');
    await server.stop();
    await page.getByRole('button', { name: 'Check again' }).click();
    await found(page, 'no-answer');
  });
});

describe('on a page of another origin', () => {
  let elsewhere: Awaited<ReturnType<typeof openElsewhere>>;
  beforeAll(async () => {
    elsewhere = await openElsewhere('127.0.0.1');
  });
  afterAll(() => elsewhere?.close());

  it('names a server of another site, whose cookie never comes along', async () => {
    const { page } = await house.visit({ baseURL: `http://127.0.0.1:${elsewhere.port}` });
    await finds(page, 'third-party');
  });

  it('names an origin that the server does not answer', async () => {
    const { page } = await house.visit({ baseURL: `http://localhost:${elsewhere.port}` });
    await page.goto('/');
    await page.getByRole('link', { name: 'Why am I not logged in?' }).click();
    await arrived(page, 'Why am I not logged in?');
    await found(page, 'origin');
    await says(page, `Add http://localhost:${elsewhere.port} to ALLOWED_ORIGINS.`);
  });
});

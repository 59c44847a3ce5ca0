import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type RunningServer, startServer } from '../server.ts';
import { openBrowser } from './browser.ts';
import { visit } from './house.ts';
import { arrived, focusIsOn, password, pathIs, tryLogIn } from './person.ts';

const name = 'Harbour Wiki';

/** A host at which an app lives, with Coatcheck below /auth: all other paths are the app's, which greets everybody. */
interface Host {
  url: string;
  coatcheck: RunningServer;
  close(): Promise<void>;
}

async function openHost(env: Record<string, string>): Promise<Host> {
  const front: Server = createServer((incoming, outgoing) => {
    if (!/^\/auth([/?]|$)/.test(incoming.url ?? '')) {
      outgoing.setHeader('content-type', 'text/html').end('<title>Wiki</title><h1>The wiki</h1>');
      return;
    }
    const { method, headers } = incoming;
    const onward = request(
      coatcheck.home + incoming.url,
      { method, headers } as Parameters<typeof request>[1] & object,
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((open) => front.listen(0, 'localhost', open));
  const url = `http://localhost:${(front.address() as AddressInfo).port}`;
  const coatcheck = await startServer({ env: { PUBLIC_URL: `${url}/auth`, HOUSE_NAME: name, ...env } });
  return {
    url,
    coatcheck,
    async close() {
      front.closeAllConnections();
      front.close();
      await coatcheck.stop();
    },
  };
}

let host: Host;
let behindProxy: Host;
let browser: Browser;
beforeAll(async () => {
  [host, behindProxy, browser] = await Promise.all([
    openHost({ IN_FRONT_OF: 'http://localhost:9' }),
    openHost({}),
    openBrowser(),
  ]);
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(() => Promise.all([browser?.close(), host?.close(), behindProxy?.close()]));

const open = (at = host, options: Parameters<typeof visit>[2] = {}) => visit(browser, at.url, options);

/** Fills in the form of the page that is open, and presses its button. */
async function register(page: Page, username: string) {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Register' }).click();
}

/** Registers, and is at the start page. */
async function arriveAs(page: Page, username: string) {
  await page.goto('/auth/register?next=/auth/');
  await register(page, username);
  await arrived(page, `You are registered, ${username}`);
}

/** Whether the person is logged in, as the server says. */
const isLoggedIn = (page: Page) =>
  page.evaluate(async () => (await (await fetch('/auth/session')).json()).user !== null);

describe.each(['in front of an app', 'behind a proxy'])('a person who came from the app, %s', (way) => {
  const at = () => (way === 'in front of an app' ? host : behindProxy);
  const next = '/notes?page=2&q=a%26b%2520c';

  it('is back at the very page after registering and after logging in', async () => {
    const { page, complaints } = await open(at());
    await page.goto(`/auth/login?${new URLSearchParams({ next })}`);
    await page.getByRole('main').getByRole('link', { name: 'Register' }).click();
    await arrived(page, `Register at ${name}`);
    await register(page, 'passing');
    await arrived(page, 'The wiki');
    expect(page.url()).toBe(at().url + next);

    await page.context().clearCookies();
    await page.goto(`/auth/login?${new URLSearchParams({ next: at().url + next })}`);
    await tryLogIn(page, 'passing');
    await arrived(page, 'The wiki');
    expect(page.url()).toBe(at().url + next);
    expect(complaints).toEqual([]);
  });

  it('may be logged in already', async () => {
    const { page } = await open(at());
    await arriveAs(page, 'early');
    await page.goto(`/auth/login?${new URLSearchParams({ next })}`);
    await arrived(page, 'You are already logged in as early');
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Continue/ })
      .click();
    await arrived(page, 'The wiki');
    expect(page.url()).toBe(at().url + next);
  });

  it('tells a page of this server from a path of the app', async () => {
    const { page } = await open(at());
    await arriveAs(page, 'telling');
    for (const [path, heading] of [
      ['/auth/account/password', 'Change your password'],
      ['/account/password', 'The wiki'],
      ['/authors', 'The wiki'],
    ] as const) {
      await page.context().clearCookies();
      await page.goto(`/auth/login?${new URLSearchParams({ next: path })}`);
      await tryLogIn(page, 'telling');
      await arrived(page, heading);
      await pathIs(page, path);
    }
  });
});

describe('in front of an app', () => {
  it('a person who asks for its page registers, and is back there, passed on by the gate', async () => {
    const app = createServer(({ headers, url }, response) =>
      response.setHeader('content-type', 'text/html').end(`<h1>${headers['remote-user']} at ${url}</h1>`),
    );
    await new Promise<void>((opened) => app.listen(0, 'localhost', opened));
    const { port } = app.address() as AddressInfo;
    const gate = await startServer({ env: { IN_FRONT_OF: `http://localhost:${port}`, HOUSE_NAME: name } });
    onTestFinished(async () => {
      await gate.stop();
      app.closeAllConnections();
      app.close();
    });
    const { page } = await visit(browser, gate.home);
    await page.goto('/notes?page=2');
    await arrived(page, `Log in to ${name}`);
    await page.getByRole('main').getByRole('link', { name: 'Register' }).click();
    await register(page, 'passer');
    await arrived(page, 'passer at /notes?page=2');
    await page.goto('/auth/goodbye');
    await page.getByRole('main').getByRole('button', { name: 'Log out' }).click();
    await arrived(page, 'You are logged out');
    await page
      .getByRole('main')
      .getByRole('link', { name: `Back to ${name}` })
      .click();
    await arrived(page, `Log in to ${name}`);
    expect(new URL(page.url()).searchParams.get('next')).toBe('/');
  });

  it('registering and logging in go on to it, if nothing else was asked for', async () => {
    const { page } = await open();
    await page.goto('/auth/register');
    await register(page, 'direct');
    await arrived(page, 'The wiki');
    await page.context().clearCookies();
    await page.goto('/auth/login');
    await tryLogIn(page, 'direct');
    await arrived(page, 'The wiki');
    await pathIs(page, '/');
  });

  it('the start page goes on to it, and every page leads back', async () => {
    const { page } = await open();
    await page.goto('/auth/');
    await arrived(page, 'You are not logged in');
    expect(await page.getByText('From a terminal').count()).toBe(0);
    await arriveAs(page, 'homing');
    const actions = page.locator('.actions > a');
    // The offer after a registration comes last, and asks for nothing.
    expect(await actions.allTextContents()).toEqual([`Continue to ${name}`, 'Your account', 'Add a passkey']);
    expect(await page.locator('.actions .button:not(.quiet)').allTextContents()).toEqual([
      `Continue to ${name}`,
    ]);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 720 });
      for (const [path, heading] of [
        ['/auth/', 'Logged in as homing'],
        ['/auth/account', 'Your account'],
        ['/auth/account/sessions', 'Where you are logged in'],
        ['/auth/conversation', 'The conversation'],
        ['/auth/why', 'Why am I not logged in?'],
        ['/auth/goodbye', `Log out of ${name}?`],
        ['/auth/nowhere', 'Page not found'],
      ] as const) {
        await page.goto(path);
        await arrived(page, heading);
        const foot = page.getByRole('contentinfo').getByRole('link', { name: `Back to ${name}` });
        expect(await foot.evaluate((link: HTMLAnchorElement) => link.href), path).toBe(`${host.url}/`);
        expect(await page.getByRole('banner').getByText(`Back to ${name}`).isVisible(), path).toBe(
          width === 1280,
        );
        const isAbove = path.startsWith('/auth/account') && width === 320;
        expect(await page.locator('.account-pages').getByText(`Back to ${name}`).isVisible(), path).toBe(
          isAbove,
        );
      }
    }
    await page.goto('/auth/');
    await page.getByRole('link', { name: `Continue to ${name}` }).click();
    await arrived(page, 'The wiki');
    await pathIs(page, '/');
  });

  it('a logout says so and offers it, and nothing that a second click presses', async () => {
    const { page, complaints } = await open();
    await arriveAs(page, 'leaving');
    await page.getByRole('navigation').getByRole('button', { name: 'Log out' }).dblclick();
    await arrived(page, 'You are logged out');
    expect(await page.getByRole('banner').locator('nav :is(a, button)').count()).toBe(0);
    expect(await page.getByRole('main').locator('a, button').allTextContents()).toEqual([
      `Back to ${name}`,
      'Log in again',
    ]);
    await page.waitForTimeout(600);
    await pathIs(page, '/auth/');
    await page
      .getByRole('main')
      .getByRole('link', { name: `Back to ${name}` })
      .click();
    await arrived(page, 'The wiki');
    expect(complaints).toEqual([]);
  });

  it('speaks of it in German, too', async () => {
    const { page } = await open(host, { locale: 'de-DE' });
    await page.goto('/auth/goodbye');
    await arrived(page, 'Du bist nicht angemeldet');
    await page
      .getByRole('main')
      .getByRole('link', { name: `Zurück zu ${name}` })
      .waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Anmelden' }).waitFor();
  });
});

describe('the page that an app links to for a logout', () => {
  it('asks, and logs out by its button alone', async () => {
    const { page, complaints } = await open();
    await arriveAs(page, 'guarded');
    await page.goto('/auth/goodbye?next=/notes');
    await arrived(page, `Log out of ${name}?`);
    await page.getByText('Logged in as guarded.').waitFor();
    await page.reload();
    await arrived(page, `Log out of ${name}?`);
    await page
      .getByRole('main')
      .getByRole('link', { name: `Back to ${name}` })
      .click();
    await arrived(page, 'The wiki');
    await pathIs(page, '/notes');
    expect(await isLoggedIn(page)).toBe(true);

    await page.goBack();
    await arrived(page, `Log out of ${name}?`);
    const number = await page.locator('.stub-number').textContent();
    // By keyboard: the first thing of the page after its heading.
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('Tab');
    await focusIsOn(page, 'Log out');
    await page.keyboard.press('Enter');
    await focusIsOn(page, 'You are logged out');
    await page.getByText(`Ticket ${number} is torn up`).waitFor();
    expect(await isLoggedIn(page)).toBe(false);
    expect(await page.getByRole('banner').locator('nav :is(a, button)').count()).toBe(0);
    const back = page.getByRole('main').getByRole('link', { name: `Back to ${name}` });
    expect(await back.getAttribute('href')).toBe('/notes');
    await page.getByRole('main').getByRole('link', { name: 'Log in again' }).click();
    await tryLogIn(page, 'guarded');
    await arrived(page, 'The wiki');
    await pathIs(page, '/notes');
    expect(complaints).toEqual([]);
  });

  it('leads nowhere by the second click of a double click', async () => {
    const { page } = await open();
    await arriveAs(page, 'doubling');
    await page.goto('/auth/goodbye');
    await page.getByRole('main').getByRole('button', { name: 'Log out' }).dblclick();
    await arrived(page, 'You are logged out');
    await page.waitForTimeout(600);
    await pathIs(page, '/auth/goodbye');
  });

  it('says so to a person who is not logged in, and offers to log in', async () => {
    const { page } = await open();
    await page.goto('/auth/goodbye?next=/notes');
    await arrived(page, 'You are not logged in');
    expect(await page.getByRole('main').locator('a, button').allTextContents()).toEqual([
      `Back to ${name}`,
      'Log in',
    ]);
    await page.getByRole('main').getByRole('link', { name: 'Log in' }).click();
    await arrived(page, `Log in to ${name}`);
    expect(new URL(page.url()).searchParams.get('next')).toBe('/notes');
  });

  it('leads back to no other host', async () => {
    const { page } = await open();
    for (const next of [
      '//elsewhere.example',
      '/\\elsewhere.example',
      '/%5celsewhere.example',
      'javascript:alert(1)',
    ]) {
      for (const query of [`next=${next}`, new URLSearchParams({ next }).toString()]) {
        await page.goto(`/auth/goodbye?${query}`);
        await arrived(page, 'You are not logged in');
        const back = page.getByRole('main').getByRole('link', { name: `Back to ${name}` });
        expect(await back.evaluate((link: HTMLAnchorElement) => link.origin), query).toBe(host.url);
      }
    }
  });

  it('leads to the start page where there is no app', async () => {
    const { page } = await open(behindProxy);
    await arriveAs(page, 'lonely');
    await page.goto('/auth/goodbye');
    await arrived(page, `Log out of ${name}?`);
    await page.getByRole('main').getByRole('link', { name: 'Go to the start page' }).click();
    await arrived(page, 'Logged in as lonely');
  });
});

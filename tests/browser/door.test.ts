import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../apps/api/test/base-path.ts';
import { type RunningServer, startServer } from '../server.ts';
import { openBrowser } from './browser.ts';
import { visit } from './house.ts';
import { arrived, password, titleIs, tryLogIn } from './person.ts';

const name = 'R&D <b>Harbour</b>';
const contact = 'help@harbour.example';
const logo = resolve(import.meta.dirname, '../../apps/web/public/favicon.svg');
let server: RunningServer;
let browser: Browser;
let app: Server;
let notes: string;
beforeAll(async () => {
  app = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<h1>Notes</h1>'));
  await new Promise<void>((open) => app.listen(0, 'localhost', open));
  notes = `http://localhost:${(app.address() as AddressInfo).port}`;
  const env = { HOUSE_NAME: name, HOUSE_CONTACT: contact, HOUSE_LOGO: logo, ALLOWED_ORIGINS: notes };
  [server, browser] = await Promise.all([startServer({ env }), openBrowser()]);
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(async () => {
  app?.closeAllConnections();
  app?.close();
  await Promise.all([browser?.close(), server?.stop()]);
});

describe('the door of a house', () => {
  it('has its name from the first pixel, before any script has run', async () => {
    const { page } = await visit(browser, server.url, { javaScriptEnabled: false });
    await page.goto('/login');
    expect(await page.title()).toBe(name);
    expect(await page.locator('.mark').textContent()).toContain(name);
    expect(await page.locator('.mark svg').count()).toBe(0);
    expect(await page.locator('.mark img').getAttribute('src')).toBe(at('/house/logo'));
  });

  it('has its logo in header and tab, 24 px high', async () => {
    const { page, complaints } = await visit(browser, server.url);
    await page.goto('/');
    await arrived(page, 'You are not logged in');
    await page.locator('.mark img:not(.awaited)').waitFor();
    const [height, natural] = await page
      .locator('.mark img')
      .evaluate((img: HTMLImageElement) => [img.getBoundingClientRect().height, img.naturalWidth]);
    expect(height).toBe(24);
    expect(natural).toBeGreaterThan(0);
    const icons = await page
      .locator('link[rel$=icon]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(icons).toEqual([at('/house/logo'), at('/house/logo')]);
    expect(complaints).toEqual([]);
  });

  it('has its name in header, title, heading and foot, and says whom to ask', async () => {
    const { page, complaints } = await visit(browser, server.url);
    await page.goto('/login');
    await arrived(page, `Log in to ${name}`);
    await titleIs(page, `Log in · ${name}`);
    expect(await page.locator('.mark').textContent()).toContain(name);
    await page.getByRole('contentinfo').getByText(`Run by ${name}`).waitFor();
    for (const link of await page.getByRole('link', { name: /Contact|help@harbour/ }).all()) {
      expect(await link.getAttribute('href')).toBe(`mailto:${contact}`);
    }
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await arrived(page, 'Set a new password');
    await page.getByText('choose a new password: help@harbour.example').waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('the way on to an app', () => {
  it('is shown, kept between the forms, and taken after registering and after logging in', async () => {
    const { page } = await visit(browser, server.url);
    // Decoded twice, this would name another page.
    const next = `${notes}/today?a=b%26c%2Bd#e%2520f`;
    await page.goto(`/login?${new URLSearchParams({ next })}`);
    await page.getByText(`to go on to ${new URL(notes).host}`).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Register' }).click();
    await arrived(page, `Register at ${name}`);
    await page.getByRole('navigation').getByRole('link', { name: 'Log in' }).click();
    await arrived(page, `Log in to ${name}`);
    await page.getByRole('navigation').getByRole('link', { name: 'Register' }).click();
    await arrived(page, `Register at ${name}`);
    await page.getByText(`to go on to ${new URL(notes).host}`).waitFor();
    await page.getByLabel('Username').fill('passing');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Register' }).click();
    await arrived(page, 'Notes');
    expect(page.url()).toBe(next);

    await page.goto(`${server.url}/login?${new URLSearchParams({ next })}`);
    await arrived(page, 'You are already logged in as passing');
    await page.getByRole('link', { name: `Continue to ${new URL(notes).host}` }).click();
    await arrived(page, 'Notes');

    await page.context().clearCookies();
    await page.goto(`${server.url}/login?${new URLSearchParams({ next })}`);
    await tryLogIn(page, 'passing');
    await arrived(page, 'Notes');
  });

  it('leads nowhere that the server does not name', async () => {
    const { page } = await visit(browser, server.url);
    await page.goto(`/login?${new URLSearchParams({ next: 'https://elsewhere.example/' })}`);
    await arrived(page, `Log in to ${name}`);
    expect(await page.getByText('to go on to').count()).toBe(0);
    await tryLogIn(page, 'passing');
    await arrived(page, 'Logged in as passing');
    expect(page.url()).toBe(`${server.url}/`);
  });
});

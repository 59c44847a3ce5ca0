import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { at } from '../../apps/api/test/base-path.ts';
import { makeDatabase, type TestDatabase } from '../../apps/api/test/database.ts';
import { startServer } from '../server.ts';
import { openBrowser } from './browser.ts';

/**
 * A server and a browser for the tests of one file; whoever visits has left when a test ends.
 * @param options of the browser, arguments of its command line
 */
export function openHouse(...options: string[]) {
  let server: Awaited<ReturnType<typeof startServer>>;
  let browser: Browser;
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
    [server, browser] = await Promise.all([
      startServer({ env: { DATABASE_URL: database.url } }),
      openBrowser(...options),
    ]);
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  // What did not open has nothing to close.
  afterAll(async () => {
    await Promise.all([browser?.close(), server?.stop()]);
    await database?.empty();
  });
  return {
    get url() {
      return server.url;
    },
    /** The server's database, to be written to from another connection. */
    get database() {
      return database;
    },
    /** Opens a page for a person who has never been here, or at another server. */
    visit: (options?: BrowserContextOptions) => visit(browser, server.url, options),
  };
}

/** A page of a person of their own: no cookies, nothing remembered. What its console complains of is in `complaints`. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', ...options });
  // As long as a poll: a page may be that slow on a busy machine.
  context.setDefaultTimeout(60_000);
  const newPage = context.newPage.bind(context);
  context.newPage = async () => goingBelow(await newPage());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A refused call is logged by the browser itself, and tests refuse calls on purpose.
    const refused = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !refused) complaints.push(message.text());
  });
  return { page, complaints };
}

/** @returns a page whose `goto` leads below the path of this run. A whole URL is taken as it is. */
function goingBelow(page: Page): Page {
  const goto = page.goto.bind(page);
  page.goto = (url, options) => goto(url.startsWith('/') ? at(url) : url, options);
  return page;
}

import type { Page, Route } from 'playwright-core';
import { expect } from 'vitest';
import { at } from '../../apps/api/test/base-path.ts';

/** Long enough, and on no list. */
export const password = 'umbrella left by the door';

/** Waits until the page's heading says this. @throws an error that tells what the page shows instead */
export async function arrived(page: Page, heading: string) {
  try {
    await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  } catch (cause) {
    // A page that is closed or hangs shows nothing. Its own error is told then, beside the first.
    const shown = await page.locator('body').ariaSnapshot({ timeout: 5_000 }).catch(String);
    throw new Error(`Waited in vain for the heading "${heading}". The page shows:\n${shown}`, { cause });
  }
}

/** What has focus: its text, or its id. */
export function focused(page: Page) {
  return page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);
}

/** Waits until that is what has focus. */
export async function focusIsOn(page: Page, what: string) {
  await expect.poll(() => focused(page)).toBe(what);
}

/** Waits until the window's title is this. */
export async function titleIs(page: Page, title: string) {
  await expect.poll(() => page.title()).toBe(title);
}

/** Waits until the page's address has this path, below the path of this run. */
export async function pathIs(page: Page, path: string) {
  await expect.poll(() => new URL(page.url()).pathname).toBe(at(path));
}

/** Fills in the form of this page's origin that registers, and presses its button. */
export async function tryRegister(page: Page, username: string) {
  await page.goto('/register');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Register' }).click();
}

/** Registers by the form of this page's origin. */
export async function register(page: Page, username: string) {
  await tryRegister(page, username);
  await arrived(page, `You are registered, ${username}`);
}

/** Fills in the login form of the page that is open, and presses the button. */
export async function tryLogIn(page: Page, username: string, typed = password) {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(typed);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
}

/**
 * Answers the next such request another way. The route stays: with the last one taken away, the browser could lose the
 * request that comes right after.
 * @param call like `POST /login`
 */
export async function interceptOnce(page: Page, call: string, answer: (route: Route) => Promise<void>) {
  const [method, path] = call.split(' ');
  let isOver = false;
  await page.route(`**${path}`, (route) => {
    if (isOver || route.request().method() !== method) return route.fallback();
    isOver = true;
    return answer(route);
  });
}

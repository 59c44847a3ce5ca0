import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { at } from '../../apps/api/test/base-path.ts';
import { openHouse } from './house.ts';
import { arrived, password, register } from './person.ts';

const house = openHouse();

/** Two presses at the same place of the window, as close as a hand makes them. */
async function pressTwice(page: Page, button: Locator, delay: number) {
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  if (!box) throw new Error('Nothing to press');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.click(x, y);
  await page.waitForTimeout(delay);
  await page.mouse.click(x, y);
}

/** Logs in so many times from elsewhere, and looks at where one is logged in; gives the calls that end a session. */
async function openSessions(page: Page, username: string, count: number): Promise<string[]> {
  for (let n = 0; n < count; n += 1) {
    await fetch(`${house.url}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
  }
  const ends: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'DELETE') ends.push(request.url());
  });
  await page.goto('/account/sessions');
  await expect.poll(() => page.locator('.end button').count()).toBe(count);
  return ends;
}

/** Scrolls until this is just in view, and what comes after it is not. */
const toLowerEdge = (button: Locator) =>
  button.evaluate((one) => window.scrollBy(0, one.getBoundingClientRect().bottom + 20 - innerHeight));

describe('a key that is held down', () => {
  it('ends one session, and shows the next button that has focus', async () => {
    const { page } = await house.visit({ viewport: { width: 1280, height: 900 } });
    await register(page, 'leaner');
    const ends = await openSessions(page, 'leaner', 8);
    const button = page.locator('.end button').nth(2);
    await button.focus();
    await toLowerEdge(button);
    await page.keyboard.down('Enter');
    await page.locator('.over').waitFor();
    const focus = page.locator('.end button:focus');
    await focus.waitFor();
    // Scrolled to whole pixels, it may miss the edge by less than one.
    const below = () => focus.evaluate((one) => one.getBoundingClientRect().bottom - innerHeight);
    await expect.poll(below).toBeLessThan(1);
    for (let n = 0; n < 3; n += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    // Pressed anew it presses again.
    await focus.press('Enter');
    await expect.poll(() => page.locator('.over').count()).toBe(2);
    expect(ends).toHaveLength(2);
  });
});

describe('a double click', () => {
  it.each([320, 768, 1280])('on “Log out” logs out and opens nothing, %i px wide', async (width) => {
    const { page } = await house.visit({ viewport: { width, height: 900 } });
    await register(page, `twice-${width}`);
    for (const [path, heading] of [
      ['/', `Logged in as twice-${width}`],
      ['/account/sessions', 'Where you are logged in'],
      ['/register', `You are already logged in as twice-${width}`],
    ] as const) {
      for (const delay of [0, 180]) {
        await page.goto(path);
        await arrived(page, heading);
        await pressTwice(page, page.getByRole('navigation').getByRole('button', { name: 'Log out' }), delay);
        await arrived(page, 'You are logged out');
        // Nothing is there that even a slow second click could press.
        expect(await page.getByRole('navigation').locator('a, button').count()).toBe(0);
        // Later than any second click could lead somewhere.
        await page.waitForTimeout(200);
        expect(new URL(page.url()).pathname, path).toBe(at('/'));
        expect(await page.getByRole('main').getByRole('link', { name: 'Register' }).count()).toBe(0);
        await page.evaluate(
          ([username, password, login]) =>
            fetch(login, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ username, password }),
            }),
          [`twice-${width}`, password, at('/login')] as const,
        );
      }
    }
  });

  it('on “Log in” logs in, and presses nothing that came under the pointer', async () => {
    const { page } = await house.visit();
    await register(page, 'eager');
    await page.context().clearCookies();
    // A busy machine takes longer between two clicks than a person does: the page waits for the second one six times as long.
    await page.addInitScript(() => {
      const { setTimeout: wait } = window;
      window.setTimeout = ((run: () => void, ms?: number) =>
        wait(run, ms === 500 ? 3_000 : ms)) as typeof wait;
    });
    await page.goto('/login');
    // Wherever the layout would have it: the next page's button covers everything.
    await page.evaluate(() => {
      new MutationObserver((_, watch) => {
        const out = document.querySelector<HTMLElement>('.log-out button');
        if (!out) return;
        watch.disconnect();
        out.style.cssText = 'position: fixed; inset: 0; inline-size: 100%; block-size: 100%; z-index: 2';
      }).observe(document.body, { childList: true, subtree: true });
    });
    await page.getByLabel('Username').fill('eager');
    await page.getByLabel('Password', { exact: true }).fill(password);
    const box = await page.getByRole('button', { name: 'Log in', exact: true }).boundingBox();
    if (!box) throw new Error('Nothing to press');
    await page.mouse.click(box.x + 9, box.y + 9);
    await page.locator('.log-out button').waitFor();
    await page.mouse.click(box.x + 9, box.y + 9);
    await arrived(page, 'Logged in as eager');
    await page.waitForTimeout(200);
    await arrived(page, 'Logged in as eager');
    // From then on it can be pressed there.
    await page.waitForTimeout(3_000);
    await page.getByRole('button', { name: 'Log out' }).click();
    await arrived(page, 'You are logged out');
  });

  it('on “End” ends one, and moves nothing under the pointer', async () => {
    const { page } = await house.visit({ viewport: { width: 1280, height: 900 } });
    await register(page, 'many-devices');
    const ends = await openSessions(page, 'many-devices', 8);
    const button = page.locator('.end button').nth(2);
    await toLowerEdge(button);
    const before = await page.evaluate(() => scrollY);
    const box = await button.boundingBox();
    if (!box) throw new Error('Nothing to press');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.click(x, y);
    await page.locator('.over').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.end') !== null)).toBe(true);
    expect(await page.evaluate(() => scrollY)).toBe(before);
    await page.mouse.click(x, y);
    // Whatever that click sent was sent before this one.
    await page.locator('.end button').first().press('Enter');
    await expect.poll(() => page.locator('.over').count()).toBe(2);
    expect(ends).toHaveLength(2);
  });

  it('holds back no press elsewhere, and no key', async () => {
    const { page } = await house.visit();
    await register(page, 'quick');
    const button = page.getByRole('button', { name: 'Log out' });
    const box = await button.boundingBox();
    if (!box) throw new Error('Nothing to press');
    await button.click({ position: { x: 9, y: 9 } });
    await page.getByRole('link', { name: 'Log in again' }).click();
    await arrived(page, 'Log in');
    // A press where the first one was is no second click when another came between: the header has a link there now.
    await page.mouse.click(box.x + 9, box.y + 9);
    await arrived(page, 'Register');
    await page.getByRole('main').getByRole('link', { name: 'Log in' }).focus();
    await page.keyboard.press('Enter');
    await arrived(page, 'Log in');
  });
});

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openHouse } from './house.ts';
import { arrived, password } from './person.ts';

const house = openHouse();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a reader of this page could stumble over. */
const stumbles = (page: Page): Promise<string[]> =>
  page.evaluate(`(async () => {
    ${axe}
    const { violations } = await axe.run(document);
    const sideways = document.documentElement.scrollWidth - window.innerWidth;
    return [
      ...violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')),
      ...(sideways > 0 ? ['scrolls sideways by ' + sideways + ' px'] : []),
    ];
  })()`);

describe('the reference at /docs', () => {
  it('shows every call and tries it against this server, with this browser’s cookie', async () => {
    const { page, complaints } = await house.visit();
    await page.goto('/docs');
    const call = (name: string) => page.locator(`#${name}`);
    const answer = async (name: string) => {
      if (!(await call(name).getAttribute('open'))) await call(name).locator('summary').first().click();
      await call(name).getByRole('button', { name: 'Send' }).click();
      return call(name).locator('.outcome .status').textContent();
    };
    // The example in the form makes an account; its cookie is then sent along.
    expect(await answer('register')).toMatch(/^201 Created/);
    expect(await answer('me')).toMatch(/^200 OK/);
    expect(await call('me').locator('.outcome pre').first().textContent()).toContain('"username": "ada"');
    expect(await answer('logout')).toMatch(/^204 No Content/);
    // An error leads to its page.
    await call('me').locator('summary').first().click();
    expect(await answer('me')).toMatch(/^401 Unauthorized/);
    await call('me').getByRole('link', { name: 'What this means and what to do' }).click();
    await arrived(page, 'Not logged in');
    await page.getByRole('link', { name: 'Coatcheck' }).click();
    await arrived(page, 'You are not logged in');
    expect(complaints).toEqual([]);
  });

  it('opens the call that the URL names, sends what is typed, and copies a line that does the same', async () => {
    const { page } = await house.visit({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto('/docs#login');
    const login = page.locator('#login');
    await login.getByLabel('Body').fill(`{"username": "nobody", "password": "${password}, isn't it"}`);
    await login.getByRole('button', { name: 'Copy' }).click();
    await login.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `curl -i -b jar -c jar --json '{"username":"nobody","password":"${password}, isn'\\''t it"}' ${house.url}/login`,
    );
    await login.getByRole('button', { name: 'Send' }).click();
    await login.getByText('"type": "/problems/invalid-credentials"').waitFor();

    await page.locator('#activity').locator('summary').first().click();
    await expect.poll(() => new URL(page.url()).hash).toBe('#activity');
    const activity = page.locator('#activity');
    await activity.getByLabel('limit').fill('7');
    expect(await activity.locator('[data-curl]').textContent()).toBe(
      `curl -i -b jar -c jar '${house.url}/me/activity?limit=7'`,
    );
  });
});

describe('what the server writes itself', () => {
  it.each([
    [320, 'dark'],
    [1280, 'light'],
  ] as const)('is for everyone, at %i pixels and in %s', async (width, colorScheme) => {
    const { page, complaints } = await house.visit({ viewport: { width, height: 800 }, colorScheme });
    const found: Record<string, string[]> = {};
    for (const path of ['/docs#register', '/problems', '/problems/not-logged-in']) {
      await page.goto(path);
      await page.locator('h1').waitFor();
      if (path.startsWith('/docs')) {
        await page.locator('#register').getByRole('button', { name: 'Send' }).waitFor();
        for (const summary of await page.locator('#session, #activity, #schema-User').all())
          await summary.locator('summary').first().click();
      }
      const stumbling = await stumbles(page);
      if (stumbling.length > 0) found[path] = stumbling;
    }
    expect(found).toEqual({});
    expect(complaints).toEqual([]);
  });
});

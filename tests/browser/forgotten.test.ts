import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { at } from '../../apps/api/test/base-path.ts';
import { openHouse } from './house.ts';
import { arrived, password, tryLogIn } from './person.ts';

const house = openHouse();

const paths = [
  '/',
  '/login',
  '/register',
  '/conversation',
  '/why',
  '/account',
  '/account/sessions',
  '/nowhere',
];

/** All that the page shows, would fill in, or keeps in this browser. */
const everything = (page: Page) =>
  page.evaluate(() =>
    JSON.stringify([
      document.documentElement.outerHTML,
      [...document.querySelectorAll('input')].map(({ value }) => value),
      document.title,
      history.state,
      { ...localStorage },
      { ...sessionStorage },
    ]),
  );

/** Goes there without loading the page anew. */
async function go(page: Page, path: string) {
  await page.evaluate((path) => {
    history.pushState(null, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
  }, at(path));
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Registers, tells the server something, and looks at every page of the account, all in one tab. */
async function stay(page: Page, name: string) {
  await page.goto('/conversation');
  await arrived(page, 'The conversation');
  await page.getByLabel('I like').fill(`whiskers-of-${name}`);
  await page.getByRole('button', { name: 'Tell it' }).click();
  await page.locator('.answers').getByText(`whiskers-of-${name}`).first().waitFor();
  await go(page, '/register');
  await page.getByLabel('Username').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Register' }).click();
  await arrived(page, `You are registered, ${name}`);
  await go(page, '/account');
  await arrived(page, 'Your account');
  await page.getByLabel('Email').fill(`${name}@mail.example`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  for (const [path, heading] of [
    ['/account/sessions', 'Where you are logged in'],
    ['/account/activity', 'Account activity'],
  ] as const) {
    await go(page, path);
    await arrived(page, heading);
  }
  await go(page, '/why');
  await page.locator('.why').getByText(`You are logged in as ${name}.`).waitFor();
  await go(page, '/conversation');
  await arrived(page, 'The conversation');
  await page.getByRole('button', { name: /^Show \d+ earlier$/ }).click();
  await expect.poll(() => everything(page)).toContain(`${name}@mail.example`);
}

/** Looks everywhere, Back included. */
async function expectForgotten(page: Page, name: string) {
  for (const path of paths) {
    await go(page, path);
    expect(await everything(page), path).not.toContain(name);
  }
  for (let n = 0; n < 12; n += 1) {
    await page.goBack();
    expect(await everything(page), `${n + 1} back`).not.toContain(name);
  }
}

describe('after a logout nothing personal is left in the tab', () => {
  it('when it was here', async () => {
    const { page } = await house.visit();
    await stay(page, 'leaver');
    await page.locator('.toy').getByRole('button', { name: 'Log out', exact: true }).click();
    await page.locator('.answers').getByText('I do not know you.').first().waitFor();
    await expect.poll(() => everything(page)).not.toContain('leaver');
    // What travelled is still there to be looked at, without what it said.
    await page.locator('.wire summary', { hasText: 'POST /register' }).click();
    await page.locator('.wire').getByText('{"username":"…","password":"…"').first().waitFor();
    await expectForgotten(page, 'leaver');
  });

  it('when it was on a page of the account, or in another tab', async () => {
    const { page } = await house.visit();
    await stay(page, 'mover');
    const other = await page.context().newPage();
    await other.goto('/account/sessions');
    await arrived(other, 'Where you are logged in');
    await other.getByRole('navigation').getByRole('button', { name: 'Log out' }).click();
    await arrived(other, 'You are logged out');
    await page.locator('.answers').getByText('I do not know you.').first().waitFor();
    await expect.poll(() => everything(page)).not.toContain('mover');
    await expectForgotten(page, 'mover');
    for (const path of paths.slice(0, 3)) {
      await go(other, path);
      expect(await everything(other), path).not.toContain('mover');
    }
  });

  it('when the session was ended from elsewhere, as of a browser that somebody left', async () => {
    const { page } = await house.visit();
    await stay(page, 'sitter');
    const { page: other } = await house.visit();
    await other.goto('/login');
    await tryLogIn(other, 'sitter');
    await arrived(other, 'Logged in as sitter');
    await other.evaluate((path) => fetch(path, { method: 'DELETE' }), at('/me/sessions'));
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.locator('.answers').getByText('I do not know you.').first().waitFor();
    await expectForgotten(page, 'sitter');
  });

  it('when the next person tells something before this page has asked again', async () => {
    const { page } = await house.visit();
    await stay(page, 'absentee');
    const { page: other } = await house.visit();
    await other.goto('/login');
    await tryLogIn(other, 'absentee');
    await arrived(other, 'Logged in as absentee');
    await other.evaluate((path) => fetch(path, { method: 'DELETE' }), at('/me/sessions'));
    await page.getByLabel('I like').fill('dogs');
    await page.getByRole('button', { name: 'Tell it' }).click();
    await page.locator('.answers').getByText('I will remember: you like dogs.').first().waitFor();
    await expect.poll(() => everything(page)).not.toContain('absentee');
    // What the next person said is theirs, and stays.
    await page.locator('.wire').getByText('{"likes":"dogs"}').first().waitFor();
    await expectForgotten(page, 'absentee');
  });

  it('when a guest comes after a guest', async () => {
    const { page } = await house.visit();
    await page.goto('/conversation');
    await page.getByLabel('I like').fill('whiskers');
    await page.getByRole('button', { name: 'Tell it' }).click();
    await page.locator('.answers').getByText('you like whiskers').first().waitFor();
    const [cookie] = await page.context().cookies();
    await fetch(`${house.url}/logout`, {
      method: 'POST',
      headers: { cookie: `coatcheck=${cookie?.value}` },
    });
    await page.getByLabel('I like').fill('dogs');
    await page.getByRole('button', { name: 'Tell it' }).click();
    await page.locator('.answers').getByText('I will remember: you like dogs.').first().waitFor();
    await expect.poll(() => everything(page)).not.toContain('whiskers');
  });

  it('when an answer to an earlier question comes late', async () => {
    const { page } = await house.visit();
    await stay(page, 'slowpoke');
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    let first = true;
    await page.route('**/session', async (route) => {
      if (!first) return route.fallback();
      first = false;
      const answer = await route.fetch();
      await held;
      await route.fulfill({ response: answer });
    });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.locator('.toy').getByRole('button', { name: 'Log out', exact: true }).click();
    await page.locator('.answers').getByText('I do not know you.').first().waitFor();
    // From before the answer goes on its way. None comes where the page has given the question up.
    const late = page.waitForResponse('**/session', { timeout: 3_000 }).catch(() => undefined);
    release();
    await late;
    await page.waitForTimeout(200);
    expect(await everything(page)).not.toContain('slowpoke');
  });
});

describe('after a session has run out', () => {
  it('the name alone stays, to log in again in place', async () => {
    const { page } = await house.visit();
    await page.clock.install();
    await stay(page, 'dozer');
    await go(page, '/account');
    await arrived(page, 'Your account');
    // An answer of the server that comes later says by which clock it counts, and begins the two hours anew.
    const afterTwoHours = async () => {
      await page.clock.runFor(121 * 60_000);
      return page.getByRole('heading', { level: 1 }).textContent();
    };
    await expect.poll(afterTwoHours).toBe('Log in');
    await expect.poll(() => page.getByLabel('Username').inputValue()).toBe('dozer');
    await expect.poll(() => everything(page)).not.toContain('dozer@mail.example');
    // The server's clock cannot be turned from here: it says what it would say.
    await page.route('**/session', async (route) => {
      const answer = await route.fetch();
      const nobody = { user: null, session: null, remembered: {}, reason: 'expired-idle' };
      await route.fulfill({ json: { ...(await answer.json()), ...nobody } });
    });
    await go(page, '/conversation');
    await page.locator('.answers').getByText('I do not know you.').first().waitFor();
    await expect.poll(() => everything(page)).not.toContain('dozer');
  });

  it('a name that was typed for another page is filled in once', async () => {
    const { page } = await house.visit();
    await stay(page, 'taken');
    await page.locator('.toy').getByRole('button', { name: 'Log out', exact: true }).click();
    await go(page, '/register');
    await page.getByLabel('Username').fill('taken');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('main').getByRole('button', { name: 'Register' }).click();
    await page.getByRole('link', { name: 'Log in as taken' }).click();
    await arrived(page, 'Log in');
    await expect.poll(() => page.getByLabel('Username').inputValue()).toBe('taken');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await arrived(page, 'Logged in as taken');
    await page.getByRole('button', { name: 'Log out' }).click();
    await arrived(page, 'You are logged out');
    await expectForgotten(page, 'taken');
  });
});

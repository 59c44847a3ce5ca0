import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openHouse } from './house.ts';
import { arrived, focusIsOn, password, register, titleIs, tryLogIn } from './person.ts';

const house = openHouse();
beforeAll(async () => {
  const { page } = await house.visit();
  await register(page, 'ada');
});

async function tryRegister(page: Page, username: string, typed: string) {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(typed);
  await page.getByRole('button', { name: 'Register' }).click();
}

/** The summary has focus, and this input shows the same words. */
async function saysBeside(page: Page, id: string, words: string) {
  const summary = page.getByRole('group', { name: 'There is a problem' });
  await summary.getByRole('link', { name: words, exact: true }).waitFor();
  await expect.poll(() => summary.evaluate((box) => box === document.activeElement)).toBe(true);
  await expect.poll(() => page.title()).toMatch(/^Error: /);
  const input = page.locator(`#${id}`);
  await expect.poll(() => input.getAttribute('aria-invalid')).toBe('true');
  const described = (await input.getAttribute('aria-describedby'))?.split(' ') ?? [];
  const texts = await Promise.all(described.map((one) => page.locator(`#${one}`).textContent()));
  expect(texts).toContain(words);
}

describe('a form that was refused', () => {
  it('says that a login was not right, takes focus, and keeps what was typed', async () => {
    const { page } = await house.visit();
    await page.goto('/login');
    await tryLogIn(page, 'ada', 'umbrella left by the dor');
    await saysBeside(page, 'username', 'Wrong username or password. Check both and try again');
    await expect.poll(() => page.locator('#username').inputValue()).toBe('ada');
    await expect.poll(() => page.locator('#current-password').inputValue()).toBe('umbrella left by the dor');

    await page.getByRole('link', { name: 'Wrong username or password' }).click();
    await focusIsOn(page, 'username');
    await tryLogIn(page, 'ada');
    await arrived(page, 'Logged in as ada');
    await titleIs(page, 'Logged in as ada · Coatcheck');
  });

  it.each([
    ['nothing for a username', '', password, 'new-username', 'Enter a username'],
    [
      'a name with spaces',
      'Ada Lovelace',
      password,
      'new-username',
      'Username can use only letters a to z, digits, dots, dashes and underscores',
    ],
    [
      'a name that ends in a dot',
      'ada.',
      password,
      'new-username',
      'Username must start and end with a letter or a digit',
    ],
    [
      'a name of two letters',
      'ad',
      password,
      'new-username',
      'Username must be at least 3 characters. This one has 2',
    ],
    [
      'a taken name',
      'Ada',
      password,
      'new-username',
      'ada is taken. Choose another username, or log in if it is yours',
    ],
    ['no password', 'grace', '', 'new-password', 'Enter a password'],
    [
      'a short password',
      'grace',
      'umbrella!',
      'new-password',
      'Password must be at least 15 characters. This one has 9',
    ],
    [
      'a common password',
      'grace',
      'abcabcabcabcabcabc',
      'new-password',
      'Choose a password that is harder to guess. This one is on a list of common passwords',
    ],
    [
      'the name for a password',
      'grace-brewster-hopper',
      'grace-brewster-hopper',
      'new-password',
      'Password must not be your username',
    ],
  ])('names what to mend: %s', async (_, username, typed, id, words) => {
    const { page } = await house.visit();
    await page.goto('/register');
    await tryRegister(page, username, typed);
    await saysBeside(page, id, words);
    await expect.poll(() => page.locator('#new-username').inputValue()).toBe(username);
    await expect.poll(() => page.locator('#new-password').inputValue()).toBe(typed);
  });

  it('says what to do when the site’s cookies are more than the server takes', async () => {
    const { page } = await house.visit();
    await page.goto('/login');
    // The page has asked who is there, with few cookies.
    await page.getByLabel('Username').waitFor();
    await page.context().addCookies(
      Array.from({ length: 20 }, (_, n) => ({
        name: `other-${n}`,
        value: 'x'.repeat(1_000),
        url: house.url,
      })),
    );
    await tryLogIn(page, 'ada');
    await page.getByText(/Delete this site’s cookies and try again$/).waitFor();
    await expect.poll(() => page.locator('#current-password').inputValue()).toBe(password);
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await arrived(page, 'Logged in as ada');
  });

  it('counts the password as it is typed, the way the server does', async () => {
    const { page } = await house.visit();
    await page.goto('/register');
    await page.getByText('At least 15 characters').waitFor();
    // Two code points that NFC makes one, and one outside the basic plane.
    await page.getByLabel('Password', { exact: true }).fill('e\u0301\u{1f9e5}');
    await page.getByText('2 of 15 characters').waitFor();
    await page.getByLabel('Password', { exact: true }).fill('x'.repeat(15));
    await page.getByText('15 or more: long enough.').waitFor();
  });

  it('counts nothing beside a mistake, until the person types on', async () => {
    const { page } = await house.visit();
    await page.goto('/register');
    await tryRegister(page, 'grace', 'passwordpassword');
    await saysBeside(
      page,
      'new-password',
      'Choose a password that is harder to guess. This one is on a list of common passwords',
    );
    await expect.poll(() => page.locator('.count').textContent()).toBe('At least 15 characters.');
    await page.locator('#new-password').fill('passwordpasswords');
    await expect.poll(() => page.locator('.count').textContent()).toBe('15 or more: long enough.');
  });

  it('shows the password when asked, and hides it when it is sent', async () => {
    const { page } = await house.visit();
    await page.goto('/login');
    await page.getByRole('button', { name: 'Show password' }).click();
    await expect.poll(() => page.locator('#current-password').getAttribute('type')).toBe('text');
    await tryLogIn(page, 'ada', 'not this one');
    await page.getByRole('group', { name: 'There is a problem' }).waitFor();
    await expect.poll(() => page.locator('#current-password').getAttribute('type')).toBe('password');
  });
});

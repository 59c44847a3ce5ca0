import { describe, expect, it } from 'vitest';
import { at } from '../../apps/api/test/base-path.ts';
import { openHouse } from './house.ts';
import { arrived, focusIsOn, password, pathIs, register, titleIs, tryLogIn } from './person.ts';

const house = openHouse();

describe('a stay', () => {
  it('goes from stranger to account, out, and in again, and a reload keeps it', async () => {
    const { page, complaints } = await house.visit();
    await page.goto('/');
    await arrived(page, 'You are not logged in');
    await titleIs(page, 'You are not logged in · Coatcheck');
    expect(await page.locator('[data-stock]').count()).toBe(0);

    await page.getByRole('main').getByRole('link', { name: 'Register' }).click();
    await arrived(page, 'Register');
    await focusIsOn(page, 'Register');
    await page.getByLabel('Username').fill('Ada');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Register' }).click();
    await arrived(page, 'You are registered, ada');
    await focusIsOn(page, 'You are registered, ada');
    await pathIs(page, '/');

    await page.getByRole('main').getByRole('link', { name: 'Your account' }).click();
    await arrived(page, 'Your account');
    const facts = page.getByRole('main');
    await expect.poll(() => facts.getByLabel('Email').inputValue()).toBe('');
    await facts.getByRole('link', { name: 'Sessions 1 active' }).click();
    await arrived(page, 'Where you are logged in');
    await facts.getByRole('button', { name: /^More about/ }).click();
    await facts.getByText('coatcheck, ends when the browser closes').waitFor();

    await page.getByRole('navigation').getByRole('button', { name: 'Log out' }).click();
    await arrived(page, 'You are logged out');
    await focusIsOn(page, 'You are logged out');
    expect(await page.context().cookies()).toEqual([]);

    await page.getByRole('link', { name: 'Log in again' }).click();
    await tryLogIn(page, 'ada');
    await arrived(page, 'Logged in as ada');
    await page.reload();
    await arrived(page, 'Logged in as ada');
    expect(complaints).toEqual([]);
  });

  it('wears one number and one stock wherever it shows', async () => {
    const { page } = await house.visit();
    await register(page, 'grace');
    const strip = page.getByRole('navigation').locator('[data-stock]');
    const number = (await strip.locator('.stub-number').textContent()) ?? '';
    const stock = await strip.getAttribute('data-stock');
    expect(number).toMatch(/^\d{4}$/);

    await page.goto('/account/sessions');
    await arrived(page, 'Where you are logged in');
    await page.locator('.sessions .number').getByText(number).waitFor();
    const stocks = await page
      .locator('[data-stock]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-stock')));
    expect(new Set(stocks)).toEqual(new Set([stock]));
  });

  it('asks for a cookie that outlives the browser only when told to', async () => {
    const { page } = await house.visit();
    await page.goto('/register');
    await page.getByLabel('Username').fill('remembered');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByLabel('Stay logged in on this device').check();
    await page.getByRole('button', { name: 'Register' }).click();
    await arrived(page, 'You are registered, remembered');
    const [cookie] = await page.context().cookies();
    expect(cookie?.expires).toBeGreaterThan(Date.now() / 1000 + 86_400);
  });

  it('leads on to the page that was asked for, and only within this site', async () => {
    const { page } = await house.visit();
    await register(page, 'nextada');
    await page.context().clearCookies();
    await page.goto('/account');
    await arrived(page, 'Log in');
    await expect.poll(() => page.url()).toBe(`${house.url}/login?next=${encodeURIComponent(at('/account'))}`);
    await tryLogIn(page, 'nextada');
    await arrived(page, 'Your account');

    await page.context().clearCookies();
    await page.goto('/login?next=//elsewhere.example/');
    await tryLogIn(page, 'nextada');
    await arrived(page, 'Logged in as nextada');
    await expect.poll(() => page.url()).toBe(`${house.url}/`);
  });

  it('says why it ended when it was ended elsewhere', async () => {
    const { page } = await house.visit();
    await register(page, 'two-tabs');
    const cookies = await page.context().cookies();
    // The same ticket, shown from somewhere else, ends the session behind this page's back.
    const ended = await fetch(`${house.url}/logout`, {
      method: 'POST',
      headers: { cookie: `${cookies[0]?.name}=${cookies[0]?.value}` },
    });
    expect(ended.status).toBe(204);
    await page.goto('/account');
    await arrived(page, 'Log in');
    await page.getByText('You logged out.').waitFor();
  });

  it('ends in every tab of the browser at once', async () => {
    const { page } = await house.visit();
    await register(page, 'many-tabs');
    const other = await page.context().newPage();
    await other.goto('/account');
    await arrived(other, 'Your account');
    await page.getByRole('button', { name: 'Log out' }).click();
    await arrived(other, 'Log in');
  });

  it('needs no mouse', async () => {
    const { page } = await house.visit();
    await page.goto('/register');
    await arrived(page, 'Register');
    await page.keyboard.press('Tab');
    await focusIsOn(page, 'Skip to content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await focusIsOn(page, 'new-username');
    await page.keyboard.type('keys');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await arrived(page, 'You are registered, keys');

    await page.keyboard.press('Tab');
    await focusIsOn(page, 'Your account');
    await page.getByRole('button', { name: 'Log out' }).focus();
    await page.keyboard.press('Space');
    await arrived(page, 'You are logged out');
    await focusIsOn(page, 'You are logged out');
  });
});

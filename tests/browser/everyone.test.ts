import { describe, expect, it } from 'vitest';
import { at } from '../../apps/api/test/base-path.ts';
import { openHouse } from './house.ts';
import { arrived, focusIsOn, password, pathIs, titleIs } from './person.ts';

const house = openHouse();

describe('registering, logging in and logging out', () => {
  it('can be done by keyboard alone', async () => {
    const { page } = await house.visit();
    const { keyboard } = page;
    /** Goes on to what is called so, without ever going back or getting stuck. */
    const tabTo = async (what: string) => {
      for (let steps = 0; steps < 20; steps += 1) {
        await keyboard.press('Tab');
        const found = await page.evaluate(
          () => document.activeElement?.id || document.activeElement?.textContent,
        );
        if (found === what) return;
      }
      throw new Error(`No Tab leads to ${what}`);
    };
    await page.goto('/');
    await arrived(page, 'You are not logged in');
    await tabTo('Register');
    await keyboard.press('Enter');
    await focusIsOn(page, 'Register');
    await tabTo('new-username');
    await keyboard.type('fingers');
    await tabTo('new-password');
    await keyboard.type('short');
    await keyboard.press('Enter');
    // The summary has focus, and leads to the field.
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('summary');
    await tabTo('Password must be at least 15 characters. This one has 5');
    await keyboard.press('Enter');
    await focusIsOn(page, 'new-password');
    await keyboard.press('Control+A');
    await keyboard.type(password);
    await tabTo('new-remember');
    await keyboard.press('Space');
    await expect.poll(() => page.getByLabel('Stay logged in on this device').isChecked()).toBe(true);
    await keyboard.press('Enter');
    await arrived(page, 'You are registered, fingers');

    await tabTo('Log out');
    await keyboard.press('Enter');
    await focusIsOn(page, 'You are logged out');
    await tabTo('Log in again');
    await keyboard.press('Enter');
    await focusIsOn(page, 'Log in');
    await tabTo('username');
    await keyboard.press('Control+A');
    await keyboard.type('fingers');
    await tabTo('current-password');
    await keyboard.type(password);
    await tabTo('Show');
    await keyboard.press('Space');
    await expect.poll(() => page.locator('#current-password').getAttribute('type')).toBe('text');
    await tabTo('remember');
    await tabTo('Log in');
    await keyboard.press('Space');
    await arrived(page, 'Logged in as fingers');
  });

  it('can be done by what a screen reader is told alone', async () => {
    const { page } = await house.visit();
    await page.goto('/register');
    await arrived(page, 'Register');
    expect(await page.getByRole('main').ariaSnapshot()).toBe(
      `
- main:
  - heading "Register" [level=1]
  - text: Username
  - paragraph: 3 to 32 letters a to z, digits, dots, dashes or underscores
  - textbox "Username"
  - text: Password
  - paragraph: At least 15 characters. Several words work well.
  - textbox "Password"
  - button "Show password": Show
  - status
  - status
  - checkbox "Stay logged in on this device"
  - text: Stay logged in on this device
  - paragraph: For a limited time, even after you close the browser. Do not use this on a shared device.
  - button "Register"
  - status
  - paragraph:
    - text: Already registered?
    - link "Log in":
      - /url: ${at('/login')}
`.trim(),
    );
    await page.getByRole('textbox', { name: 'Username' }).fill('-');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page
      .getByRole('group', { name: 'There is a problem' })
      .getByRole('link', { name: 'Enter a password' })
      .waitFor();
    const username = page.getByRole('textbox', { name: 'Username' });
    await expect.poll(() => username.getAttribute('aria-invalid')).toBe('true');
    const described = (await username.getAttribute('aria-describedby'))?.split(' ') ?? [];
    const told = await Promise.all(described.map((id) => page.locator(`#${id}`).textContent()));
    expect(told.join(' ')).toMatch(/3 to 32 .* Username must be/);
    await titleIs(page, 'Error: Register · Coatcheck');

    await username.fill('listener');
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByRole('heading', { name: 'You are registered, listener' }).waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'You are logged out' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Log in again' }).click();
    await page.getByRole('textbox', { name: 'Username' }).fill('listener');
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.getByRole('heading', { name: 'Logged in as listener' }).waitFor();
  });

  it('are what password managers take them for', async () => {
    const { page } = await house.visit();
    const fields = () =>
      page.locator('form input:not([type=checkbox])').evaluateAll((inputs) =>
        inputs.map((input) => {
          const { id, name, type, autocomplete, autocapitalize, spellcheck } = input as HTMLInputElement;
          if (id !== name) throw new Error(`${id} is named ${name}`);
          return [id, type, autocomplete, autocapitalize, spellcheck, input.getAttribute('passwordrules')];
        }),
      );
    await page.goto('/register');
    await arrived(page, 'Register');
    expect(await fields()).toEqual([
      ['new-username', 'text', 'username', 'none', false, null],
      ['new-password', 'password', 'new-password', 'none', false, 'minlength: 15'],
    ]);
    await expect.poll(() => page.locator('#new-password').getAttribute('minlength')).toBe('15');
    // A limit would cut a pasted password off without a word.
    expect(await page.locator('[maxlength]').count()).toBe(0);
    expect(await page.locator('form').evaluate((form: HTMLFormElement) => form.noValidate)).toBe(true);
    await page.goto('/login');
    await arrived(page, 'Log in');
    expect(await fields()).toEqual([
      ['username', 'text', 'username webauthn', 'none', false, null],
      ['current-password', 'password', 'current-password', 'none', false, null],
    ]);
    await page.goto('/register');
    await page.locator('#new-username').fill('managed');
    await page.locator('#new-password').fill(password);
    await page.locator('#new-password').press('Enter');
    // The form leaves and the address changes without a new page: that is when they offer to save.
    await page.locator('form#register').waitFor({ state: 'detached' });
    await pathIs(page, '/');
  });
});

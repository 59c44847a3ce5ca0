import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeEvents } from '../../apps/api/test/history.ts';
import { openHouse } from './house.ts';
import { arrived, focused, focusIsOn, password, pathIs, register, titleIs, tryLogIn } from './person.ts';

const house = openHouse();
const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

/** Somebody already registered, on one more device. */
async function onAnotherDevice(username: string) {
  const { page } = await house.visit({ userAgent: iPhone });
  await page.goto('/login');
  await tryLogIn(page, username);
  await arrived(page, `Logged in as ${username}`);
  return page;
}

describe('my sessions', () => {
  it('are listed with this device first; one that is ended there is shown out, and another is not', async () => {
    const { page, complaints } = await house.visit();
    await register(page, 'ended-elsewhere');
    const other = await onAnotherDevice('ended-elsewhere');
    const third = await onAnotherDevice('ended-elsewhere');
    await page.goto('/account/sessions');
    await arrived(page, 'Where you are logged in');
    const rows = page.locator('.sessions > li');
    await expect.poll(() => rows.count()).toBe(3);
    expect(await rows.first().textContent()).toContain('This device');
    const numberOf = (of: typeof page) => of.locator('.stub-number').textContent();
    const otherNumber = await numberOf(other);
    const row = rows.filter({ hasText: otherNumber ?? '' });
    await row.getByText('Safari on iOS', { exact: true }).waitFor();
    await row.getByRole('button', { name: `End session Safari on iOS, ticket ${otherNumber}` }).click();
    await row.getByText('Ended just now').waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: `Ended: Safari on iOS, ticket ${otherNumber}.` })
      .waitFor();

    await other.getByRole('main').getByRole('link', { name: 'Your account' }).click();
    await arrived(other, 'Log in');
    await other.getByText(/^This session was ended from elsewhere/).waitFor();
    // It may be a browser that somebody left: whose it was is forgotten. Logging in again goes on where one was.
    await expect.poll(() => other.getByLabel('Username').inputValue()).toBe('');
    await tryLogIn(other, 'ended-elsewhere');
    await arrived(other, 'Your account');

    await third.getByRole('main').getByRole('link', { name: 'Your account' }).click();
    await arrived(third, 'Your account');
    expect(complaints).toEqual([]);
  });

  it('can be ended by keyboard alone, and all the others at once', async () => {
    const { page } = await house.visit();
    await register(page, 'many-ends');
    for (let more = 0; more < 3; more += 1) await onAnotherDevice('many-ends');
    await page.goto('/account/sessions');
    const ends = page.getByRole('button', { name: /^End session / });
    await expect.poll(() => ends.count()).toBe(3);
    await ends.first().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => ends.count()).toBe(2);
    // Focus has gone on to the next one.
    await expect.poll(() => focused(page)).toMatch(/^End session /);
    await page.getByRole('button', { name: 'End 2 other sessions' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('2 other sessions are ended.').waitFor();
    await focusIsOn(page, '2 other sessions are ended.');
    await expect.poll(() => ends.count()).toBe(0);
    await page.reload();
    await page.getByText('Only this device is logged in.').waitFor();
  });

  it('says so when one cannot be ended now, and it can be tried again', async () => {
    const { page } = await house.visit();
    await register(page, 'try-again');
    await onAnotherDevice('try-again');
    await page.goto('/account/sessions');
    await page.route('**/me/sessions/*', (route) => route.abort());
    await page.getByRole('button', { name: /^End session / }).click();
    await page.getByRole('alert').filter({ hasText: 'No answer.' }).waitFor();
    await page.unroute('**/me/sessions/*');
    await page.getByRole('button', { name: /^End session / }).click();
    await page.getByText('Ended just now').waitFor();
  });
});

describe('my password', () => {
  it('is changed where password managers look, ends every other session, and this one goes on', async () => {
    const { page, complaints } = await house.visit();
    await register(page, 'new-password');
    const other = await onAnotherDevice('new-password');
    await page.goto('/.well-known/change-password');
    await arrived(page, 'Change your password');
    await pathIs(page, '/account/password');
    const [before] = await page.context().cookies();

    await page.getByLabel('Current password').fill('not the right password');
    await page.getByLabel('New password').fill('gloves in the left pocket');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByRole('link', { name: 'Current password is not right. Check it and try again' }).waitFor();
    await titleIs(page, 'Error: Change your password · Coatcheck');
    await expect.poll(() => page.getByLabel('Current password').inputValue()).toBe('');
    await expect.poll(() => page.getByLabel('New password').inputValue()).toBe('gloves in the left pocket');

    await page.getByLabel('Current password').fill(password);
    await page.getByRole('button', { name: 'Change password' }).click();
    await arrived(page, 'Your account');
    await focusIsOn(page, 'Your account');
    await page.getByText('Your password is changed. All other sessions ended.').waitFor();
    const [after] = await page.context().cookies();
    expect(after?.value).not.toBe(before?.value);

    await other.reload();
    await arrived(other, 'You are not logged in');
    await other.getByText(/^This session was ended from elsewhere/).waitFor();
    await other.goto('/login');
    await tryLogIn(other, 'new-password', 'gloves in the left pocket');
    await arrived(other, 'Logged in as new-password');
    expect(complaints).toEqual([]);
  });

  it('tells what does not fit before the server is asked', async () => {
    const { page } = await house.visit();
    await register(page, 'short-password');
    await page.goto('/account/password');
    await page.getByLabel('New password').fill('short');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByRole('link', { name: 'Enter a password' }).waitFor();
    await page
      .getByRole('link', { name: 'Password must be at least 15 characters. This one has 5' })
      .waitFor();
  });
});

describe('my profile', () => {
  it('is what I am called everywhere, whatever I type, and can be cleared', async () => {
    const { page, complaints } = await house.visit();
    await register(page, 'profile');
    await page.goto('/account');
    const name = '<b>Ada</b> "&amp;" \u202E עדה';
    await page.getByLabel('Name (optional)').fill(name);
    await page.getByLabel('Email (optional)').fill('ada@example.com');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await expect.poll(() => page.locator('.stub-name').textContent()).toBe(name);
    await page.reload();
    await arrived(page, 'Your account');
    await expect.poll(() => page.getByLabel('Name (optional)').inputValue()).toBe(name);
    await page.getByLabel('Name (optional)').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => page.locator('.stub-name').textContent()).toBe('profile');
    expect(complaints).toEqual([]);
  });
});

describe('my activity', () => {
  it('tells of other people’s tries and of new devices, and a session that is not mine can be ended there', async () => {
    const { page, complaints } = await house.visit();
    await register(page, 'watchful');
    const thief = await onAnotherDevice('watchful');
    const { page: stranger } = await house.visit();
    await stranger.goto('/login');
    await tryLogIn(stranger, 'watchful', 'not the right password');
    await stranger.getByText('There is a problem').waitFor();

    await page.goto('/account/activity');
    await arrived(page, 'What happened here');
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    await page.getByText('A login with a wrong password').waitFor();
    await page.getByText('You registered').waitFor();
    const login = page.locator('.events > li').filter({ hasText: 'Logged in' });
    await login.getByText('New device').waitFor();
    await login.getByRole('button', { name: /^End session Safari on iOS/ }).click();
    await login.getByText('Ended just now').waitFor();
    await thief.reload();
    await arrived(thief, 'You are not logged in');
    expect(complaints).toEqual([]);
  });

  it('stays readable with thousands of events: earlier ones come when asked for', async () => {
    const { page } = await house.visit();
    await register(page, 'busy-life');
    const [account] = await house.database.query<{ id: string }>(
      `SELECT id FROM accounts WHERE username = 'busy-life'`,
    );
    await writeEvents(house.database, account?.id ?? '', 'logged-out', 119, Date.now());
    await page.goto('/account/activity');
    const rows = page.locator('.events > li');
    await expect.poll(() => rows.count()).toBe(50);
    await page.getByRole('button', { name: 'Show earlier' }).click();
    await expect.poll(() => rows.count()).toBe(100);
    // Reading goes on with the first of them.
    await expect.poll(() => rows.nth(50).evaluate((row) => row === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Show earlier' }).click();
    await expect.poll(() => rows.count()).toBe(120);
    await page.getByText('That is all.').waitFor();
  });
});

describe('leaving', () => {
  it('asks once, says goodbye, and leaves nobody behind', async () => {
    const { page, complaints } = await house.visit();
    await register(page, 'leaving');
    const tab = await page.context().newPage();
    await tab.goto('/account');
    await arrived(tab, 'Your account');
    await page.bringToFront();
    await page.goto('/account');
    await page
      .getByRole('navigation', { name: 'Your account’s pages' })
      .getByRole('link', { name: 'Leave' })
      .click();
    await arrived(page, 'Leave for good');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^coatcheck-leaving-\d{4}-\d\d-\d\d\.json$/);
    const taken = JSON.parse(readFileSync(await download.path(), 'utf8'));
    expect(taken).toMatchObject({ user: { username: 'leaving' }, events: [{ type: 'registered' }] });

    await page.getByRole('button', { name: 'Remove my account' }).click();
    await page.getByRole('link', { name: 'Enter a password' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill('not the right password');
    await page.getByRole('button', { name: 'Remove my account' }).click();
    await page.getByRole('link', { name: 'Current password is not right. Check it and try again' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Remove my account' }).click();
    await arrived(page, 'Goodbye');
    await focusIsOn(page, 'Goodbye');
    await pathIs(page, '/');
    expect(await page.context().cookies()).toEqual([]);
    await arrived(tab, 'Log in');
    // Back leads to no account.
    await page.goBack();
    await arrived(page, 'Log in');
    await expect.poll(() => page.getByLabel('Username').inputValue()).toBe('');
    await register(page, 'leaving');
    expect(complaints).toEqual([]);
  });
});

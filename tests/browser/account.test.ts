import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { at } from '../../apps/api/test/base-path.ts';
import { writeEvents } from '../../apps/api/test/history.ts';
import { openHouse } from './house.ts';
import {
  arrived,
  focused,
  focusIsOn,
  password,
  pathIs,
  register,
  titleIs,
  tryLogIn,
  tryRegister,
} from './person.ts';

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
    expect(await rows.first().textContent()).toContain('Current session');
    await rows.first().getByText('Active now').waitFor();
    const numberOf = (of: typeof page) => of.locator('.stub-number').textContent();
    const otherNumber = await numberOf(other);
    const row = rows.filter({ hasText: otherNumber ?? '' });
    await row.getByText('Safari on iOS', { exact: true }).waitFor();
    await row.getByText('just now', { exact: true }).waitFor();
    const chip = row.locator('.number');
    const background = () => chip.evaluate((chip) => getComputedStyle(chip).backgroundColor);
    expect(await background()).not.toBe('rgba(0, 0, 0, 0)');
    await row.getByRole('button', { name: `End session Safari on iOS, ticket ${otherNumber}` }).click();
    await row.getByText('Ended just now').waitFor();
    // Colour is memory: the server has forgotten this one.
    expect(await background()).toBe('rgba(0, 0, 0, 0)');
    await page
      .getByRole('status')
      .filter({ hasText: `Ended: Safari on iOS, ticket ${otherNumber}.` })
      .waitFor();

    await other.getByRole('main').getByRole('link', { name: 'Your account' }).click();
    await arrived(other, 'Log in');
    await other.getByText(/^This session was ended, for example/).waitFor();
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
    await page.getByText('2 other sessions ended.').waitFor();
    await focusIsOn(page, '2 other sessions ended.');
    await expect.poll(() => ends.count()).toBe(0);
    await page.reload();
    await page.getByText('You have no other sessions.').waitFor();
  });

  it('can be looked at more closely by keyboard, with the exact times', async () => {
    const { page } = await house.visit();
    await register(page, 'exact-times');
    await onAnotherDevice('exact-times');
    await page.goto('/account/sessions');
    const row = page.locator('.sessions > li').nth(1);
    const more = row.getByRole('button', { name: /^More about Safari on iOS, ticket \d{4}$/ });
    await more.focus();
    expect(await more.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('Enter');
    expect(await more.getAttribute('aria-expanded')).toBe('true');
    await row.getByText('Last used').waitFor();
    const [relative, ...exact] = await row.locator('time').all();
    expect(await relative?.getAttribute('title')).toMatch(/\d{4}/);
    expect(exact).toHaveLength(3);
    for (const time of exact) expect(await time.textContent()).toMatch(/\d:\d\d/);
    await page.keyboard.press('Enter');
    await expect.poll(() => row.getByText('Last used').count()).toBe(0);
    // The next stop is the button that ends the session.
    await page.keyboard.press('Tab');
    await expect.poll(() => focused(page)).toMatch(/^End session Safari on iOS/);
  });

  it('come twenty at a time, and reading goes on at the first of the new rows', async () => {
    const { page } = await house.visit({ viewport: { width: 360, height: 740 } });
    await register(page, 'crowded');
    const answer = await page.evaluate(async (path) => (await fetch(path)).json(), at('/me/sessions'));
    const [current] = answer.sessions;
    const others = Array.from({ length: 99 }, (_, n) => ({ ...current, id: `other-${n}`, current: false }));
    await page.route('**/me/sessions', (route) =>
      route.request().resourceType() === 'fetch'
        ? route.fulfill({ json: { sessions: [current, ...others] } })
        : route.fallback(),
    );
    await page.goto('/account/sessions');
    const rows = page.locator('.sessions > li');
    await expect.poll(() => rows.count()).toBe(20);
    // What ends them all stands above the first of them.
    const all = await page.getByRole('button', { name: 'End 99 other sessions' }).boundingBox();
    expect(all?.y).toBeLessThan((await rows.first().boundingBox())?.y ?? 0);
    for (const first of [20, 40, 60]) {
      await page.getByRole('button', { name: 'Show 20 more' }).press('Enter');
      await expect.poll(() => rows.nth(first).evaluate((row) => row === document.activeElement)).toBe(true);
    }
    await page.getByRole('button', { name: 'Show 20 more' }).click();
    await expect.poll(() => rows.count()).toBe(100);
  });

  it('keep their relative times true while the page stands open, and move nothing by it', async () => {
    const { page } = await house.visit({ viewport: { width: 1280, height: 900 } });
    await page.clock.install();
    await register(page, 'patient');
    await onAnotherDevice('patient');
    await page.goto('/account/sessions');
    const row = page.locator('.sessions > li').nth(1);
    await row.getByText('just now', { exact: true }).waitFor();
    const address = row.locator('.seen .exact');
    const before = await address.boundingBox();
    await page.clock.fastForward(5 * 60_000);
    await row.getByText(/^[456] minutes ago$/).waitFor();
    expect(await address.boundingBox()).toEqual(before);
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
    await page.getByRole('link', { name: 'Wrong current password. Check it and try again' }).waitFor();
    await titleIs(page, 'Error: Change your password · Coatcheck');
    await expect.poll(() => page.getByLabel('Current password').inputValue()).toBe('');
    await expect.poll(() => page.getByLabel('New password').inputValue()).toBe('gloves in the left pocket');

    await page.getByLabel('Current password').fill(password);
    await page.getByRole('button', { name: 'Change password' }).click();
    await pathIs(page, '/account/sessions');
    await focusIsOn(page, 'Where you are logged in');
    await page.getByText('Your password is changed. The other session ended.').waitFor();
    await page.getByText('You have no other sessions.').waitFor();
    const [after] = await page.context().cookies();
    expect(after?.value).not.toBe(before?.value);

    await other.reload();
    await arrived(other, 'You are not logged in');
    await other.getByText(/^This session was ended, for example/).waitFor();
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
    await arrived(page, 'Account activity');
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    const failed = page.locator('.events > li').filter({ hasText: 'Login with a wrong password' });
    await failed.getByText('Failed', { exact: true }).waitFor();
    await page.getByText('Registered', { exact: true }).waitFor();
    const login = page.locator('.events > li').filter({ hasText: 'Logged in' });
    await login.getByText('New device').waitFor();
    await login.getByRole('button', { name: /^End session Safari on iOS/ }).click();
    await login.getByText('Ended just now').waitFor();
    await thief.reload();
    await arrived(thief, 'You are not logged in');
    expect(complaints).toEqual([]);
  });

  it('makes many failed tries one row that stands out, and asks to end only what is suspicious', async () => {
    const { page } = await house.visit();
    await register(page, 'attacked');
    await onAnotherDevice('attacked');
    await onAnotherDevice('attacked');
    const { page: stranger } = await house.visit();
    await stranger.goto('/login');
    for (let tries = 0; tries < 3; tries += 1) {
      await tryLogIn(stranger, 'attacked', `not the right password ${tries}`);
      await expect.poll(() => stranger.getByLabel('Password', { exact: true }).inputValue()).not.toBe('');
      await stranger.getByText('There is a problem').waitFor();
    }
    await onAnotherDevice('attacked');
    await page.goto('/account/activity');
    await arrived(page, 'Account activity');
    const rows = page.locator('.events > li');
    await page.getByText('Failed × 3').waitFor();
    await page.getByText('last from').waitFor();
    const looks = (row: number) => rows.nth(row).locator('.end').getAttribute('class');
    // After the failed run, not after anything, and from a new device.
    expect(await rows.allTextContents()).toHaveLength(5);
    expect(await looks(0)).toContain('as-button');
    expect(await looks(2)).toContain('as-link');
    expect(await looks(3)).toContain('as-button');
    await rows
      .nth(2)
      .getByRole('button', { name: /^End session Safari on iOS, ticket \d{4}$/ })
      .click();
    await rows.nth(2).getByText('Ended just now').waitFor();
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
    await page.getByText('No older entries.').waitFor();
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
    await page.getByRole('main').getByRole('link', { name: 'Delete account' }).click();
    await arrived(page, 'Delete account');
    // What it means and what to do before come first, at every width.
    const inOrder = [
      page.getByText(/^Your account, your sessions, .+ cannot be undone/),
      page.getByRole('button', { name: 'Download your data' }),
      page.getByLabel('Password', { exact: true }),
      page.getByRole('button', { name: 'Delete account' }),
    ];
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      const boxes = await Promise.all(inOrder.map((part) => part.boundingBox()));
      const tops = boxes.map((box) => box?.y ?? 0);
      expect(tops).toEqual(tops.toSorted((a, b) => a - b));
      expect(new Set(tops).size).toBe(4);
    }
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download your data' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^coatcheck-leaving-\d{4}-\d\d-\d\d\.json$/);
    const taken = JSON.parse(readFileSync(await download.path(), 'utf8'));
    expect(taken).toMatchObject({ user: { username: 'leaving' }, events: [{ type: 'registered' }] });

    await page.getByRole('button', { name: 'Delete account' }).click();
    await page.getByRole('link', { name: 'Enter a password' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill('not the right password');
    await page.getByRole('button', { name: 'Delete account' }).click();
    await page.getByRole('link', { name: 'Wrong current password. Check it and try again' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Delete account' }).click();
    await arrived(page, 'Goodbye');
    await focusIsOn(page, 'Goodbye');
    await pathIs(page, '/');
    expect(await page.context().cookies()).toEqual([]);
    await arrived(tab, 'Log in');
    // Back leads to no account.
    await page.goBack();
    await arrived(page, 'Log in');
    await expect.poll(() => page.getByLabel('Username').inputValue()).toBe('');
    // The name stays taken.
    await tryRegister(page, 'leaving');
    await page.getByRole('link', { name: /^leaving is taken/ }).waitFor();
    expect(complaints).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import type { CDPSession, Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { at } from '../../apps/api/test/base-path.ts';
import { openHouse } from './house.ts';
import { arrived, focusIsOn, password, pathIs, register, tryLogIn } from './person.ts';

const house = openHouse();
const minute = 60_000;

/** An authenticator of this device, as a person uses it who is always ready with a finger. */
async function withAuthenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

/** The person does not put the finger there. */
const refusing = (
  { cdp, authenticatorId }: { cdp: CDPSession; authenticatorId: string },
  isRefusing = true,
) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: !isRefusing });

/** Makes every proof of this account too old to count. */
async function letProofsPass(username: string) {
  await house.database.query(
    `UPDATE sessions SET password_proven_at = NULL, passkey_proven_at = NULL
     WHERE account_id = (SELECT id FROM accounts WHERE username = '${username}')`,
  );
}

/** Registers, and opens the page of the ways in. */
async function atWays(username: string, options = {}) {
  const { page, complaints } = await house.visit(options);
  const authenticator = await withAuthenticator(page);
  await register(page, username);
  await page.goto('/account/ways');
  await arrived(page, 'Ways to log in');
  return { page, complaints, authenticator };
}

/** Presses a button by the keyboard alone. */
async function pressed(button: Locator) {
  await button.focus();
  await button.press('Enter');
}
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

async function addPasskey(page: Page) {
  await button(page, 'Add a passkey').click();
  await page.getByText(/^Added: /).waitFor();
}

/** Presses "Remove", and again where the page asks. */
async function remove(page: Page) {
  await button(page, /^Remove/).click();
  await page.getByText(/^Remove .*\?/).waitFor();
  // A click would count as the second of a double click.
  await pressed(button(page, /^Remove/));
}

async function makeCodes(page: Page): Promise<string[]> {
  await button(page, 'Make recovery codes').click();
  await arrived(page, 'Your recovery codes');
  const codes = await page.locator('.codes > li').allTextContents();
  await button(page, 'I have kept them').click();
  await page.getByText('10 of 10 codes left.').waitFor();
  return codes;
}

describe('passkeys on the account’s page', () => {
  it.each([
    {
      locale: 'en-GB',
      words: {
        title: 'Ways to log in',
        add: 'Add a passkey',
        added: /^Added: Chrome on Linux\./,
        name: 'Name of this passkey',
        save: 'Save',
        saved: 'Saved: Work laptop.',
        change: /^Change/,
        remove: /^Remove/,
        removal: /^Remove Work laptop\? /,
        keep: 'Keep it',
        removed: /^Removed: Work laptop\./,
        none: 'You have none yet.',
        form: ['Username', 'Password', 'Register'],
      },
    },
    {
      locale: 'de-DE',
      words: {
        title: 'Anmeldewege',
        add: 'Passkey hinzufügen',
        added: /^Hinzugefügt: Chrome auf Linux\./,
        name: 'Name dieses Passkeys',
        save: 'Speichern',
        saved: 'Gespeichert: Work laptop.',
        change: /^Ändern/,
        remove: /^Entfernen/,
        removal: /^Work laptop entfernen\? /,
        keep: 'Behalten',
        removed: /^Entfernt: Work laptop\./,
        none: 'Du hast noch keinen.',
        form: ['Benutzername', 'Passwort', 'Registrieren'],
      },
    },
  ])('are added, renamed and removed by keyboard at 320 px, in $locale', async ({ locale, words }) => {
    const { page, complaints } = await house.visit({
      locale,
      viewport: { width: 320, height: 640 },
    });
    await withAuthenticator(page);
    await page.goto('/register');
    const [username = '', secret = '', action = ''] = words.form;
    await page.getByLabel(username).fill(`keys-${locale.slice(0, 2)}`);
    await page.getByLabel(secret, { exact: true }).fill(password);
    await button(page, action).click();
    // The offer after the registration leads there.
    await pressed(page.locator('.offer a'));
    await arrived(page, words.title);
    await page.getByText(words.none, { exact: true }).waitFor();
    expect(await page.locator('.offer').count()).toBe(0);

    await pressed(button(page, words.add));
    await page.getByText(words.added).waitFor();
    await focusIsOn(page, 'passkey-name');
    // Whoever presses once more where the button was must not lose the new passkey.
    expect(await button(page, words.remove).count()).toBe(0);
    await page.keyboard.type('Work laptop');
    await page.keyboard.press('Enter');
    await page.getByText(words.saved, { exact: true }).waitFor();
    const row = page.locator('.passkeys > li');
    await row.getByText('Work laptop', { exact: true }).waitFor();

    await pressed(button(page, words.change));
    await pressed(button(page, words.remove));
    await page.getByText(words.removal).waitFor();
    await pressed(button(page, words.keep));
    await page.getByText(words.removal).waitFor({ state: 'detached' });
    await row.getByText('Work laptop', { exact: true }).waitFor();
    await pressed(button(page, words.change));
    await pressed(button(page, words.remove));
    await pressed(button(page, words.remove));
    await page.getByText(words.removed).waitFor();
    await page.getByText(words.none, { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([
    { locale: 'en-GB', form: ['Username', 'Password', 'Register', 'Your account'] },
    { locale: 'de-DE', form: ['Benutzername', 'Passwort', 'Registrieren', 'Dein Konto'] },
  ])(
    'are offered on the first screen of a phone, beside what the person came for, in $locale',
    async ({ locale, form: [username = '', secret = '', action = '', account = ''] }) => {
      const { page } = await house.visit({ locale, viewport: { width: 320, height: 680 } });
      await page.goto('/register');
      await page.getByLabel(username).fill(`seen-${locale.slice(0, 2)}`);
      await page.getByLabel(secret, { exact: true }).fill(password);
      await button(page, action).click();
      const lowerEdge = async (shown: Locator) => {
        const { y = Number.NaN, height = Number.NaN } = (await shown.boundingBox()) ?? {};
        return y + height;
      };
      expect(await lowerEdge(page.locator('.offer a'))).toBeLessThanOrEqual(680);
      expect(await lowerEdge(page.locator('.offer button'))).toBeLessThanOrEqual(680);
      expect(await lowerEdge(page.getByRole('link', { name: account, exact: true }))).toBeLessThanOrEqual(
        680,
      );
    },
  );

  it('are offered once after the registration, and waved away by a press', async () => {
    const { page } = await house.visit();
    await register(page, 'not-now');
    await button(page, 'Not now').click();
    expect(await page.locator('.offer').count()).toBe(0);
    await focusIsOn(page, 'content');
    await button(page, 'Log out').click();
    await arrived(page, 'You are logged out');
    await page.goto('/login');
    await tryLogIn(page, 'not-now');
    await arrived(page, 'Logged in as not-now');
    await page.reload();
    await arrived(page, 'Logged in as not-now');
    expect(await page.locator('.offer').count()).toBe(0);
  });

  it('are not offered to a person who has one, or who logs in by one', async () => {
    const { page } = await house.visit();
    await withAuthenticator(page);
    await register(page, 'has-one');
    await page.locator('.offer').waitFor();
    const another = await page.context().newPage();
    await withAuthenticator(another);
    await another.goto('/account/ways');
    await addPasskey(another);
    // The person comes back to the first tab.
    await page.bringToFront();
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.locator('.offer').waitFor({ state: 'detached' });
    await another.bringToFront();
    await another.getByRole('button', { name: 'Log out' }).click();
    await arrived(another, 'You are logged out');
    await another.goto('/login');
    await arrived(another, 'Logged in as has-one');
    expect(await another.locator('.offer').count()).toBe(0);
  });

  it('that were not made leave a sentence, and nothing behind', async () => {
    const { page, authenticator } = await atWays('no-finger');
    await refusing(authenticator);
    await button(page, 'Add a passkey').click();
    await page.getByText(/^No passkey was added: the dialog was closed/).waitFor();
    await refusing(authenticator, false);
    await addPasskey(page);
    await button(page, 'Add a passkey').click();
    await page.getByText('There is a passkey of your account on this device already').waitFor();
    expect(await page.locator('.passkeys > li').count()).toBe(1);
  });

  it('need a name as the page’s address: an address of numbers leads there', async () => {
    const { page } = await house.visit();
    const numbers = new URL(at('/register'), house.url);
    numbers.hostname = '127.0.0.1';
    await page.goto(numbers.href);
    await page.getByLabel('Username').fill('numbers');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await button(page, 'Register').click();
    await arrived(page, 'You are registered, numbers');
    await page.goto(new URL(at('/account/ways'), numbers).href);
    const link = page.getByRole('link', { name: /^Open this page at localhost:/ });
    expect(await link.getAttribute('href')).toBe(new URL(at('/account/ways'), house.url).href);
    expect(await button(page, 'Add a passkey').count()).toBe(0);
  });
});

describe('a change of the ways in', () => {
  it('asks for the password when the last proof is old, and then goes on by itself', async () => {
    const { page } = await atWays('old-proof');
    await letProofsPass('old-proof');
    await button(page, 'Make recovery codes').click();
    await arrived(page, 'Prove that it is you');
    await focusIsOn(page, 'Prove that it is you');
    await button(page, 'Cancel').click();
    await arrived(page, 'Ways to log in');
    await focusIsOn(page, 'Make recovery codes');
    await button(page, 'Make recovery codes').click();
    await arrived(page, 'Prove that it is you');
    await page.getByLabel('Password', { exact: true }).fill('not the right password');
    await button(page, 'Continue').click();
    await page.getByRole('link', { name: 'Wrong current password. Check it and try again' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await button(page, 'Continue').click();
    await arrived(page, 'Your recovery codes');
    expect(await page.locator('.codes > li').count()).toBe(10);
    await button(page, 'I have kept them').click();
    // The proof lasts: the next change asks for nothing, and the call of before is not made once more.
    await page.getByText('10 of 10 codes left.').waitFor();
    await addPasskey(page);
  });

  it('takes a passkey in place of the password', async () => {
    const { page } = await atWays('proof-by-key');
    await addPasskey(page);
    await letProofsPass('proof-by-key');
    await page.reload();
    await button(page, /^Change/).click();
    await remove(page);
    await arrived(page, 'Prove that it is you');
    await button(page, 'Use a passkey').click();
    await page.getByText(/^Removed: Chrome on Linux\./).waitFor();
  });

  it('that failed after the proof is made again by a press, and by nothing else', async () => {
    const { page } = await atWays('once-more');
    await addPasskey(page);
    await letProofsPass('once-more');
    await page.reload();
    let removals = 0;
    await page.route('**/me/passkeys/*', (route) => {
      removals += 1;
      return removals === 2 ? route.abort() : route.continue();
    });
    await button(page, /^Change/).click();
    await remove(page);
    await arrived(page, 'Prove that it is you');
    await button(page, 'Use a passkey').click();
    await page
      .getByText(/^No answer\./)
      .first()
      .waitFor();
    await button(page, /^Change/).click();
    await button(page, /^Change/).click();
    await page.getByLabel('Name of this passkey').waitFor();
    expect(removals).toBe(2);
    await remove(page);
    await page.getByText(/^Removed: Chrome on Linux\./).waitFor();
  });
});

describe('recovery codes', () => {
  it.each([
    {
      locale: 'en-GB',
      form: ['Username', 'Password', 'Register'],
      words: ['Your account', 'Ways to log in', 'Make recovery codes', 'Your recovery codes', 'Log out'],
      question: 'Leave without keeping the codes? You cannot see them again, and the earlier ones are void.',
    },
    {
      locale: 'de-DE',
      form: ['Benutzername', 'Passwort', 'Registrieren'],
      words: ['Dein Konto', 'Anmeldewege', 'Codes machen', 'Deine neuen Codes', 'Abmelden'],
      question:
        'Gehen, ohne die Codes aufzubewahren? Du siehst sie nicht noch einmal, und die früheren gelten nicht mehr.',
    },
  ])(
    'are not lost by a reload, a link, Back or a logout before they are kept, in $locale',
    async ({
      locale,
      form: [username = '', secret = '', action = ''],
      words: [account = '', ways = '', make = '', codes = '', logOut = ''],
      question,
    }) => {
      const { page, complaints } = await house.visit({ locale });
      await page.goto('/register');
      await page.getByLabel(username).fill(`codes-left-${locale.slice(0, 2)}`);
      await page.getByLabel(secret, { exact: true }).fill(password);
      await button(page, action).click();
      await page.getByRole('link', { name: account, exact: true }).click();
      await arrived(page, account);
      await page.locator('.account-pages').getByRole('link', { name: ways, exact: true }).click();
      await arrived(page, ways);
      await button(page, make).click();
      await arrived(page, codes);
      expect(await page.locator('.account-pages').count()).toBe(0);
      const asked: string[] = [];
      let isLeaving = false;
      page.on('dialog', (dialog) => {
        asked.push(dialog.message());
        return isLeaving ? dialog.accept() : dialog.dismiss();
      });
      await page.evaluate(() => window.location.reload());
      // The words are the browser's.
      await expect.poll(() => asked).toEqual(['']);
      await page.getByRole('link', { name: 'Coatcheck' }).first().click();
      expect(asked.splice(0)).toEqual(['', question]);
      await button(page, logOut).click();
      expect(asked.splice(0)).toEqual([question]);
      await page.evaluate(() => history.back());
      await expect.poll(() => asked).toEqual([question]);
      await pathIs(page, '/account/ways');
      expect(await page.locator('.codes > li').count()).toBe(10);
      isLeaving = true;
      await page.route('**/logout', (route) => route.abort());
      await button(page, logOut).click();
      await page.locator('[role=alert]:not(:empty)').first().waitFor();
      expect(asked.splice(0)).toEqual([question, question]);
      await page.evaluate(() => history.back());
      await arrived(page, account);
      expect(asked).toEqual([question]);
      expect(complaints).toEqual([]);
    },
  );

  it.each([
    ['saved', 'Save as a file'],
    ['printed', 'Print'],
    ['copied', 'Copy'],
  ])('that were %s let the person go without a question', async (how, keep) => {
    const { page } = await house.visit({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.addInitScript(() => {
      window.print = () => undefined;
    });
    await register(page, `codes-${how}`);
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      return dialog.dismiss();
    });
    const makeAndKeep = async (make: string) => {
      await page.getByRole('link', { name: 'Your account', exact: true }).click();
      await page.locator('.account-pages').getByRole('link', { name: 'Ways to log in', exact: true }).click();
      await button(page, make).click();
      await arrived(page, 'Your recovery codes');
      await button(page, keep).click();
      if (how === 'copied') await button(page, 'Copied').waitFor();
    };
    await makeAndKeep('Make recovery codes');
    await page.evaluate(() => history.back());
    await arrived(page, 'Your account');
    await page.getByRole('link', { name: 'Coatcheck' }).first().click();
    await makeAndKeep('Make new codes');
    await page.getByRole('link', { name: 'Coatcheck' }).first().click();
    await makeAndKeep('Make new codes');
    await button(page, 'Log out').click();
    await arrived(page, 'You are logged out');
    expect(asked).toEqual([]);
  });

  const end = {
    'from another device': (page: Page, username: string) =>
      house.database
        .query(
          `DELETE FROM sessions WHERE account_id = (SELECT id FROM accounts WHERE username = '${username}')`,
        )
        .then(() => page.evaluate(() => dispatchEvent(new Event('online')))),
    'after two hours without use': (page: Page) => page.clock.runFor(121 * minute),
  };
  it.each(Object.entries(end))(
    'go with a session that ends %s, and the page says so until somebody logs in',
    async (how, end) => {
      const username = `codes-gone-${how.split(' ', 1)}`;
      const { page } = await house.visit();
      await page.clock.install();
      await register(page, username);
      await page.goto('/account/ways');
      await button(page, 'Make recovery codes').click();
      await arrived(page, 'Your recovery codes');
      const [code = ''] = await page.locator('.codes > li').allTextContents();
      await end(page, username);
      await page.getByLabel('Password', { exact: true }).waitFor();
      const notice = page.getByRole('region', { name: 'Recovery codes' });
      expect(await notice.textContent()).toBe(
        'Your session ended while your new recovery codes were shown. If you have not kept them, make new ones once you have logged in: the earlier ones are void.',
      );
      expect(await page.content()).not.toContain(code);
      await page.getByLabel('Username').fill(username);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await button(page, 'Log in').click();
      await arrived(page, 'Ways to log in');
      await page.getByText('10 of 10 codes left.').waitFor();
      expect(await notice.getByText('Your session ended').count()).toBe(0);
      // Whoever logs out has been asked.
      await button(page, 'Make new codes').click();
      await arrived(page, 'Your recovery codes');
      page.once('dialog', (dialog) => dialog.accept());
      await button(page, 'Log out').click();
      await arrived(page, 'You are logged out');
      expect(await page.getByText('Your session ended').count()).toBe(0);
    },
  );

  it('are gone when another account is logged in, whose page it then is', async () => {
    const { page } = await atWays('codes-of-one');
    await button(page, 'Make recovery codes').click();
    await arrived(page, 'Your recovery codes');
    const [code = ''] = await page.locator('.codes > li').allTextContents();
    // As another tab does. This page learns of it when somebody looks at it again.
    await page.evaluate(async (password) => {
      await fetch('/logout', { method: 'POST' });
      const body = JSON.stringify({ username: 'codes-of-another', password });
      await fetch('/register', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      document.dispatchEvent(new Event('visibilitychange'));
    }, password);
    await page.getByText('codes-of-another').first().waitFor({ state: 'attached' });
    await expect.poll(() => page.content()).not.toContain(code);
    await arrived(page, 'Ways to log in');
  });

  it('are shown once, can be kept as a file, and stand nowhere else', async () => {
    const { page } = await atWays('codes-kept');
    await button(page, 'Make recovery codes').click();
    await arrived(page, 'Your recovery codes');
    const codes = await page.locator('.codes > li').allTextContents();
    expect(new Set(codes).size).toBe(10);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Save as a file').click(),
    ]);
    expect(download.suggestedFilename()).toBe('coatcheck-codes-kept-recovery-codes.txt');
    const file = readFileSync(await download.path(), 'utf8');
    expect(file).toContain('Recovery codes for codes-kept at Coatcheck');
    for (const code of codes) expect(file).toContain(code);
    await page.emulateMedia({ media: 'print' });
    expect(await button(page, 'I have kept them').isVisible()).toBe(false);
    expect(await page.getByText(`${house.url}${at('/recover')}`).isVisible()).toBe(true);
    expect(await page.getByText('For codes-kept at Coatcheck').isVisible()).toBe(true);
    const day = new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
    expect(await page.getByText(`Made on ${day}.`).isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });

    await button(page, 'I have kept them').click();
    await page.getByText('Your new recovery codes are in force.').first().waitFor();
    await page.goto('/account');
    await page.getByText('10 codes left', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Coatcheck' }).first().click();
    await page.getByRole('link', { name: 'See how it works' }).click();
    await page.getByRole('switch').waitFor();
    const everything = await page.evaluate(
      () =>
        document.documentElement.outerHTML +
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, location.href]),
    );
    for (const code of codes) expect(everything).not.toContain(code);
  });
});

describe('a link for another device', () => {
  it('is good for two minutes, and never seems good for longer', async () => {
    const { page } = await house.visit();
    await register(page, 'two-minutes');
    // As beyond this machine: the cookie is for https. The clocks differ.
    await page.route('**/session', async (route) => {
      const response = await route.fetch();
      const told = await response.json();
      told.cookie.attributes.secure = true;
      await route.fulfill({ response, json: told });
    });
    await page.route('**/me/device-links', (route) => {
      const expiresAt = new Date(Date.now() + 180_000).toISOString();
      return route.fulfill({ status: 201, json: { url: `${house.url}/enter#${'x'.repeat(43)}`, expiresAt } });
    });
    await page.goto('/account/ways');
    await button(page, 'Show a code').click();
    await page.getByText('Good once, for 2:00').waitFor();
  });
});

describe('the buttons of the ways in', () => {
  it('have one width on a phone, and keep it and their place when something has been copied', async () => {
    const { page } = await atWays('one-width', {
      viewport: { width: 360, height: 680 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const widths = () =>
      page
        .locator('main .button:visible')
        .evaluateAll((buttons) => buttons.map((each) => each.getBoundingClientRect().width));
    expect(new Set(await widths()).size).toBe(1);
    await button(page, 'Make recovery codes').click();
    await arrived(page, 'Your recovery codes');
    expect(new Set(await widths()).size).toBe(1);
    const places = () =>
      page.locator('main .button:visible').evaluateAll((buttons) =>
        buttons.map((each) => {
          const { left, top, width, height } = each.getBoundingClientRect();
          return [left, top + window.scrollY, width, height];
        }),
      );
    const onPhone = await places();
    await page.setViewportSize({ width: 900, height: 680 });
    const onDesk = await places();
    await button(page, 'Copy').click();
    await button(page, 'Copied').waitFor();
    expect(await places()).toEqual(onDesk);
    await page.setViewportSize({ width: 360, height: 680 });
    expect(await places()).toEqual(onPhone);
  });
});

describe('a password that is not enough alone', () => {
  it('needs a passkey and codes first, ends the other sessions, and lets nobody in by itself', async () => {
    const { page } = await atWays('not-alone');
    await page.getByText('For this you need a passkey and recovery codes first.').waitFor();
    await makeCodes(page);
    await page.getByText('For this you need a passkey first.').waitFor();
    await addPasskey(page);
    const other = await house.visit();
    await other.page.goto('/login');
    await tryLogIn(other.page, 'not-alone');
    await arrived(other.page, 'Logged in as not-alone');

    await button(page, 'Ask for a passkey every time').click();
    await page.getByText(/^From now on your password alone is not enough\./).waitFor();
    await other.page.goto('/account');
    await arrived(other.page, 'Log in');
    await tryLogIn(other.page, 'not-alone');
    await arrived(other.page, 'This account asks for a passkey');
    await page.goto('/account/activity');
    await page.getByText('Right password, no passkey: not logged in').waitFor();
    await page.locator('.failed').waitFor();

    await page.goto('/account/ways');
    await button(page, /^Change/).click();
    await remove(page);
    await arrived(page, 'Prove that it is you');
    await button(page, 'Use a passkey').click();
    await page
      .getByText(/^Your account asks for a passkey, and this is the only one\./)
      .first()
      .waitFor();

    // Back again, with the passkey: the password proves nothing now.
    await letProofsPass('not-alone');
    await page.goto('/account/ways');
    await button(page, 'Let the password be enough again').click();
    await arrived(page, 'Prove that it is you');
    expect(await page.getByLabel('Password', { exact: true }).count()).toBe(0);
    await page.getByText(/^Lost your passkey\? Ask the operator of this site /).waitFor();
    await button(page, 'Use a passkey').click();
    await page.getByText('From now on your password is enough again.').first().waitFor();
  });
});

describe('a passkey in place of the current password', () => {
  it('changes the password', async () => {
    const { page } = await atWays('change-by-key');
    await addPasskey(page);
    await page.goto('/account/password');
    await button(page, 'Use a passkey').click();
    await focusIsOn(page, 'You have shown a passkey. Your password is not needed.');
    expect(await page.getByLabel('Current password').count()).toBe(0);
    await page.getByLabel('New password').fill('gloves in the left pocket');
    await button(page, 'Change password').click();
    await page.getByText(/^Your password is changed\./).waitFor();
  });

  it('deletes the account; a proof that got too old has the page ask for the password', async () => {
    const { page } = await atWays('leave-by-key');
    await addPasskey(page);
    await page.goto('/account/leave');
    await button(page, 'Use a passkey').click();
    await page.getByText('You have shown a passkey. Your password is not needed.').first().waitFor();
    await letProofsPass('leave-by-key');
    await button(page, 'Delete account').click();
    await page.getByRole('link', { name: 'Enter a password' }).waitFor();
    await button(page, 'Use a passkey').click();
    await page.getByText('You have shown a passkey. Your password is not needed.').first().waitFor();
    await button(page, 'Delete account').click();
    await arrived(page, 'Goodbye');
  });
});

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { at } from '../../apps/api/test/base-path.ts';
import { bareEnv } from '../server.ts';
import { openHouse } from './house.ts';
import { arrived, focusIsOn, password, pathIs, register, titleIs, tryLogIn } from './person.ts';

const house = openHouse();
const fresh = 'gloves in the left pocket';
const phone = { locale: 'de-DE', viewport: { width: 320, height: 700 } };

/** Gives a page's browser an authenticator that lets nobody wait: it presses as soon as it is asked, once it is awake. */
async function withAuthenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    },
  });
  return {
    awake: (enabled: boolean) =>
      cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
  };
}

/** Makes a call with the cookie of the page's visitor. */
const call = (page: Page, method: string, path: string, body?: object) =>
  page.evaluate(
    async ([method, url, body]) => {
      const headers = { 'content-type': 'application/json' };
      const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
      return (await fetch(url, init)).json();
    },
    [method, at(path), body] as const,
  );

async function addPasskey(page: Page) {
  const options = await call(page, 'POST', '/me/passkeys/options');
  const response = await page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json);
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
    return made.toJSON();
  }, options);
  expect(await call(page, 'POST', '/me/passkeys', { name: 'Key', response })).toMatchObject({ name: 'Key' });
}

/** The token of a link that the command line makes. */
function linkFor(...command: string[]): string {
  const cli = resolve(import.meta.dirname, '../../apps/api/src/cli.ts');
  const env = { ...bareEnv, DATABASE_URL: house.database.url };
  const { stdout } = spawnSync(process.execPath, [cli, ...command], { env, encoding: 'utf8' });
  return stdout.trim().replace(/.*#/, '');
}

/** A reset link, turned into one for another device: those are made only where other devices can reach the server. */
async function deviceLinkFor(name: string): Promise<string> {
  const token = linkFor('link', name);
  const hash = createHash('sha256').update(token).digest('base64url');
  await house.database.query(`UPDATE links SET kind = 'device' WHERE token_hash = '${hash}'`);
  return token;
}

/** All that a page shows and keeps, and the URLs that its tab knows. */
async function traces(page: Page): Promise<string> {
  const cdp = await page.context().newCDPSession(page);
  const { entries } = await cdp.send('Page.getNavigationHistory');
  const kept = await page.evaluate(() => [
    document.documentElement.outerHTML,
    document.title,
    document.referrer,
    JSON.stringify([history.state, { ...localStorage }, { ...sessionStorage }]),
  ]);
  return JSON.stringify([page.url(), entries.map(({ url, title }) => [url, title]), kept]);
}

describe('a passkey logs in', () => {
  it('from the field, where the browser offers it, and goes on', async () => {
    const { page, complaints } = await house.visit();
    const authenticator = await withAuthenticator(page);
    await register(page, 'fielder');
    await addPasskey(page);
    await call(page, 'POST', '/logout').catch(() => undefined);
    await page.goto('/login?next=%2Faccount%2Fsessions');
    await arrived(page, 'Where you are logged in');
    await authenticator.awake(false);
    expect(complaints).toEqual([]);
  });

  it('by the button, by keyboard on a phone', async () => {
    const { page, complaints } = await house.visit(phone);
    const authenticator = await withAuthenticator(page);
    await page.goto('/register');
    await page.getByLabel('Benutzername').fill('presser');
    await page.getByLabel('Passwort', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Registrieren' }).click();
    await arrived(page, 'Du bist registriert, presser');
    await addPasskey(page);
    await page.getByRole('button', { name: 'Abmelden' }).click();
    await authenticator.awake(false);
    await page.goto('/login');
    await arrived(page, 'Anmelden');
    await page.getByRole('button', { name: 'Mit Passkey anmelden' }).focus();
    await authenticator.awake(true);
    await page.keyboard.press('Enter');
    await arrived(page, 'Angemeldet als presser');
    await focusIsOn(page, 'Angemeldet als presser');
    expect(complaints).toEqual([]);
  });

  it('where the password alone is not enough, and nobody is logged in before', async () => {
    const { page, complaints } = await house.visit();
    const authenticator = await withAuthenticator(page);
    await register(page, 'careful');
    await addPasskey(page);
    await call(page, 'POST', '/me/recovery-codes');
    await call(page, 'PATCH', '/me/login-methods', { passwordAlone: false });
    await page.getByRole('button', { name: 'Log out' }).click();
    await arrived(page, 'You are logged out');
    await authenticator.awake(false);
    await page.goto('/login');
    await arrived(page, 'Log in');
    await tryLogIn(page, 'careful');
    await arrived(page, 'This account asks for a passkey');
    await titleIs(page, 'Log in · Coatcheck');
    await focusIsOn(page, 'This account asks for a passkey');
    expect(await page.locator('.summary').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Log in', exact: true }).count()).toBe(0);
    expect(await page.context().cookies()).toEqual([]);
    await page.getByRole('link', { name: 'Use a recovery code' }).click();
    await arrived(page, 'Set a new password');
    await expect.poll(() => page.getByLabel('Username').inputValue()).toBe('careful');
    await page.goBack();
    await arrived(page, 'Log in');
    await tryLogIn(page, 'careful');
    await arrived(page, 'This account asks for a passkey');
    // By itself, the page has asked while the authenticator sleeps, and gets no answer. Otherwise the button could be gone.
    const endOf = (path: string) =>
      page.evaluate((path) => {
        const [last] = performance
          .getEntriesByType('resource')
          .filter(({ name }) => name.endsWith(path))
          .reverse();
        return last instanceof PerformanceResourceTiming ? last.responseEnd : 0;
      }, path);
    const refused = await endOf('/login');
    await expect.poll(() => endOf('/login/passkey/options')).toBeGreaterThan(refused);
    await authenticator.awake(true);
    await page.getByRole('button', { name: 'Log in with a passkey' }).click();
    await arrived(page, 'Logged in as careful');
    expect(complaints).toEqual([]);
  });
});

describe('a recovery code', () => {
  it('has a form of which nothing is cut off in large German text on a phone', async () => {
    const { page } = await house.visit(phone);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
    await page.goto('/recover');
    await arrived(page, 'Neues Passwort setzen');
    const cut = await page.getByRole('main').evaluate((main) =>
      [...main.querySelectorAll('h1, p, p *, label')].flatMap((element) => {
        const text = document.createRange();
        text.selectNodeContents(element);
        return text.getBoundingClientRect().right > window.innerWidth ? [element.textContent] : [];
      }),
    );
    expect(cut).toEqual([]);
  });

  it('logs in with a new password, once, and ends every other session', async () => {
    const { page, complaints } = await house.visit(phone);
    await page.goto('/register');
    await page.getByLabel('Benutzername').fill('forgetful');
    await page.getByLabel('Passwort', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Registrieren' }).click();
    await arrived(page, 'Du bist registriert, forgetful');
    const { codes } = await call(page, 'POST', '/me/recovery-codes');
    const { page: other } = await house.visit();
    await other.goto('/login');
    await other.getByLabel('Username').fill('forgetful');
    await other.getByRole('link', { name: 'Forgot your password?' }).click();
    await arrived(other, 'Set a new password');
    await expect.poll(() => other.getByLabel('Username').inputValue()).toBe('forgetful');
    await other.getByRole('button', { name: 'Set password and log in' }).click();
    await titleIs(other, 'Error: Set a new password · Coatcheck');
    await other.getByLabel('Username').fill('forgetful');
    await other.getByLabel('Recovery code').fill('0000-0000-0000-0000');
    await other.getByLabel('New password', { exact: true }).fill(fresh);
    await other.keyboard.press('Enter');
    await other.getByRole('link', { name: 'Wrong username or recovery code' }).click();
    await expect.poll(() => other.evaluate(() => document.activeElement?.id)).toBe('recovery-code');
    await other.getByLabel('Recovery code').fill(codes[0].toLowerCase().replaceAll('-', ' '));
    await other.keyboard.press('Enter');
    await arrived(other, 'Logged in as forgetful');
    await other.getByText('All other sessions ended.').waitFor();
    await other.getByText('You have 9 recovery codes left.').waitFor();
    expect(await other.locator('.warning').count()).toBe(0);
    const own = `account_id = (SELECT id FROM accounts WHERE username = 'forgetful')`;
    await house.database.query(
      `DELETE FROM recovery_codes WHERE ${own} AND code_hash NOT IN
       (SELECT code_hash FROM recovery_codes WHERE ${own} LIMIT 2)`,
    );
    // The person comes back to the page.
    await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    const warning = other.locator('.warning', { hasText: 'You have 2 recovery codes left.' });
    await warning.getByText('Make new codes before you need one.').waitFor();
    expect(await warning.evaluate((box) => getComputedStyle(box).borderTopWidth)).toBe('2px');
    await other.getByRole('link', { name: 'Add a passkey' }).waitFor();
    await page.goto('/account');
    await arrived(page, 'Anmelden');
    expect(complaints).toEqual([]);
  });
});

describe('the page after a new password', () => {
  it('promises no login with a passkey to an account that asks for one, and says who helps', async () => {
    const { page, complaints } = await house.visit();
    await withAuthenticator(page);
    await register(page, 'loser');
    await addPasskey(page);
    const { codes } = await call(page, 'POST', '/me/recovery-codes');
    await call(page, 'PATCH', '/me/login-methods', { passwordAlone: false });
    const { page: other } = await house.visit();
    await other.goto('/recover');
    await other.getByLabel('Username').fill('loser');
    await other.getByLabel('Recovery code').fill(codes[0]);
    await other.getByLabel('New password', { exact: true }).fill(fresh);
    await other.keyboard.press('Enter');
    await arrived(other, 'Logged in as loser');
    await other.getByText('The next login asks for your passkey again.').waitFor();
    expect(await other.getByRole('main').getByRole('link', { name: 'passkey' }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe('a one-time link', () => {
  it('leaves the address and the history at once, survives a preview, and is worth nothing after its use', async () => {
    const { page, complaints } = await house.visit();
    await register(page, 'resetter');
    const token = linkFor('link', 'resetter');
    const { page: preview } = await house.visit();
    await fetch(`${house.url}${at('/enter')}`, { method: 'HEAD' });
    await preview.goto(`/enter#${token}`);
    await arrived(preview, 'New password for resetter');

    const sent: string[] = [];
    page.on('request', (request) => sent.push(JSON.stringify([request.url(), request.headers()])));
    await page.goto('/conversation');
    await page.goto(`/enter#${token}`);
    await arrived(page, 'New password for resetter');
    await pathIs(page, '/enter');
    expect(await traces(page)).not.toContain(token);
    await page.getByLabel('New password', { exact: true }).fill(fresh);
    await page.getByRole('button', { name: 'Set password and log in' }).click();
    await arrived(page, 'Logged in as resetter');
    await page.getByText('All other sessions ended.').waitFor();
    await page.getByRole('link', { name: 'Continue' }).click();
    await page.getByRole('link', { name: 'See how it works' }).click();
    await arrived(page, 'The conversation');
    expect(await traces(page)).not.toContain(token);
    expect(sent.join()).not.toContain(token);

    await preview.getByLabel('New password', { exact: true }).fill(fresh);
    await preview.getByRole('button', { name: 'Set password and log in' }).click();
    await arrived(preview, 'This link has been used');
    await preview.getByText('Ask the person who sent it to you.').waitFor();
    // Whoever is logged in is not asked to log in.
    await page.goto(`/enter#${token}`);
    await arrived(page, 'This link has been used');
    await page.getByText(/You are logged in as \W?resetter/).waitFor();
    await page.getByRole('link', { name: 'Continue' }).waitFor();
    // Another link in the same tab changes the fragment alone.
    await preview.goto(`/enter#${'x'.repeat(43)}`);
    await arrived(preview, 'This link is not known here');
    await preview.reload();
    await arrived(preview, 'Open the link once more');
    expect(complaints).toEqual([]);
  });

  it('says when a newer link took its place', async () => {
    const { page } = await house.visit(phone);
    await page.goto('/register');
    await page.getByLabel('Benutzername').fill('replacer');
    await page.getByLabel('Passwort', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Registrieren' }).click();
    await arrived(page, 'Du bist registriert, replacer');
    const older = linkFor('link', 'replacer');
    const newer = linkFor('link', 'replacer');
    await page.goto(`/enter#${older}`);
    await arrived(page, 'Dieser Link ist ersetzt');
    await page.goto(`/enter#${newer}`);
    await arrived(page, 'Neues Passwort für replacer');
  });

  it('logs another device in after a press, and says whose session ends there', async () => {
    const { page: own } = await house.visit();
    await register(own, 'roamer');
    const token = await deviceLinkFor('roamer');
    const { page, complaints } = await house.visit(phone);
    await page.goto('/register');
    await page.getByLabel('Benutzername').fill('guesthere');
    await page.getByLabel('Passwort', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Registrieren' }).click();
    await arrived(page, 'Du bist registriert, guesthere');
    await page.goto(`/enter#${token}`);
    await arrived(page, 'Als roamer anmelden?');
    await page.getByText('guesthere ist in diesem Browser angemeldet. Diese Sitzung endet.').waitFor();
    await page.getByRole('link', { name: 'guesthere angemeldet lassen' }).waitFor();
    await page.getByRole('button', { name: 'Als roamer anmelden' }).focus();
    await page.keyboard.press('Enter');
    await arrived(page, 'Angemeldet als roamer');
    await own.reload();
    await arrived(own, 'Logged in as roamer');
    expect(complaints).toEqual([]);
  });

  it('invites: makes an account, and offers what is missing beside the fields', async () => {
    const { page, complaints } = await house.visit();
    await page.goto(`/enter#${linkFor('invite')}`);
    await arrived(page, 'You are invited');
    await page.getByLabel('Username').fill('roamer');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('link', { name: 'Password must be at least 15 characters.' }).waitFor();
    await page.getByLabel('Username').fill('invitee');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Register' }).click();
    await arrived(page, 'You are registered, invitee');
    await page.locator('.offer').getByRole('link', { name: 'Add a passkey' }).waitFor();
    expect(complaints).toEqual([]);
  });
});

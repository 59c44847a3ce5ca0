import { describe, expect, it } from 'vitest';
import { openHouse } from './house.ts';
import { arrived, focusIsOn, password, titleIs } from './person.ts';

const house = openHouse();

describe('the language', () => {
  it('is the browser’s from the first word on', async () => {
    const { page } = await house.visit({ locale: 'de-AT' });
    await page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const words = document.getElementById('root')?.textContent;
        if (words) seen.push(words);
      }).observe(document, { childList: true, subtree: true, characterData: true });
    });
    await page.goto('/register');
    await arrived(page, 'Registrieren');
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(seen.join(' ')).not.toMatch(/Asking|Register/);
    await titleIs(page, 'Registrieren · Coatcheck');
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('de');

    await page.getByLabel('Benutzername', { exact: true }).fill('adele');
    await page.getByLabel('Passwort', { exact: true }).fill('zu kurz');
    await page.getByRole('button', { name: 'Registrieren' }).click();
    await page
      .getByRole('link', { name: 'Das Passwort braucht mindestens 15 Zeichen. Hier sind es 7' })
      .waitFor();
    await page.getByLabel('Passwort', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Registrieren' }).click();
    await arrived(page, 'Du bist registriert, adele');
    await page.getByRole('button', { name: 'Abmelden' }).click();
    await arrived(page, 'Du bist abgemeldet');
  });

  it('is English where none of the browser’s is there', async () => {
    const { page } = await house.visit({ locale: 'fi-FI' });
    await page.goto('/');
    await arrived(page, 'You are not logged in');
  });

  it.each([
    [['en-US@posix'], 'You are not logged in', 'Deutsch', 'Du bist nicht angemeldet'],
    [['de-DE@euro'], 'Du bist nicht angemeldet', 'English', 'You are not logged in'],
    [['en_US.utf8', 'de_DE@euro'], 'You are not logged in', 'Deutsch', 'Du bist nicht angemeldet'],
  ])('survives what is no language tag: %j', async (languages, heading, other, then) => {
    const { page, complaints } = await house.visit();
    await page.addInitScript((given) => {
      Object.defineProperty(navigator, 'languages', { get: () => given });
    }, languages);
    await page.goto('/');
    await arrived(page, heading);
    await page.getByRole('button', { name: other }).click();
    await arrived(page, then);
    expect(complaints).toEqual([]);
  });

  it('can be chosen at the foot of every page, keeps what was typed, and stays chosen', async () => {
    const { page } = await house.visit();
    await page.goto('/login');
    await page.getByLabel('Username').fill('ada');
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await arrived(page, 'Anmelden');
    await focusIsOn(page, 'Deutsch');
    await expect.poll(() => page.getByLabel('Benutzername', { exact: true }).inputValue()).toBe('ada');
    await page.goto('/');
    await arrived(page, 'Du bist nicht angemeldet');
    await page.getByRole('button', { name: 'English' }).click();
    await arrived(page, 'You are not logged in');
  });
});

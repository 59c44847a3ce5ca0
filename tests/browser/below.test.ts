import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../apps/api/test/free-port.ts';
import { startServer } from '../server.ts';
import { openHouse } from './house.ts';
import { arrived, password, pathIs } from './person.ts';

const house = openHouse();
let server: Awaited<ReturnType<typeof startServer>>;
// The server takes only its own origin as its own, so that the port has to be the one in its URL.
beforeAll(async () => {
  const port = await freePort();
  server = await startServer({ env: { PORT: String(port), PUBLIC_URL: `http://localhost:${port}/auth` } });
});
afterAll(() => server?.stop());

describe('below a path', () => {
  it('each page is where its links lead, and an unknown one says so', async () => {
    const { page, complaints } = await house.visit({ baseURL: server.home });
    const strays: string[] = [];
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      if (origin === server.home && !/^\/auth(\/|$)/.test(pathname)) strays.push(pathname);
    });
    await page.goto('/auth');
    await page.getByRole('main').getByRole('link', { name: 'Register' }).click();
    await pathIs(page, '/auth/register');
    await page.getByLabel('Username').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('main').getByRole('button', { name: 'Register' }).click();
    await arrived(page, 'You are registered, ada');
    await pathIs(page, '/auth/');
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ name: 'coatcheck', path: '/' });

    for (const [path, heading] of [
      ['/auth/account/sessions', 'Where you are logged in'],
      ['/auth/conversation', 'The conversation'],
      ['/auth/why', 'Why am I not logged in?'],
      ['/auth/docs', 'The API'],
      ['/auth/problems/not-found', 'Not found'],
      ['/auth/nowhere', 'Page not found'],
    ] as const) {
      await page.goto(path);
      await arrived(page, heading);
    }

    await page.goto('/auth/docs#me');
    await page.locator('#me').getByRole('button', { name: /^Send/ }).click();
    await page.locator('#me .outcome').getByText('200 OK').waitFor();
    await page.getByRole('link', { name: 'Coatcheck' }).click();
    await pathIs(page, '/auth/');

    // Logged out, a page of the account leads to the login, and that leads back.
    await page.getByRole('navigation').getByRole('button', { name: 'Log out' }).click();
    await arrived(page, 'You are logged out');
    await page.goto('/auth/account/password');
    await arrived(page, 'Log in');
    await page.getByLabel('Username').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('main').getByRole('button', { name: 'Log in', exact: true }).click();
    await arrived(page, 'Change your password');
    await pathIs(page, '/auth/account/password');
    expect([strays, complaints]).toEqual([[], []]);
  });

  it('a part that cannot be fetched is told from a server that does not answer', async () => {
    const { page } = await house.visit({ baseURL: server.home });
    await page.route(/\/assets\/.*\/Conversation/, (route) => route.abort());
    await page.goto('/auth/conversation');
    await arrived(page, 'Reload this page to continue');
  });

  it('password managers find the page that changes the password', async () => {
    const { page } = await house.visit({ baseURL: server.home });
    await page.goto('/.well-known/change-password');
    await arrived(page, 'Log in');
    expect(new URL(page.url()).searchParams.get('next')).toBe('/auth/account/password');
  });
});

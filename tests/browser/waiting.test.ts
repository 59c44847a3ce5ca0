import type { Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openHouse } from './house.ts';
import { arrived, register, tryLogIn } from './person.ts';

const house = openHouse();

/** Holds back requests until they are let go. */
function held() {
  const { promise: opened, resolve: letGo } = Promise.withResolvers<void>();
  let count = 0;
  const hold = async (route: Route) => {
    count++;
    await opened;
    await route.continue();
  };
  return { hold, letGo, count: () => count };
}

const login = (url: URL) => url.pathname === '/login';
const posts = (act: (route: Route) => unknown) => (route: Route) =>
  route.request().method() === 'POST' ? act(route) : route.continue();

describe('waiting for the server', () => {
  it.each([
    ['a stranger', undefined, 'You are not logged in'],
    ['somebody', 'slow-ada', 'Logged in as slow-ada'],
  ])('never shows %s as anybody else', async (_, username, heading) => {
    const { page } = await house.visit();
    if (username) await register(page, username);
    const { hold, letGo } = held();
    await page.route('**/session', hold);
    await page.goto('/');
    await page.getByText('Asking the server who you are…').waitFor();
    expect(await page.getByRole('heading').allTextContents()).toEqual(['Asking the server who you are…']);
    expect(await page.locator('[data-stock], .hooks').count()).toBe(0);
    expect(await page.getByRole('navigation').textContent()).toBe('');
    letGo();
    await arrived(page, heading);
  });

  it('asks one question at the start', async () => {
    const { page } = await house.visit();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'fetch') asked.push(new URL(request.url()).pathname);
    });
    await page.goto('/');
    await arrived(page, 'You are not logged in');
    expect(asked).toEqual(['/session']);
  });

  it('sends one login, however often the button is pressed', async () => {
    const { page } = await house.visit();
    await register(page, 'pressing');
    await page.getByRole('button', { name: 'Log out' }).click();
    await arrived(page, 'You are logged out');
    await page.goto('/login');
    const { hold, letGo, count } = held();
    await page.route(login, posts(hold));
    await tryLogIn(page, 'pressing');
    await page.getByLabel('Password', { exact: true }).press('Enter');
    const button = page.getByRole('button', { name: 'Logging in…' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await button.click({ force: true });
    letGo();
    await arrived(page, 'Logged in as pressing');
    expect(count()).toBe(1);
  });

  it('offers a way out after ten seconds', async () => {
    const { page } = await house.visit();
    await page.clock.install();
    await page.goto('/login');
    await arrived(page, 'Log in');
    await page.route(
      login,
      posts(() => {}),
    );
    await tryLogIn(page, 'ada');
    await page.clock.runFor(10_000);
    await page.getByRole('button', { name: 'Stop waiting' }).click();
    await page.getByText('You stopped waiting.').waitFor();
    await page.getByRole('button', { name: 'Log in', exact: true }).waitFor();
  });

  it('keeps what was typed when no answer comes', async () => {
    const { page } = await house.visit();
    await page.goto('/login');
    await arrived(page, 'Log in');
    await page.route(
      login,
      posts((route) => route.abort()),
    );
    await tryLogIn(page, 'ada');
    await page.getByText('No answer. Check your connection and try again.').waitFor();
    await expect.poll(() => page.getByLabel('Username').inputValue()).toBe('ada');
  });

  it('tells a page that Coatcheck did not write from no answer', async () => {
    const { page } = await house.visit();
    await page.goto('/login');
    await arrived(page, 'Log in');
    await page.route(
      login,
      posts((route) => route.fulfill({ status: 502, contentType: 'text/html', body: 'Bad gateway' })),
    );
    await tryLogIn(page, 'ada');
    await page.getByText('The server behind this address does not answer.').waitFor();
  });

  it('counts down until the server wants to hear of it again', async () => {
    const { page } = await house.visit();
    await page.clock.install();
    await page.goto('/login');
    await arrived(page, 'Log in');
    let sent = 0;
    const problem = {
      type: '/problems/too-many-requests',
      title: '',
      status: 429,
      detail: '',
      retryAfter: 42,
    };
    await page.route(
      login,
      posts((route) => {
        sent++;
        return route.fulfill({
          status: 429,
          contentType: 'application/problem+json',
          body: JSON.stringify(problem),
        });
      }),
    );
    await page.clock.pauseAt(Date.now() + 60_000);
    await tryLogIn(page, 'ada');
    await page.getByText('Too many tries. Try again in 42 seconds').waitFor();
    await page.getByLabel('Username').press('Enter');
    await page.clock.runFor(10_000);
    await page.getByText('Too many tries. Try again in 32 seconds').waitFor();
    await expect
      .poll(() => page.getByRole('button', { name: 'Wait 32 seconds' }).getAttribute('aria-disabled'))
      .toBe('true');
    await page.clock.runFor(32_000);
    await page.getByRole('status').getByText('You can try again now.').waitFor();
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.getByText('Too many tries. Try again in 42 seconds').waitFor();
    expect(sent).toBe(2);
  });

  it('offers to ask again when the first question got no answer', async () => {
    const { page } = await house.visit();
    await page.route('**/session', (route) => route.abort());
    await page.goto('/account');
    await arrived(page, 'No answer from the server');
    await page.unroute('**/session');
    await page.getByRole('button', { name: 'Try again' }).click();
    await arrived(page, 'Log in');
  });

  it('keeps what is shown, and says that it may be old', async () => {
    const { page } = await house.visit();
    await register(page, 'stale-ada');
    await page.route('**/session', (route) => route.abort());
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('This may be out of date.').waitFor();
    await arrived(page, 'You are registered, stale-ada');
    await page.unroute('**/session');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('This may be out of date.').waitFor({ state: 'detached' });
  });

  it('stays logged in, and says so, when a logout got no answer', async () => {
    const { page } = await house.visit();
    await register(page, 'staying');
    await page.route('**/logout', (route) => route.abort());
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('alert').getByText('No answer. Check your connection and try again.').waitFor();
    await arrived(page, 'You are registered, staying');
  });

  it('says so when the browser did not keep the cookie', async () => {
    const { page } = await house.visit();
    await page.goto('/register');
    await page.getByLabel('Username').fill('cookieless');
    await page.getByLabel('Password', { exact: true }).fill('umbrella left by the door');
    await page.route(
      '**/register',
      posts(async (route) => {
        const response = await route.fetch();
        await page.context().clearCookies();
        const { 'set-cookie': _, ...headers } = response.headers();
        await route.fulfill({ response, headers });
      }),
    );
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('Your browser did not keep the cookie.').waitFor();
  });
});

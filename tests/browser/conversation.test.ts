import { spawnSync } from 'node:child_process';
import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { curlMissing, hasCurl } from '../curl.ts';
import { startServer } from '../server.ts';
import { openHouse } from './house.ts';
import { arrived, focused, focusIsOn, interceptOnce, password, register, tryLogIn } from './person.ts';

const house = openHouse();

/** Opens the page for somebody who has never been here, and watches the wire by the browser's own protocol. */
async function watch(options = {}) {
  const { page, complaints } = await house.visit(options);
  const wire = await tap(page);
  await page.goto('/conversation');
  await arrived(page, 'The conversation');
  return { page, complaints, wire };
}

/** What really travelled for one request: the lines that the page speaks of. */
interface Travelled {
  call: string;
  request: string[];
  response: string[];
}

/** The API's exchanges of a page as Chromium's network stack saw them, in the order in which they began. */
async function tap(page: Page): Promise<Travelled[]> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  const wire: Travelled[] = [];
  const byId = new Map<string, Travelled>();
  const lines = (headers: Record<string, string>, names: string[]) =>
    Object.entries(headers)
      .filter(([name]) => names.includes(name.toLowerCase()))
      .map(([name, value]) => `${name.toLowerCase()}: ${withoutSecret(value)}`)
      .sort();
  const exchange = (id: string) => {
    const known = byId.get(id) ?? { call: '', request: [], response: [] };
    byId.set(id, known);
    return known;
  };
  const said = ['cookie', 'origin', 'content-type'];
  const answered = ['set-cookie', 'cache-control', 'content-type', 'location', 'retry-after'];
  cdp.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    if (type !== 'Fetch') return;
    const begun = exchange(requestId);
    begun.call = `${request.method} ${new URL(request.url).pathname}`;
    wire.push(begun);
  });
  cdp.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
    exchange(requestId).request = lines(headers, said);
  });
  // Cookies are told in the extra information only; where there is none, there were none.
  cdp.on('Network.responseReceived', ({ requestId, response, hasExtraInfo }) => {
    if (!hasExtraInfo) exchange(requestId).response = lines(response.headers, answered);
  });
  cdp.on('Network.responseReceivedExtraInfo', ({ requestId, headers }) => {
    exchange(requestId).response = lines(headers, answered);
  });
  return wire;
}

const withoutSecret = (value: string) => value.replace(/(coatcheck=)[\w-]{43}/, '$1••••');

/** What the page says that travelled, the oldest exchange first. */
async function told(page: Page): Promise<Travelled[]> {
  const more = page.getByRole('button', { name: /^Show \d+ earlier$/ });
  if (await more.isVisible()) await more.click();
  const exchanges = await page.locator('.wire li > details').evaluateAll((all) =>
    all.map((one) => {
      const lines = (of: string) =>
        [...one.querySelectorAll(`.${of} li > code`)].map(({ textContent }) => textContent);
      return {
        call: one.querySelector('summary code')?.textContent ?? '',
        request: lines('request'),
        response: lines('response'),
      };
    }),
  );
  const likeWire = (lines: string[]) =>
    lines.map((line) => line.replace(/^[\w-]+/, (name) => name.toLowerCase())).sort();
  return exchanges
    .map(({ call, request, response }) => ({
      call,
      request: likeWire(request),
      response: likeWire(response),
    }))
    .reverse();
}

const ask = (page: Page) => page.getByRole('button', { name: 'Ask “What do I like?”' }).click();

/** Logs out by the button of the toy, which is for guests “Forget me”. */
const logOut = (page: Page) =>
  page.locator('.toy').getByRole('button', { name: 'Log out', exact: true }).click();

/** Waits until the step beside the toy is this. */
const isAt = (page: Page, number: number, title: string) =>
  expect
    .poll(() => page.locator('.current-step > :is(.hint, h2)').allTextContents())
    .toEqual([expect.stringContaining(`Step ${number} of 7`), title]);

async function tell(page: Page, likes: string) {
  await page.getByLabel('I like').fill(likes);
  await page.getByRole('button', { name: 'Tell it' }).click();
}

/** What the server said last, with the ticket and without it. */
const answers = (page: Page) => page.locator('.answers > div > :last-child').allTextContents();

/** Waits until the last answer with the ticket is this. */
async function answered(page: Page, answer: string) {
  await expect.poll(async () => (await answers(page))[0]).toBe(answer);
}

/** Runs a line as somebody would who has pasted it. */
function inTerminal(line: string, ticket = ''): string {
  const env = { ...process.env, TICKET: ticket };
  return spawnSync('bash', ['-c', line.replace(/^curl /, 'curl -s ')], { encoding: 'utf8', env }).stdout;
}

const number = (page: Page) => page.locator('.sides .number').first().textContent();

/** All that a person or a program could read on the page, its attributes too. */
const everything = (page: Page) => page.locator('#root').innerHTML();

describe('the conversation page', () => {
  it('is remembered by the server over reloads and closed tabs, until it is told to forget', async () => {
    const { page, complaints } = await watch();
    await answered(page, 'I do not know you.');
    expect(await page.context().cookies()).toEqual([]);

    await tell(page, 'cats');
    await answered(page, 'I will remember: you like cats.');
    await page.reload();
    await answered(page, 'You like cats.');

    const reopened = await page.context().newPage();
    await page.close();
    await reopened.goto('/conversation');
    await answered(reopened, 'You like cats.');
    await tell(reopened, 'dogs');
    await answered(reopened, 'I will remember: you like dogs.');

    await reopened.getByRole('button', { name: 'Forget me' }).click();
    await answered(reopened, 'I do not know you.');
    await reopened.reload();
    await answered(reopened, 'I do not know you.');
    expect(await reopened.context().cookies()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows the same question with the ticket and without it, side by side', async () => {
    const { page, wire } = await watch();
    await tell(page, 'cats');
    await answered(page, 'I will remember: you like cats.');
    await page.getByRole('switch', { name: 'Ask with my ticket' }).click();
    await ask(page);
    await expect.poll(() => answers(page)).toEqual(['I will remember: you like cats.', 'I do not know you.']);
    // Nothing is simulated: the browser did leave the cookie at home.
    expect(wire.at(-1)).toMatchObject({ call: 'GET /session', request: [] });
    await page.getByRole('switch', { name: 'Ask with my ticket' }).click();
    await ask(page);
    await expect.poll(() => answers(page)).toEqual(['You like cats.', 'I do not know you.']);
    await expect.poll(() => wire.at(-1)?.request).toEqual(['cookie: coatcheck=••••']);
  });

  it('says at each step what was asked, what was told, and with which ticket', async () => {
    const { page } = await watch();
    const panels = () =>
      page
        .locator('.answers > div')
        .evaluateAll((all) => all.map((one) => [...one.children].map(({ textContent }) => textContent)));
    const says = (...expected: [string, string][]) =>
      expect.poll(async () => (await panels()).slice(0, expected.length)).toEqual(expected);
    await says(['Asked with no ticket to show', 'I do not know you.']);
    await tell(page, 'cats');
    await answered(page, 'I will remember: you like cats.');
    const got = await number(page);
    await says([
      `You told it, and got ticket ${got?.replace('Ticket ', '')}`,
      'I will remember: you like cats.',
    ]);

    // The switch is about questions: what is told goes with the ticket, and says so.
    await page.getByRole('switch', { name: 'Ask with my ticket' }).click();
    await tell(page, 'dogs');
    await says(['You told it, with your ticket', 'I will remember: you like dogs.']);
    await ask(page);
    await says(
      ['You told it, with your ticket', 'I will remember: you like dogs.'],
      ['Asked without showing a ticket', 'I do not know you.'],
    );
    await page.getByRole('switch').click();
    await ask(page);
    await says(
      ['Asked with your ticket', 'You like dogs.'],
      ['Asked without showing a ticket', 'I do not know you.'],
    );
    await page.getByRole('button', { name: 'Forget me' }).click();
    // What a stranger was told was about nobody, so there is nothing in it to forget.
    await says(
      ['Asked with no ticket to show', 'I do not know you.'],
      ['Asked without showing a ticket', 'I do not know you.'],
    );
  });

  it('keeps focus and the switch when a session is over, and drops what was typed', async () => {
    const { page } = await watch();
    const endElsewhere = async () => {
      const [cookie] = await page.context().cookies();
      const headers = { cookie: `coatcheck=${cookie?.value}` };
      await fetch(`${house.url}/logout`, { method: 'POST', headers });
    };
    const comeBack = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await tell(page, 'tea');
    await answered(page, 'I will remember: you like tea.');
    await page.getByLabel('I like').fill('half of it');
    const shows = page.getByRole('switch');
    await shows.click();
    await endElsewhere();
    await comeBack();
    await answered(page, 'I do not know you.');
    await expect.poll(() => page.getByLabel('I like').inputValue()).toBe('');
    await expect.poll(() => shows.isChecked()).toBe(false);
    await expect.poll(() => shows.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it('says that an answer is forgotten, and passes no older one off as the last', async () => {
    const { page } = await house.visit();
    await page.clock.install();
    await page.goto('/conversation');
    await answered(page, 'I do not know you.');
    await tell(page, 'cats');
    await answered(page, 'I will remember: you like cats.');
    await page.clock.runFor(121 * 60_000);
    await answered(page, 'That session is over, so this page has forgotten what was said here about you.');
    await expect
      .poll(() => page.locator('.answers .how').first().textContent())
      .toMatch(/^You told it, and got ticket/);
    await expect.poll(() => page.locator('.answers [role="status"]').textContent()).toBe('');
  });

  it('tells of every exchange what the browser’s own protocol reports of it', async () => {
    const { page, wire } = await watch();
    const agrees = () => expect.poll(async () => await told(page)).toEqual(wire);
    await agrees();
    await tell(page, 'cats');
    await agrees();
    await page.getByRole('switch').click();
    await ask(page);
    await page.getByRole('switch').click();
    await agrees();

    // Through the pages of the product, and back: what was recorded is still there.
    const guest = await number(page);
    await page.locator('#step-3').getByRole('link', { name: 'Register' }).click();
    await arrived(page, 'Register');
    await page.getByLabel('Username').fill('watched');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('main').getByRole('button', { name: 'Register' }).click();
    await arrived(page, 'The conversation');
    await answered(page, 'You are watched, and you like cats.');
    await expect.poll(() => number(page)).not.toBe(guest);
    await agrees();

    await logOut(page);
    await answered(page, 'I do not know you.');
    await tell(page, 'tea');
    await answered(page, 'I will remember: you like tea.');
    await page.locator('#step-4').getByRole('link', { name: 'Log in' }).click();
    await page.getByLabel('Stay logged in').click();
    await tryLogIn(page, 'watched', 'not the right one');
    await page.getByText('Wrong username or password').first().waitFor();
    await tryLogIn(page, 'watched');
    await arrived(page, 'The conversation');
    await answered(page, 'You are watched, and you like tea.');
    await agrees();

    // Ended from elsewhere: a ticket that counts for nothing is still shown, and still there.
    const { page: other } = await house.visit();
    await other.goto('/login');
    await tryLogIn(other, 'watched');
    await arrived(other, 'Logged in as watched');
    await other.evaluate(() => fetch('/me/sessions', { method: 'DELETE' }));
    await ask(page);
    await answered(page, 'I do not know you.');
    await page.getByText('A ticket that counts for nothing. Its session was ended from elsewhere').waitFor();
    await agrees();

    const calls = wire.map(({ call }) => call);
    expect(new Set(calls)).toEqual(
      new Set([
        ...['GET /session', 'PATCH /session', 'POST /register', 'POST /logout', 'POST /login'],
        // The field of the login offers passkeys.
        'POST /login/passkey/options',
      ]),
    );
    expect(wire.flatMap(({ response }) => response)).toEqual(
      expect.arrayContaining([
        'set-cookie: coatcheck=••••; Path=/; HttpOnly; SameSite=Lax',
        expect.stringMatching(
          /^set-cookie: coatcheck=••••; Max-Age=2592000; Path=\/; Expires=.*GMT; HttpOnly; SameSite=Lax$/,
        ),
        'set-cookie: coatcheck=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
        'location: /me',
      ]),
    );
  });

  it('claims nothing of a ticket that died unnoticed', async () => {
    const { page, wire } = await watch();
    await tell(page, 'cats');
    await answered(page, 'I will remember: you like cats.');
    const endElsewhere = async () => {
      const [cookie] = await page.context().cookies();
      await fetch(`${house.url}/logout`, {
        method: 'POST',
        headers: { cookie: `coatcheck=${cookie?.value}` },
      });
    };
    await endElsewhere();
    await tell(page, 'dogs');
    await answered(page, 'I will remember: you like dogs.');
    await expect.poll(async () => await told(page)).toEqual(wire);
    expect(wire.at(-1)?.response).toContainEqual(expect.stringMatching(/^set-cookie: /));
    await page.getByText('No live session has the ticket’s hash.').waitFor();

    await endElsewhere();
    await page.getByRole('button', { name: 'Forget me' }).click();
    await answered(page, 'I do not know you.');
    await page.locator('.wire summary', { hasText: 'POST /logout' }).first().click();
    await page.getByText('When the server last said so, that was session').waitFor();
  });

  it('claims nothing of answers that are not the server’s, nor of tickets that nobody told of', async () => {
    const { page, complaints } = await watch();
    await tell(page, 'cats');
    await answered(page, 'I will remember: you like cats.');
    const isDown = { status: 503, contentType: 'application/problem+json' };
    const json = { type: '/problems/unavailable', title: 'Not now', status: 503, detail: '', retryAfter: 1 };
    await interceptOnce(page, 'GET /session', (route) => route.fulfill({ ...isDown, json }));
    await page.reload();
    await arrived(page, 'The conversation');
    await answered(page, 'You like cats.');
    // The next answer told that there had been one.
    await page
      .locator('.wire summary', { hasText: /GET \/session\s*503/ })
      .getByText('with a ticket', { exact: true })
      .waitFor();

    const page502 = { status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' };
    await interceptOnce(page, 'PATCH /session', (route) => route.fulfill(page502));
    await tell(page, 'dogs');
    // The number of a ticket may have these digits, too.
    const foreign = page.locator('.wire details', { hasText: /PATCH \/session\s*502/ });
    await foreign
      .getByText('This is not the server’s answer. Something in between answered in its place')
      .waitFor({ state: 'attached' });
    expect(await foreign.textContent()).not.toContain('The answer is JSON');
    // One that only calls itself JSON is a failed call like any other, and breaks nothing.
    const broken = { status: 200, contentType: 'application/json', body: '<h1>It works!</h1>' };
    await interceptOnce(page, 'PATCH /session', (route) => route.fulfill(broken));
    await tell(page, 'tea');
    await page
      .getByText('Something else answered in the server’s place. Check your connection and try again')
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it('knows that a request from the wrong place is refused before anything is looked up', async () => {
    const server = await startServer({ env: { PUBLIC_URL: 'http://localhost:1' } });
    onTestFinished(() => server.stop());
    const { page } = await house.visit({ baseURL: server.home });
    await page.goto('/conversation');
    await tell(page, 'cats');
    await page.getByText('None. The origin of a request is checked first of all.').waitFor();
    await page.locator('.wire code', { hasText: `-H 'Origin: ${server.home}'` }).waitFor();
    await page.getByText(`Open http://localhost:1 instead.`).first().waitFor();
  });

  it('folds nothing away that somebody is reading', async () => {
    const { page } = await watch();
    await tell(page, 'cats');
    await answered(page, 'I will remember: you like cats.');
    const copy = page.locator('.wire').getByRole('button', { name: 'Copy' }).first();
    await copy.focus();
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect.poll(() => page.locator('.wire summary').count()).toBe(3);
    await expect.poll(() => focused(page)).toMatch(/^Copy: curl/);
    await page.locator('.wire li:nth-child(2) details[open]').waitFor();
    // What nobody reads makes room.
    await ask(page);
    await expect.poll(() => page.locator('.wire details[open]').count()).toBe(2);
    for (let n = 0; n < 4; n += 1) await ask(page);
    await page.getByRole('button', { name: 'Show 3 earlier' }).click();
    await expect.poll(() => focused(page)).toMatch(/^Exchange \d: /);
  });

  it('never shows a ticket, a hash or a password, nor what belongs to somebody else', async () => {
    const { page } = await watch();
    await tell(page, 'cats');
    await answered(page, 'I will remember: you like cats.');
    // Calls are recorded once the conversation's part is there, which is fetched ahead.
    await page.goto('/register?next=/conversation', { waitUntil: 'networkidle' });
    await page.getByLabel('Username').fill('secretive');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('main').getByRole('button', { name: 'Register' }).click();
    await answered(page, 'You are secretive, and you like cats.');
    const [cookie] = await page.context().cookies();
    expect(cookie?.value).toMatch(/^[\w-]{43}$/);
    const html = await everything(page);
    expect(html).not.toContain(cookie?.value);
    expect(html).not.toMatch(/[\w-]{43}/);
    expect(html).not.toContain(password);
    const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
    expect(kept).not.toMatch(/[\w-]{43}|secretive|cats/);

    // Whoever logs in next at this tab sees nothing of it.
    await logOut(page);
    await answered(page, 'I do not know you.');
    await page.locator('#step-3').getByRole('link', { name: 'Register' }).click();
    await page.getByLabel('Username').fill('next-one');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('main').getByRole('button', { name: 'Register' }).click();
    await answered(page, 'You are next-one. You have not told me what you like.');
    await expect.poll(() => everything(page)).not.toMatch(/secretive|cats\b(?! for)/);
    const calls = async () => (await told(page)).map(({ call }) => call);
    await expect.poll(calls).toEqual(['POST /register', 'GET /session']);
  });

  it.runIf(hasCurl)(`gives curl lines that do in a terminal what the browser did${curlMissing}`, async () => {
    const { page } = await watch({ permissions: ['clipboard-read', 'clipboard-write'] });
    const copied = async () => {
      await page.locator('.wire').getByRole('button', { name: 'Copy' }).first().click();
      await page.locator('.wire').getByText('Copied.').first().waitFor();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    await tell(page, "cats' paws");
    await answered(page, "I will remember: you like cats' paws.");
    await expect.poll(copied).toContain('PATCH');
    const begun = inTerminal(await copied());
    expect(begun).toMatch(/^HTTP\/1.1 200 OK\r$/m);
    expect(begun).toMatch(/^set-cookie: coatcheck=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax\r$/m);
    expect(begun).toContain(`"remembered":{"likes":"cats' paws"}`);

    await ask(page);
    await expect.poll(copied).toBe(`curl -i -b "coatcheck=$TICKET" ${house.url}/session`);
    const [cookie] = await page.context().cookies();
    const asked = inTerminal(await copied(), cookie?.value);
    expect(asked).toContain(`"remembered":{"likes":"cats' paws"}`);
    expect(asked).toContain('"sent":true');
  });

  it('is gone through by keyboard, step by step, and knows which steps were taken', async () => {
    const { page } = await watch();
    /** Goes by Tab to what is not in the header, nor in the list of all steps, and presses Enter. */
    const press = async (name: string, kind: 'button' | 'link' = 'button') => {
      const target = page.locator('.toy, .current-step').getByRole(kind, { name, exact: true });
      for (let n = 0; n < 60; n += 1) {
        await page.keyboard.press('Tab');
        if (await target.evaluate((one) => one === document.activeElement)) {
          return page.keyboard.press('Enter');
        }
      }
      throw new Error(`No way to ${name} by Tab`);
    };
    const done = (mark: string) =>
      expect.poll(() => page.locator('.current-step > .hint').textContent()).toBe(mark);
    /** What the panel says about the last call with the cookie. */
    const says = (how: string | RegExp, answer: string) =>
      page
        .locator('.answers > div:first-child')
        .filter({ has: page.locator('.how', { hasText: how }) })
        .filter({ has: page.getByText(answer, { exact: true }) })
        .waitFor();
    await isAt(page, 1, 'A visit without a cookie');
    await says('Asked with no ticket to show', 'I do not know you.');
    await press('Next');
    // What is new is read, and the way on from it is at the next stop.
    await focusIsOn(page, 'current-step');
    await isAt(page, 2, 'A cookie, and with it a context');
    for (let n = 0; n < 60 && (await focused(page)) !== 'likes'; n += 1)
      await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('cats');
    await page.keyboard.press('Enter');
    await answered(page, 'I will remember: you like cats.');
    await done('Step 2 of 7Done');
    await says(/^You told it, and got ticket \d{4}$/, 'I will remember: you like cats.');
    await press('Next');
    await isAt(page, 3, 'Register');
    await page.reload();
    await isAt(page, 3, 'Register');
    await press('Back');
    await done('Step 2 of 7Done');
    await press('Next');
    await press('Register', 'link');
    await arrived(page, 'Register');
    await focusIsOn(page, 'Register');
    await page.getByLabel('Username').fill('keys');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await arrived(page, 'The conversation');
    await done('Step 3 of 7Done');
    await says('Asked with your ticket', 'You are keys, and you like cats.');
    await press('Next');
    await isAt(page, 4, 'Log in, and watch the ticket change');
    await press('Log out');
    await answered(page, 'I do not know you.');
    await says('Asked with no ticket to show', 'I do not know you.');
    await press('Log in', 'link');
    await tryLogIn(page, 'keys');
    await arrived(page, 'The conversation');
    await done('Step 4 of 7Done');
    await says('Asked with your ticket', 'You are keys. You have not told me what you like.');
    await press('Next');
    await press('Ask “What do I like?”');
    await done('Step 5 of 7Done');
    await press('Next');
    await isAt(page, 6, 'When it would end by itself');
    // Somebody is logged in still, so the page knows when.
    await page
      .locator('.current-step')
      .getByText(/^Yours would end (today|tomorrow)/)
      .waitFor();
    await press('Next');
    await isAt(page, 7, 'Log out, and watch it die');
    expect(await page.locator('.current-step').getByRole('button', { name: 'Next' }).count()).toBe(0);
    await press('Log out');
    await done('Step 7 of 7Done');
    await says('Asked with no ticket to show', 'I do not know you.');
    await page.locator('.current-step').getByText('You have seen the whole conversation.').waitFor();
    expect(await page.locator('.path .mark-word').count()).toBe(7);
    // The list folds what the person has passed, and any step can be taken again from there.
    expect(await page.locator('.path details[open] h3').allTextContents()).toEqual([
      'Step 7 Log out, and watch it die',
    ]);
    await page.locator('#step-2 summary').click();
    await page.locator('#step-2').getByRole('button', { name: 'Take this step' }).click();
    await isAt(page, 2, 'A cookie, and with it a context');
    await focusIsOn(page, 'current-step');
    await press('Start again');
    await isAt(page, 1, 'A visit without a cookie');
    await answered(page, 'I do not know you.');
  });

  it('says who would be logged out, and whom the server forgets', async () => {
    const { page } = await watch();
    const endings = () => page.locator('.toy > .actions button').allTextContents();
    await expect.poll(endings).toEqual(['Forget me', 'Start again']);
    await page.goto('/register?next=/conversation', { waitUntil: 'networkidle' });
    await page.getByLabel('Username').fill('endings');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('main').getByRole('button', { name: 'Register' }).click();
    await arrived(page, 'The conversation');
    await expect.poll(endings).toEqual(['Log out', 'Start again, and log out']);
    await page.getByRole('button', { name: 'Start again, and log out' }).click();
    await expect.poll(endings).toEqual(['Forget me', 'Start again']);
    expect(await page.context().cookies()).toEqual([]);
  });

  it('keeps a copied ticket from working after the logout', async () => {
    const { page } = await watch();
    await page.goto('/conversation');
    await register(page, 'copied');
    const [cookie] = await page.context().cookies();
    const copy = () => fetch(`${house.url}/me`, { headers: { cookie: `coatcheck=${cookie?.value}` } });
    expect((await copy()).status).toBe(200);
    await page.goto('/conversation');
    await logOut(page);
    await answered(page, 'I do not know you.');
    const refused = await copy();
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ reason: 'logged-out' });
  });

  it('can be led to at any of its places', async () => {
    const { page } = await house.visit();
    await page.goto('/conversation#step-6');
    const title = page.getByRole('heading', { name: 'When it would end by itself' });
    await title.waitFor();
    await expect.poll(() => title.evaluate((one) => one.getBoundingClientRect().top)).toBeLessThan(400);
    expect(await title.evaluate((one) => one.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0);
  });
});

describe('beside the toy', () => {
  const boxOf = (page: Page, selector: string) =>
    page.locator(selector).evaluate((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return { left, right, top, bottom };
    });

  it('stands the step that one is at, and on a phone above it', async () => {
    const { page } = await watch({ viewport: { width: 1280, height: 800 } });
    const [toy, step] = [await boxOf(page, '.toy'), await boxOf(page, '.current-step')];
    expect(step.left).toBeGreaterThan(toy.right);
    expect(step.top).toBe(toy.top);
    await page.setViewportSize({ width: 360, height: 640 });
    await expect
      .poll(async () => (await boxOf(page, '.current-step')).bottom < (await boxOf(page, '.answers')).top)
      .toBe(true);
    // Focus goes from the step to the toy there, and from the toy to the step where the step is on the right.
    const order = () =>
      page.locator(':is(.toy, .current-step)').evaluateAll((all) => all.map(({ className }) => className));
    expect(await order()).toEqual(['current-step', 'toy']);
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect.poll(order).toEqual(['toy', 'current-step']);
  });

  it('on a phone the bar answers in sight, wherever one reads', async () => {
    const { page } = await watch({ viewport: { width: 360, height: 640 } });
    const bar = page.locator('.last-answer');
    const height = (await boxOf(page, '.ask')).bottom - (await boxOf(page, '.ask')).top;
    const says = async (words: string) => {
      await expect.poll(() => bar.textContent()).toBe(words);
      const { top, bottom } = await boxOf(page, '.last-answer');
      expect(top).toBeGreaterThan(0);
      // Above the button, at most two lines high, and the bar keeps its height.
      expect(bottom).toBeLessThanOrEqual((await boxOf(page, '.ask .button')).top);
      expect(bottom - top).toBeLessThan(42);
      const box = await boxOf(page, '.ask');
      expect(box.bottom - box.top).toBe(height);
    };
    await says('I do not know you.without a ticket');
    await tell(page, 'cats');
    await answered(page, 'I will remember: you like cats.');
    const ticket = await page.locator('.side .number').first().textContent();
    await says(`I will remember: you like cats.with ${ticket}`);
    await page.locator('#step-5').scrollIntoViewIfNeeded();
    await ask(page);
    await says(`You like cats.with ${ticket}`);
    await page.getByRole('switch').click();
    await ask(page);
    await says('I do not know you.without a ticket');
    // The longest answer stays in its lines, and pushes nothing out of the window.
    await page.getByRole('switch').click();
    await tell(page, 'Llanfairpwllgwyngyll '.repeat(9));
    await says(`I will remember: you like ${'Llanfairpwllgwyngyll '.repeat(9).trim()}.with ${ticket}`);
    expect((await boxOf(page, '.last-answer .number')).right).toBeLessThanOrEqual(360);
    // The answer to a member has the name as well, and can be read to its end.
    await tell(page, 'dogs');
    await register(page, 'thumb-reader');
    await page.goto('/conversation');
    await ask(page);
    await expect
      .poll(() => bar.textContent())
      .toMatch(/^You are thumb-reader, and you like dogs\.with Ticket \d{4}$/);
    const [room, needed] = await bar
      .locator('.answer')
      .evaluate((answer) => [answer.clientHeight, answer.scrollHeight]);
    expect(needed).toBe(room);
    // Where the answers themselves are in sight there is no such line.
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect.poll(() => bar.count()).toBe(0);
  });

  it.each([
    [320, 640],
    [360, 640],
    [768, 1024],
    [1280, 800],
  ])('nothing moves when the coat arrives: %i by %i', async (width, height) => {
    const { page } = await house.visit({ viewport: { width, height } });
    await page.addInitScript(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { sources } = entry as unknown as { sources: { node: Node | null }[] };
          for (const { node } of sources) {
            const element = node instanceof Element ? node : node?.parentElement;
            // On the wire every exchange makes room for a newer one.
            if (element && !element.closest('.sides')) shifts.push(element.outerHTML.slice(0, 80));
          }
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    // Later than the half second in which a movement counts as asked for.
    await page.route('**/session', async (route) => {
      const isAsked = route.request().method() === 'PATCH';
      if (isAsked) await new Promise((over) => setTimeout(over, 800));
      await route.continue();
    });
    await page.goto('/conversation');
    await answered(page, 'I do not know you.');
    const places = () =>
      page
        .locator('h1, .lead, .current-step > *, .toy > *, .toy button, #likes')
        .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
    await page.getByLabel('I like').fill('cats');
    await page
      .getByRole('button', { name: 'Tell it' })
      .evaluate((one) => one.scrollIntoView({ block: 'center' }));
    const before = await places();
    await page.getByRole('button', { name: 'Tell it' }).click();
    await answered(page, 'I will remember: you like cats.');
    await page.locator('.coat').waitFor({ state: 'attached' });
    expect(await places()).toEqual(before);
    expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
  });
});

import { once } from 'node:events';
import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import { at } from '../../apps/api/test/base-path.ts';
import { openHouse } from './house.ts';
import { arrived, register, titleIs } from './person.ts';

const house = openHouse();

/** Layout Instability, section 2.1. */
interface Shift {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
}

/** How many bytes some files have as they travel, compressed by gzip. */
async function bytesOf(urls: string[]): Promise<number> {
  let bytes = 0;
  for (const url of urls) {
    // `fetch` would unpack the answer.
    const [answer] = await once(get(url, { headers: { 'accept-encoding': 'gzip' } }), 'response');
    expect(answer.headers['content-encoding']).toBe('gzip');
    bytes += Buffer.concat(await answer.toArray()).length;
  }
  return bytes;
}

const longest = 'maximiliana-konstantinopolitansk';

describe('every page', () => {
  it('of an address that leads nowhere is a real 404, with a way out', async () => {
    const { page } = await house.visit();
    const answer = await page.goto('/nowhere');
    expect(answer?.status()).toBe(404);
    await arrived(page, 'Page not found');
    await titleIs(page, 'Page not found · Coatcheck');
    await page.getByRole('link', { name: 'Go to the start page' }).click();
    await arrived(page, 'You are not logged in');
  });

  it.each([320, 360, 768, 1280])('fits into %i pixels without scrolling sideways', async (width) => {
    const { page, complaints } = await house.visit({ viewport: { width, height: 700 } });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    for (const [path, heading] of [
      ['/', 'You are not logged in'],
      ['/login', 'Log in'],
      ['/register', 'Register'],
      ['/conversation', 'The conversation'],
      ['/why', 'Why am I not logged in?'],
      ['/nowhere', 'Page not found'],
    ] as const) {
      await page.goto(path);
      await arrived(page, heading);
      expect(await overflow(), path).toBeLessThanOrEqual(0);
    }
    await page.goto('/login');
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await page.getByRole('group', { name: 'There is a problem' }).waitFor();
    expect(await overflow(), 'errors').toBeLessThanOrEqual(0);

    const username = `${longest.slice(0, -4)}${width}`.slice(0, 32);
    await register(page, username);
    expect(await overflow(), 'home').toBeLessThanOrEqual(0);
    await page.goto('/account');
    await arrived(page, 'Your account');
    expect(await overflow(), '/account').toBeLessThanOrEqual(0);
    // Nothing that its content security policy forbids, and nothing that broke.
    expect(complaints).toEqual([]);
  });

  it('has targets that a thumb can hit', async () => {
    const { page } = await house.visit({ viewport: { width: 360, height: 700 } });
    for (const [path, heading] of [
      ['/login', 'Log in'],
      ['/register', 'Register'],
    ] as const) {
      await page.goto(path);
      await arrived(page, heading);
      const heights = await page
        .locator('form button, input:not([type=checkbox]), .check')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
      expect(Math.min(...heights), path).toBeGreaterThanOrEqual(44);
    }
  });

  it('never jumps while it loads, whoever is logged in', async () => {
    const { page } = await house.visit();
    await page.addInitScript(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & Shift)[]) {
          // What follows a press within half a second was asked for, and is none by definition.
          if (entry.hadRecentInput) continue;
          const moved = entry.sources.map(
            ({ node, previousRect: from, currentRect: to }) =>
              `${node?.textContent} from ${from.left}, ${from.top}, ${from.width} wide to ${to.left}, ${to.top}, ${to.width} wide`,
          );
          shifts.push(`${entry.value}: ${moved}`);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const shifts = () => page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 720 });
      await register(page, `steady-${width}`);
      for (const [path, heading] of [
        ['/account', 'Your account'],
        ['/account/sessions', 'Where you are logged in'],
        ['/account/activity', 'Account activity'],
        ['/conversation', 'The conversation'],
        ['/why', 'Why am I not logged in?'],
        ['/', `Logged in as steady-${width}`],
        ['/nowhere', 'Page not found'],
      ] as const) {
        await page.goto(path);
        await arrived(page, heading);
        await page.locator('.footer').waitFor();
        expect(await shifts(), path).toEqual([]);
      }
      await page.goto('/');
      await page.getByRole('button', { name: 'Log out' }).click();
      await arrived(page, 'You are logged out');
      await page.goto('/login');
      await arrived(page, 'Log in');
      expect(await shifts()).toEqual([]);
    }
  });

  it('needs no more than 85 kB of JavaScript and 5 kB of style for its first paint', async () => {
    const { page } = await house.visit();
    const requested: Record<string, string[]> = { script: [], stylesheet: [] };
    page.on('request', (request) => requested[request.resourceType()]?.push(request.url()));
    await page.goto('/');
    await arrived(page, 'You are not logged in');
    const [scripts = 0, styles = 0] = await Promise.all(Object.values(requested).map(bytesOf));
    expect(scripts).toBeGreaterThan(50_000);
    expect(scripts).toBeLessThanOrEqual(85_000);
    expect(styles).toBeGreaterThan(3_000);
    expect(styles).toBeLessThanOrEqual(5_000);
  });

  it('has no style of the account or of the conversation until a visitor needs it', async () => {
    const { page } = await house.visit();
    /** Which parts' styles are in the page, each part told by a class of its own. */
    const styled = () =>
      page.evaluate(
        (parts) => {
          const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
          return parts.filter((part) => rules.some(({ cssText }) => cssText.includes(part)));
        },
        ['.button', '.events', '.toy'],
      );
    await page.goto('/');
    await arrived(page, 'You are not logged in');
    expect(await styled()).toEqual(['.button']);
    await page.getByRole('link', { name: 'See how it works' }).click();
    await arrived(page, 'The conversation');
    expect(await styled()).toEqual(['.button', '.toy']);
    await register(page, 'dresser');
    await page.goto('/account/activity');
    await page.locator('.events').waitFor();
    expect(await styled()).toEqual(['.button', '.events']);
  });

  it('waits for a part’s style before it shows the part, and never shows it without', async () => {
    const { page } = await house.visit();
    let isGone = false;
    const asked: string[] = [];
    await page.route(/Conversation-.*\.css/, async (route) => {
      asked.push(route.request().url());
      if (isGone) return route.fulfill({ status: 404 });
      await new Promise((over) => setTimeout(over, 500));
      return route.continue();
    });
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        const toy = document.querySelector('.toy');
        if (!toy) return;
        observer.disconnect();
        Object.assign(window, { firstDisplay: getComputedStyle(toy).display });
      }).observe(document, { childList: true, subtree: true });
    });
    const firstDisplay = () =>
      page.evaluate(() => (window as unknown as { firstDisplay?: string }).firstDisplay);
    await page.goto('/');
    await page.getByRole('link', { name: 'See how it works' }).click();
    await arrived(page, 'The conversation');
    expect(await firstDisplay()).toBe('grid');

    isGone = true;
    await page.goto('/');
    await arrived(page, 'You are not logged in');
    await page.getByRole('link', { name: 'See how it works' }).click();
    await arrived(page, 'Reload this page to continue');
    // It was asked for once more only because the page was loaded anew in between.
    expect(asked).toHaveLength(3);
    // Back and there again: the browser asks for a style no second time, which must not let the part in without.
    await page.goBack();
    await arrived(page, 'You are not logged in');
    await page.goForward();
    await arrived(page, 'Reload this page to continue');
    expect(await page.locator('.toy').count()).toBe(0);
  });

  it('says that it needs JavaScript where there is none, at its top', async () => {
    const { page } = await house.visit({ javaScriptEnabled: false, viewport: { width: 320, height: 480 } });
    await page.goto('/login');
    const words = page.locator('noscript p');
    expect(await words.allInnerTexts()).toEqual([
      expect.stringMatching(/^These pages need JavaScript/),
      expect.stringMatching(/^Diese Seiten brauchen JavaScript/),
    ]);
    for (const one of await words.all()) {
      const box = await one.boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 480)).toBeLessThan(240);
    }
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(480);
  });

  it.each([
    [320, 'Top'],
    [1280, 'Left'],
  ] as const)('shows one torn line in forced colours, %i px wide', async (width, side) => {
    const { page } = await house.visit({ viewport: { width, height: 700 }, forcedColors: 'active' });
    await register(page, `forced-${width}`);
    const styles = await page.locator('.ticket').evaluate((ticket) =>
      [...ticket.children].map((half) => {
        const style = getComputedStyle(half);
        return (['Top', 'Right', 'Bottom', 'Left'] as const).map((edge) =>
          style[`border${edge}Width`] === '0px' ? 'none' : style[`border${edge}Style`],
        );
      }),
    );
    const solid = ['solid', 'solid', 'solid', 'solid'];
    const [opposite, tear] = side === 'Top' ? [2, 0] : [1, 3];
    expect(styles).toEqual([solid.with(opposite, 'none'), solid.with(tear, 'dotted')]);
  });

  it('is printed without what can only be pressed, and nothing lies over its text', async () => {
    const { page } = await house.visit({ viewport: { width: 794, height: 1123 } });
    await register(page, 'printed');
    await page.emulateMedia({ media: 'print' });
    for (const [path, heading] of [
      ['/', 'Logged in as printed'],
      ['/account', 'Your account'],
      ['/account/sessions', 'Where you are logged in'],
      ['/account/activity', 'Account activity'],
      ['/conversation', 'The conversation'],
      ['/why', 'Why am I not logged in?'],
    ] as const) {
      await page.goto(path);
      await arrived(page, heading);
      expect(await page.locator('.button:visible, nav:visible, footer:visible').count(), path).toBe(0);
      const positions = await page
        .locator('main :visible')
        .evaluateAll((all) => all.map((element) => getComputedStyle(element).position));
      expect(positions, path).not.toContain('fixed');
    }
    // Chromium prints no ground, and the ink of what stands on one is paler then.
    const { page: stranger } = await house.visit();
    await stranger.request.post(at('/login'), {
      data: { username: 'printed', password: 'this is not right' },
    });
    await page.goto('/account/activity');
    const failed = page.locator('.failed');
    await failed.waitFor();
    expect(await failed.evaluate((mark) => getComputedStyle(mark).backgroundColor)).toBe('rgba(0, 0, 0, 0)');
  });

  it('has the languages at the right edge of its foot', async () => {
    const { page } = await house.visit({ viewport: { width: 1280, height: 800 } });
    await page.goto('/');
    await arrived(page, 'You are not logged in');
    const right = (selector: string) =>
      page.locator(selector).evaluate((element) => element.getBoundingClientRect().right);
    expect(await right('.footer fieldset')).toBe(await right('.header nav'));
  });

  it('gives every input an id of its own, hidden ones too', async () => {
    const { page } = await house.visit();
    await register(page, 'labelled');
    for (const [path, heading] of [
      ['/account/password', 'Change your password'],
      ['/account/leave', 'Delete account'],
      ['/account', 'Your account'],
      ['/conversation', 'The conversation'],
    ] as const) {
      await page.goto(path);
      await arrived(page, heading);
      const ids = await page.locator('input').evaluateAll((all) => all.map(({ id }) => id));
      expect(ids, path).not.toContain('');
      expect(new Set(ids).size, path).toBe(ids.length);
    }
    await page.goto('/account/leave');
    await arrived(page, 'Delete account');
    await expect.poll(() => page.locator('#username').inputValue()).toBe('labelled');
  });

  it('says what happened when it breaks, and offers two ways out', async () => {
    const { page } = await house.visit();
    await page.route('**/session', (route) => route.fulfill({ json: { user: {}, session: {} } }));
    await page.goto('/');
    await arrived(page, 'This page broke');
    await page.unroute('**/session');
    await page.getByRole('link', { name: 'Reload the page' }).click();
    await arrived(page, 'You are not logged in');
  });
});

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stories } from '../../apps/web/stories/stories.ts';
import { openBrowser } from './browser.ts';
import { openStories } from './stories.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const widths = [320, 768, 1280];

let browser: Browser;
/** Of a person who set the text to twice its size. */
let enlarged: Browser;
let gallery: Awaited<ReturnType<typeof openStories>>;
beforeAll(async () => {
  [browser, enlarged, gallery] = await Promise.all([
    openBrowser(),
    openBrowser('--blink-settings=defaultFontSize=32'),
    openStories(),
  ]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), enlarged?.close()]);
  gallery?.close();
});

async function open(browser: Browser, name: string, locale = 'en-GB'): Promise<Page> {
  const page = await browser.newPage({ locale, reducedMotion: 'reduce' });
  await page.goto(`${gallery.url}?story=${encodeURIComponent(name)}`);
  await page.locator('h1').waitFor();
  await page.evaluate(axe);
  return page;
}

/** What a person at this page could stumble over. */
const stumbles = (page: Page, tags: string[]) =>
  page.evaluate(async (tags) => {
    const { violations } = await (window as unknown as { axe: Axe }).axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);

    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`scrolls sideways by ${scrollWidth - clientWidth} px`);

    // 44 px, and 24 inside running text (WCAG 2.5.5 and 2.5.8).
    for (const target of document.querySelectorAll(
      'a, button, input:not([type=checkbox], [hidden]), .check',
    )) {
      const { width, height } = target.getBoundingClientRect();
      const inText = target.matches('p a, p button, li a, dd a');
      const hidden = target.closest('.skip, .unseen') || target.matches('.skip');
      if (!hidden && Math.min(width, height) < (inText ? 20 : 44)) {
        found.push(`small (${Math.round(width)} by ${Math.round(height)}): ${target.outerHTML.slice(0, 80)}`);
      }
    }
    return found;
  }, tags);

interface Axe {
  run(of: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

it.each(stories.map(({ name }) => name))('%s is for everyone', async (name) => {
  const found: Record<string, string[]> = {};
  const look = async (page: Page, how: string, tags = rules) => {
    const stumbling = await stumbles(page, tags);
    if (stumbling.length > 0) found[how] = stumbling;
  };
  const [page, large, german] = await Promise.all([
    open(browser, name),
    open(enlarged, name),
    open(browser, name, 'de-DE'),
  ]);
  for (const width of widths) {
    for (const tab of [page, large]) await tab.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await look(page, `${width} px, ${colorScheme}`);
    }
    await look(large, `${width} px, text at 200 %`);
  }
  await page.setViewportSize({ width: 320, height: 800 });
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  await look(page, 'right to left');
  await page.emulateMedia({ forcedColors: 'active' });
  // Which colours these are is the person's choice, and axe cannot see them.
  await look(page, 'forced colours', ['cat.structure']);
  await german.setViewportSize({ width: 320, height: 800 });
  await german.locator('html[lang=de]').waitFor();
  await look(german, '320 px, German');
  await Promise.all([page.close(), large.close(), german.close()]);
  expect(found).toEqual({});
});

/** Does to a page what a browser's translation does: each text is taken out, and stands in a `font` of its own. */
function translate() {
  const isText = (node: Node): node is Text => node.nodeType === Node.TEXT_NODE;
  const take = (node: Node) => {
    if (isText(node)) {
      if (node.data.trim() === '' || node.parentElement?.closest('font, script, style')) return;
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.textContent = node.data.toUpperCase();
      outer.append(inner);
      node.replaceWith(outer);
    } else {
      for (const child of [...node.childNodes]) take(child);
    }
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) for (const node of [target, ...addedNodes]) take(node);
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
  take(document.body);
}

const whole = stories.filter(({ name }) => name !== 'home/crash');

it.each(whole.map(({ name }) => name))(
  '%s survives a translation and what changes after it',
  async (name) => {
    const page = await browser.newPage({ locale: 'en-GB', reducedMotion: 'reduce' });
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(String(error)));
    await page.goto(`${gallery.url}?story=${encodeURIComponent(name)}`);
    await page.locator('h1').waitFor();
    await page.evaluate(translate);
    await page.evaluate(async () => {
      const turn = () => new Promise((done) => setTimeout(done, 5));
      const press = async (selector: string) => {
        for (let n = 0; n < 8; n += 1) {
          document.querySelectorAll<HTMLElement>(selector)[n]?.click();
          await turn();
        }
      };
      document.dispatchEvent(new Event('visibilitychange'));
      await turn();
      await press('main :is(button, summary, [type=checkbox])');
      // From one language to the other and back.
      await press('.footer button');
      await press('main button, nav a');
    });
    expect(broken).toEqual([]);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.getByText(/rail came down|heruntergekommen/i).count()).toBe(0);
    await page.close();
  },
);

import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { stories } from '../../apps/web/stories/stories.ts';
import { openBrowser } from './browser.ts';
import { openStories } from './stories.ts';

/** In this order, since most that is new at a width is new at the widest. */
const widths = [320, 1280, 768];
/** Axe takes most of the time. In the usual run it looks only where it can find something that it finds nowhere else. */
const isLong = inject('isLong');

/** Which rules of axe are run. */
interface Rules {
  type: 'tag' | 'rule';
  values: string[];
  /** Rules of these tags that are not run. */
  but?: string[];
}
const every: Rules = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
// Elements and words decide the others.
const ofColours = ['color-contrast', 'link-in-text-block'];
const ofSizes = ['scrollable-region-focusable', 'target-size'];
const ofOrientation = 'css-orientation-lock';
const rules = (...values: string[]): Rules => ({ type: 'rule', values });

interface Axe {
  run(of: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

let browser: Browser;
let gallery: Awaited<ReturnType<typeof openStories>>;
beforeAll(async () => {
  [browser, gallery] = await Promise.all([openBrowser(), openStories()]);
});
afterAll(async () => {
  await browser?.close();
  gallery?.close();
});

interface Tab {
  page: Page;
  cdp: CDPSession;
}
/** Tabs that no test uses now. A tab keeps in mind what it has compiled, so the next story is there sooner. */
const free: Record<string, Tab[]> = { 'en-GB': [], 'de-DE': [] };

/** Shows a story as to a reader of a language, in a tab where nothing of the story before is left. */
async function show(name: string, locale: 'en-GB' | 'de-DE', act: (tab: Tab) => Promise<void>) {
  const tab = free[locale]?.pop() ?? (await openTab(locale));
  await tab.page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  await tab.page.setViewportSize({ width: 320, height: 800 });
  await tab.page.goto(`${gallery.url}?story=${encodeURIComponent(name)}`);
  await tab.page.locator('h1').waitFor();
  await act(tab);
  free[locale]?.push(tab);
}

async function openTab(locale: string): Promise<Tab> {
  const page = await browser.newPage({ locale, reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  return { page, cdp: await page.context().newCDPSession(page) };
}

/** What a person at this page could stumble over. @param rules of axe; without them only what is measured here */
async function stumbles(page: Page, rules?: Rules): Promise<string[]> {
  if (rules && !(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ url: '/axe.js' });
  // Orientation is decided by style sheets, which axe fetches to read them.
  const preload = rules?.values.includes(ofOrientation) ?? false;
  return page.evaluate(
    async ({ runOnly, but, preload }) => {
      // What depends on a size is measured with the next frame.
      await new Promise((measured) => requestAnimationFrame(() => requestAnimationFrame(measured)));
      const { axe } = window as unknown as { axe: Axe };
      const { violations } = runOnly
        ? await axe.run(document, {
            runOnly,
            rules: Object.fromEntries(but.map((rule) => [rule, { enabled: false }])),
            resultTypes: ['violations'],
            selectors: false,
            preload,
          })
        : { violations: [] };
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);

      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth > clientWidth) found.push(`scrolls sideways by ${scrollWidth - clientWidth} px`);

      // 44 px, and 24 inside running text (WCAG 2.5.5 and 2.5.8).
      for (const target of document.querySelectorAll(
        'a, button, input:not([type=checkbox], [hidden]), .check',
      )) {
        const { width, height } = target.getBoundingClientRect();
        const line = target.closest('p, dd, li');
        const isAlone = line?.matches('p, .summary li') && line.textContent === target.textContent;
        const inText = line && !isAlone;
        const hidden = target.closest('.skip, .unseen') || !target.checkVisibility();
        if (!hidden && Math.min(width, height) < (inText ? 20 : 44)) {
          found.push(
            `small (${Math.round(width)} by ${Math.round(height)}): ${target.outerHTML.slice(0, 80)}`,
          );
        }
      }
      return found;
    },
    { runOnly: rules && { type: rules.type, values: rules.values }, but: rules?.but ?? [], preload },
  );
}

/** How elements are laid out. */
interface Shown {
  /** Within the story's own part of the page, by their place in the document. */
  own: Set<string>;
  /** Around it, in the frame that all stories have in common. */
  frame: Set<string>;
}

/**
 * The colours in which text is shown: of each element with text of its own, the colours, backgrounds and sizes that decide
 * whether it can be read, from itself outwards. Two texts of which these are equal have the same contrast.
 */
async function coloursOf(page: Page): Promise<Set<string>> {
  const colours = await page.evaluate(() => {
    const outwards = (element: Element | null): string => {
      if (!element) return '';
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      const own = `${backgroundColor} ${backgroundImage} ${opacity}`;
      return own === 'rgba(0, 0, 0, 0) none 1'
        ? outwards(element.parentElement)
        : `${own}/${outwards(element.parentElement)}`;
    };
    const hasText = ({ childNodes }: Element) =>
      [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
    return [...document.querySelectorAll('body *')]
      .filter((element) => hasText(element) && element.checkVisibility())
      .map((element) => {
        const { color, fontSize, fontWeight, textDecorationLine } = getComputedStyle(element);
        const around = element.parentElement ? getComputedStyle(element.parentElement).color : '';
        return [color, around, fontSize, fontWeight, textDecorationLine, outwards(element)].join(' ');
      });
  });
  return new Set(colours);
}

/** Which elements are shown, and how each is laid out. */
async function shownOn(page: Page): Promise<Shown> {
  const { own, frame } = await page.evaluate(() => {
    const layoutOf = (element: Element) => `${element.localName} ${getComputedStyle(element).display}`;
    const inMain = 'main, main *';
    const shown = [...document.querySelectorAll('body :not(svg *)')].filter((element) =>
      element.checkVisibility(),
    );
    return {
      own: shown.flatMap((element, at) => (element.matches(inMain) ? `${at} ${layoutOf(element)}` : [])),
      frame: shown
        .filter((element) => !element.matches(inMain))
        .map((element) => `${element.parentElement?.className} ${element.className} ${layoutOf(element)}`),
    };
  });
  return { own: new Set(own), frame: new Set(frame) };
}

/** What axe has looked at of the frame, in all stories together. */
const framesSeen = new Set<string>();
/** The colours that axe has looked at, in all stories together. */
const coloursSeen = new Set<string>();
/** @returns whether axe has looked at all of these colours. From now on it has. */
function hasSeen(colours: Set<string>): boolean {
  const seen = colours.isSubsetOf(coloursSeen);
  for (const colour of colours) coloursSeen.add(colour);
  return seen;
}

/** Looks at a story in English. @returns what a person could stumble over, by how the page was looked at. */
async function lookAround({ page, cdp }: Tab): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const look = async (how: string, rules?: Rules) => {
    const stumbling = await stumbles(page, rules);
    if (stumbling.length > 0) found[how] = stumbling;
  };
  const ownSeen = new Set<string>();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    // Axe looks at all of it where an element is shown, or laid out in a way, that it has not seen before.
    const { own, frame } = await shownOn(page);
    const isNew = isLong || !own.isSubsetOf(ownSeen) || !frame.isSubsetOf(framesSeen);
    for (const element of own) ownSeen.add(element);
    for (const element of frame) framesSeen.add(element);
    const hasNewColours = !hasSeen(await coloursOf(page)) || isLong;
    const ofLight = isNew ? { ...every, but: hasNewColours ? [] : ofColours } : undefined;
    await look(`${width} px, light`, ofLight ?? (hasNewColours ? rules(...ofColours) : undefined));
    if (isNew || width === Math.max(...widths)) {
      await page.emulateMedia({ colorScheme: 'dark' });
      if (!hasSeen(await coloursOf(page)) || isLong) await look(`${width} px, dark`, rules(...ofColours));
      await page.emulateMedia({ colorScheme: 'light' });
    }
    // As somebody sets it in the browser: media queries that count in rem follow.
    await cdp.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
    await look(`${width} px, text at 200 %`, isLong ? rules(...ofSizes) : undefined);
    await cdp.send('Page.setFontSizes', { fontSizes: { standard: 16 } });
  }
  await page.setViewportSize({ width: 320, height: 800 });
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  await look('right to left', isLong ? rules(...ofSizes) : undefined);
  // Which colours these are is the person's choice, and axe cannot see them.
  await page.emulateMedia({ forcedColors: 'active' });
  await look('forced colours');
  await page.emulateMedia({ forcedColors: 'none' });
  await page.evaluate(() => {
    document.documentElement.dir = 'ltr';
  });
  return found;
}

/** Translates a page as a browser does, and presses what can be pressed. @returns what broke. */
async function translateAndPress(page: Page): Promise<string[]> {
  const broken: string[] = [];
  page.on('pageerror', (error) => broken.push(String(error)));
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
    // The link back to the app leaves.
    await press('main button, nav a:not(.back)');
  });
  page.removeAllListeners('pageerror');
  return broken;
}

describe.concurrent('every story', () => {
  it.each(stories.map(({ name }) => name))(
    '%s is for everyone, in German too, and survives a translation and what changes after it',
    async (name) => {
      const lookInGerman = async ({ page }: Tab) => {
        await page.locator('html[lang=de]').waitFor();
        // The elements are the same as in English. German words are wider, which is measured without axe.
        expect(await stumbles(page, isLong ? every : undefined)).toEqual([]);
        if (name === 'home/crash') return;
        expect(await translateAndPress(page)).toEqual([]);
        expect(await page.locator('h1').count()).toBe(1);
        expect(await page.getByText(/rail came down|heruntergefallen/i).count()).toBe(0);
      };
      let hasSwitch = false;
      await show(name, 'en-GB', async (tab) => {
        expect(await lookAround(tab)).toEqual({});
        const german = tab.page.locator('.footer button[lang=de]');
        hasSwitch = (await german.count()) > 0;
        if (!hasSwitch) return;
        // It is hidden while the page asks something.
        await german.dispatchEvent('click');
        await lookInGerman(tab);
      });
      if (!hasSwitch) await show(name, 'de-DE', lookInGerman);
    },
  );
});

it('no style sheet keeps a page to one way of holding the device', async () => {
  await show(stories[0]?.name ?? '', 'en-GB', async ({ page }) => {
    expect(await stumbles(page, rules(ofOrientation))).toEqual([]);
  });
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

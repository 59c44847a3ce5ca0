// Runs Lighthouse in the browser of the tests. Reads the pages from standard input, and writes what it found of each.
import { text } from 'node:stream/consumers';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { findBrowser } from '../../tests/browser/browser.ts';
import type { Look, Pages } from '../rows/lighthouse.ts';

const { urls, cookie, categories }: Pages = JSON.parse(await text(process.stdin));

const { executablePath, env } = await findBrowser();
const browser = await launch({
  chromePath: executablePath,
  chromeFlags: ['--headless', '--no-sandbox'],
  envVars: { ...process.env, ...env },
});
const looks: Look[] = [];
try {
  for (const url of urls) {
    const ran = await lighthouse(url, {
      port: browser.port,
      logLevel: 'silent',
      onlyCategories: categories,
      extraHeaders: { cookie },
    });
    if (!ran || ran.lhr.runtimeError) throw new Error(`${url}: ${ran?.lhr.runtimeError?.message}`);
    const { audits, categories: found } = ran.lhr;
    const scores = Object.fromEntries(categories.map((name) => [name, found[name]?.score ?? 0]));
    const failed = Object.values(audits).filter(({ score }) => score !== null && score < 1);
    looks.push({ url, scores, failed: failed.map(({ id }) => id) });
  }
} finally {
  browser.kill();
}
process.stdout.write(JSON.stringify(looks));

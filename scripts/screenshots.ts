// `pnpm screenshots`: takes the pictures of the docs anew, from the product itself on a database of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { buildChanged } from '../apps/web/build-changed.ts';
import { openBrowser } from '../tests/browser/browser.ts';

const repository = resolve(import.meta.dirname, '..');
const password = 'umbrella left by the door';
/** What the other browsers of the list of sessions call themselves. */
const devices = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
];

buildChanged();
const dir = mkdtempSync(join(tmpdir(), 'coatcheck-'));
const server = spawn(process.execPath, [join(repository, 'apps/api/server.js')], {
  env: { ...process.env, NODE_ENV: 'test', PORT: '0', DATABASE_URL: `sqlite:${join(dir, 'coatcheck.db')}` },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await openBrowser();
try {
  const page = await browser.newPage({
    baseURL: await opened(),
    viewport: { width: 900, height: 560 },
    deviceScaleFactor: 2,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  await page.goto('/login');
  await page.getByLabel('Username').fill('ada');
  await page.getByRole('button', { name: 'Log in', exact: true }).waitFor();
  await page.screenshot({ path: join(repository, 'docs/screenshot.png'), fullPage: true });

  await page.goto('/register');
  await page.getByLabel('Username').fill('ada');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByRole('button', { name: 'Log out' }).first().waitFor();
  for (const agent of devices) await logInFrom(agent, new URL(page.url()).origin);
  await page.goto('/account/sessions');
  await page.getByText('Firefox').first().waitFor();
  await page.screenshot({ path: join(repository, 'docs/sessions.png'), fullPage: true });

  await page.setViewportSize({ width: 1280, height: 1060 });
  await page.goto('/conversation');
  await page.getByLabel('I like').fill('cats');
  await page.getByRole('button', { name: 'Tell it' }).click();
  await page.getByText('I will remember: you like cats.').first().waitFor();
  await page.getByRole('switch', { name: 'Ask with my ticket' }).click();
  await page.getByRole('button', { name: /^Ask/ }).click();
  await page.getByText('I do not know you.').first().waitFor();
  await page.getByRole('switch', { name: 'Ask with my ticket' }).click();
  await page.getByRole('button', { name: /^Ask/ }).click();
  await page.mouse.move(0, 0);
  await page.getByText('You are ada, and you like cats.').first().waitFor();
  await page.screenshot({ path: join(repository, 'docs/conversation.png') });
  process.stdout.write('docs/screenshot.png docs/sessions.png docs/conversation.png\n');
} finally {
  await browser.close();
  server.kill();
  await once(server, 'exit');
  rmSync(dir, { recursive: true });
}

/** Logs ada in from another browser. */
async function logInFrom(agent: string, origin: string): Promise<void> {
  const answer = await fetch(`${origin}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': agent },
    body: JSON.stringify({ username: 'ada', password }),
  });
  if (!answer.ok) throw new Error(`The login was answered ${answer.status}.`);
}

/** The address that the server says it is open at. */
async function opened(): Promise<string> {
  for await (const line of createInterface({ input: server.stdout })) {
    const { event, url } = JSON.parse(line);
    if (event === 'sys_startup') return url;
  }
  throw new Error('The server did not open.');
}

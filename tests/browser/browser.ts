import { accessSync, constants, existsSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];
// Root has no sandbox; and a test browser asks nobody but the pages that it is shown.
const quiet = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

function installed(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const places = [...onPath.flatMap((folder) => names.map((name) => join(folder, name))), ...usualPlaces];
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

interface Found {
  executablePath: string;
  /** What it needs in its environment to start. */
  env: Record<string, string>;
}

/** Where a Chromium is: one that is installed, else the one that npm brings along (Linux on x64). */
export async function findBrowser(): Promise<Found> {
  const executablePath = installed();
  if (executablePath) return { executablePath, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'The browser tests need an installed Chrome or Chromium. Install one and run them again.',
    );
  }
  return unpacked();
}

/** npm's Chromium with the libraries that a bare machine lacks: by itself it unpacks those on Amazon's only. */
async function unpacked(): Promise<Found> {
  const { default: carried, inflate } = await import('@sparticuz/chromium');
  const manifest = findPackageJSON('@sparticuz/chromium', import.meta.url);
  if (!manifest) throw new Error('@sparticuz/chromium is not installed. Run pnpm install.');
  const libraries = await inflate(join(manifest, '../bin/al2023.tar.br'));
  return {
    executablePath: await carried.executablePath(),
    env: {
      LD_LIBRARY_PATH: join(libraries, 'lib'),
      ...(existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(tmpdir(), 'fonts') }),
    },
  };
}

/**
 * A headless Chromium.
 *
 * The npm package's own `args` stay out: they switch off the web's security, which is what is tested here.
 * @param more arguments besides
 */
export async function openBrowser(...more: string[]): Promise<Browser> {
  const { executablePath, env } = await findBrowser();
  return chromium.launch({ executablePath, args: [...quiet, ...more], env: { ...process.env, ...env } });
}

import Bowser from 'bowser';

/** The names of a browser and an operating system, for people. Null: unknown. */
interface Device {
  browser: string | null;
  system: string | null;
}

const powerShell = 'PowerShell';

const browsers = new Set([...Object.values(Bowser.BROWSER_MAP), powerShell]);
const systems = new Set(Object.values(Bowser.OS_MAP));

/**
 * A product (RFC 9110 section 10.1.5) whose name is a word without dots: a stranger's failed login shows this text to
 * the account's owner, and it must have no room for a sentence or for the name of a site.
 */
const product = /^([A-Za-z][\w-]{0,31})(?:\/|$)/;
/** The products with which browsers begin, whatever they are. */
const everyBrowser = new Set(['Mozilla', 'Opera', 'Dalvik']);

/**
 * Reads the device from a `User-Agent` (RFC 9110 section 10.1.5). @returns names of browsers and systems that are known,
 * and of other programs the product with which they begin; null for what names none
 */
export function deviceOf(userAgent = ''): Device {
  if (!userAgent) return { browser: null, system: null };
  const shown = userAgent.slice(0, 512);
  const { browser, os } = Bowser.parse(shown);
  const named = /\b(?:Windows)?PowerShell\/\d/.test(shown) ? powerShell : product.exec(shown)?.[1];
  const program = named !== undefined && !everyBrowser.has(named) ? named : browser.name;
  return knownDevice({ browser: program ?? null, system: os.name ?? null });
}

/**
 * @returns the device without names that can be neither a known one nor a product: rows of earlier versions hold any text
 * that a client sent.
 */
export const knownDevice = ({ browser, system }: Device): Device => ({
  browser: browser !== null && (browsers.has(browser) || isProduct(browser)) ? browser : null,
  system: system !== null && systems.has(system) ? system : null,
});

const isProduct = (name: string): boolean => product.exec(name)?.[0] === name && !everyBrowser.has(name);

import Bowser from 'bowser';

/** The names of a browser and an operating system, for people. Null: unknown. */
interface Device {
  browser: string | null;
  system: string | null;
}

/**
 * Programs that are no browsers, by the product token (RFC 9110 section 10.1.5) with which they begin, in lower case.
 */
const programs = new Map([
  ['aiohttp', 'aiohttp'],
  ['apache-httpclient', 'Apache HttpClient'],
  ['axios', 'axios'],
  ['bun', 'Bun'],
  ['curl', 'curl'],
  ['dart', 'Dart'],
  ['deno', 'Deno'],
  ['go-http-client', 'Go http client'],
  ['got', 'Got'],
  ['guzzlehttp', 'Guzzle'],
  ['httpie', 'HTTPie'],
  ['hurl', 'Hurl'],
  ['insomnia', 'Insomnia'],
  ['java', 'Java'],
  ['java-http-client', 'Java'],
  ['libwww-perl', 'libwww-perl'],
  ['node', 'Node.js'],
  ['node-fetch', 'node-fetch'],
  ['okhttp', 'OkHttp'],
  ['postmanruntime', 'Postman'],
  ['python', 'Python'],
  ['python-httpx', 'HTTPX'],
  ['python-requests', 'Python Requests'],
  ['python-urllib', 'Python urllib'],
  ['reqwest', 'reqwest'],
  ['ruby', 'Ruby'],
  ['undici', 'Node.js'],
  ['wget', 'Wget'],
  ['wget2', 'Wget'],
  ['xh', 'xh'],
]);
const powerShell = 'PowerShell';

const browsers = new Set([...Object.values(Bowser.BROWSER_MAP), ...programs.values(), powerShell]);
const systems = new Set(Object.values(Bowser.OS_MAP));

/**
 * Reads the device from a `User-Agent` (RFC 9110 section 10.1.5). @returns only names of closed sets: clients send any
 * text
 */
export function deviceOf(userAgent = ''): Device {
  if (!userAgent) return { browser: null, system: null };
  const shown = userAgent.slice(0, 512);
  const { browser, os } = Bowser.parse(shown);
  const [token = ''] = /^[\w-]*/.exec(shown) ?? [];
  const program = /\b(?:Windows)?PowerShell\/\d/.test(shown) ? powerShell : programs.get(token.toLowerCase());
  return knownDevice({ browser: program ?? browser.name ?? null, system: os.name ?? null });
}

/**
 * @returns the device without names that are in no closed set: rows of earlier versions hold any text that a client
 * sent.
 */
export const knownDevice = ({ browser, system }: Device): Device => ({
  browser: browser !== null && browsers.has(browser) ? browser : null,
  system: system !== null && systems.has(system) ? system : null,
});

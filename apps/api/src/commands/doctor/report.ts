import type { RegistrationPolicy } from '@coatcheck/api-types';
import { installation } from '../../installation.ts';
import type { AppExamination } from './app.ts';
import { chain, type Link } from './chain.ts';
import type { Examination, Result } from './examine.ts';
import { withoutSlash } from './exchange.ts';
import { type Fault, fault } from './faults.ts';

/** @returns the report for a person: a line for each link of the chain, then each broken link with its remedy. */
export function report(examination: Examination, result: Result): string {
  const { url, origin } = examination;
  const said = [
    ...result.findings.map((found) => sentence(found, examination)),
    ...(result.findings.length === 0 ? whatIsLeft(examination, result) : []),
    ...(result.seenAddress === undefined
      ? []
      : [
          `The server sees this machine's IP address as ${result.seenAddress}. If that is a proxy's address, add it to TRUSTED_PROXIES.`,
        ]),
    ...(result.registration ? whoMayRegister[result.registration] : []),
  ];
  return [`${withoutSlash(url)}, for a page of ${origin}`, '', ...links(result), '', ...said].join('\n');
}

/** What a person should know of registration: nothing where it is open to anyone. */
const whoMayRegister: Record<RegistrationPolicy, string[]> = {
  open: [],
  invite: [`People register by invitation: ${installation.command} invite makes one.`],
  closed: [`Nobody can register: ${installation.command} add NAME makes an account.`],
};

function links({ findings, looked }: Result): string[] {
  const broken = new Set(findings.map(({ link }) => link));
  const state = (link: Link) => (broken.has(link) ? 'FAIL' : looked.has(link) ? 'ok' : 'skipped');
  return Object.entries(chain).map(([link, name]) => `${state(link as Link).padEnd(7)}  ${name}`);
}

/** @returns advice on what only a person can look at, where nothing is broken. */
function whatIsLeft({ url, origin, ticket, behind }: Examination, { looked }: Result): string[] {
  const left = [
    `No fault can be seen from here. Only a browser can tell whether it stores cookies: open ${withoutSlash(url)}/why there.`,
  ];
  if (!looked.has('sent')) {
    left.push(
      'Too many sessions without a login were started from this IP address, so the cookie could not be checked. Run the doctor again in an hour.',
    );
  }
  if (origin !== url.origin) {
    const { cause, what, change } = fault('credentials');
    left.push(`${cause}: ${what} ${change}`);
  }
  if (behind) left.push(...ofApp(behind, looked));
  if (ticket === undefined) {
    left.push(
      `To check one session as well, set TICKET in the environment to its cookie value, copied from the browser's developer tools.`,
    );
  }
  return left;
}

/** @returns what only a person can look at, of an app behind the login. */
function ofApp({ app, identityHeader }: AppExamination, looked: Set<Link>): string[] {
  const around =
    "From another machine, open the app's own URL (the one in IN_FRONT_OF, or in the proxy's configuration). Nothing may answer there.";
  if (looked.has('forged')) return [around];
  return [
    around,
    `The doctor could not see which headers the app gets: TICKET is not set, or the app shows none. Log in, copy the cookie, and call curl -H 'Cookie: …' -H '${identityHeader}: somebody-else' ${withoutSlash(app)}: the app must name you. Try ${identityHeader.replaceAll('-', '_')} as well.`,
  ];
}

function sentence({ cause, what, change, again }: Fault, examination: Examination): string {
  const command = again === undefined ? '' : `: ${commandAt(again, examination)}`;
  return `${cause}: ${what}\n  ${change}${command}`;
}

/** @returns the command that makes the same examination at another URL. */
function commandAt(home: string, { url, origin, behind }: Examination): string {
  const options = [
    ['--url', home],
    ...(origin === url.origin ? [] : [['--origin', origin]]),
    ...(behind ? [['--app', behind.app.href]] : []),
  ];
  const typed = options.map(([name, value = '']) => `${name} ${asWord(value)}`);
  return [installation.command, 'doctor', ...typed].join(' ');
}

/** @returns text as one word of a shell (POSIX.1-2024, Shell Command Language, section 2.2.2). */
const asWord = (text: string) => (/^[\w.~:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

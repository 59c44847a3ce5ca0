import { chain, type Link } from './chain.ts';
import type { Examination, Result } from './examine.ts';
import { type Fault, fault } from './faults.ts';

/** @returns the report for a person: a line for each link of the chain, then each broken link with its remedy. */
export function report(examination: Examination, result: Result): string {
  const { url, origin } = examination;
  const said = [
    ...result.findings.map(sentence),
    ...(result.findings.length === 0 ? whatIsLeft(examination, result) : []),
    ...(result.seenAddress === undefined
      ? []
      : [
          `The server takes this machine for ${result.seenAddress}. If that is a proxy's address, TRUSTED_PROXIES must have it.`,
        ]),
  ];
  return [`${url.origin}, for a page of ${origin}`, '', ...links(result), '', ...said].join('\n');
}

function links({ findings, looked }: Result): string[] {
  const broken = new Set(findings.map(({ link }) => link));
  const state = (link: Link) => (broken.has(link) ? 'breaks' : looked.has(link) ? 'holds ' : '–     ');
  return Object.entries(chain).map(([link, name]) => `${state(link as Link)}  ${name}`);
}

/** @returns advice on what only a person can look at, where nothing is broken. */
function whatIsLeft({ url, origin, ticket }: Examination, { looked }: Result): string[] {
  const left = [
    `Nothing that can be seen from here is broken. Only a browser can tell whether it keeps cookies: open ${url.origin}/conversation#why there.`,
  ];
  if (!looked.has('sent')) {
    left.push(
      'Too many guests were begun from this address for now, so none could be looked at. Run this again in an hour.',
    );
  }
  if (origin !== url.origin) {
    const { cause, what, change } = fault('credentials');
    left.push(`${cause}: ${what} ${change}`);
  }
  if (ticket === undefined) {
    left.push(
      `TICKET=… in the environment, copied from a browser's developer tools, looks at one session, too.`,
    );
  }
  return left;
}

const sentence = ({ cause, what, change }: Fault) => `${cause}: ${what}\n  ${change}`;

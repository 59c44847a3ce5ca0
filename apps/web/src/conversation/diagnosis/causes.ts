import type { PageCause } from '@coatcheck/api-types';

/** The conditions for a visitor to be logged in. Each link of this chain needs the links before it. */
export const chain = [
  'answer',
  'origin',
  'connection',
  'cookies',
  'site',
  'clock',
  'sent',
  'known',
  'alive',
  'address',
] as const;
/** A link of the chain. */
export type Link = (typeof chain)[number];

/** The link that each cause breaks. */
export const breaks = {
  'no-answer': 'answer',
  'not-coatcheck': 'answer',
  unavailable: 'answer',
  origin: 'origin',
  'secure-over-http': 'connection',
  'public-url-http': 'connection',
  'third-party': 'site',
  'cookies-blocked': 'cookies',
  clock: 'clock',
  loopback: 'sent',
  omitted: 'sent',
  never: 'sent',
  databases: 'known',
  unknown: 'known',
  'expired-idle': 'alive',
  'expired-absolute': 'alive',
  'logged-out': 'alive',
  replaced: 'alive',
  revoked: 'alive',
  guest: 'alive',
  proxy: 'address',
} as const satisfies Record<PageCause, Link>;
/** Why the visitor is not logged in. `fine`: no link is broken. */
export type Cause = PageCause | 'fine';

/** Where the person at the page can mend a cause. Undefined: the operator has to, or only time or a setting of the browser can. */
export const remedies: Partial<
  Record<Cause, 'log-in' | 'log-in-again' | 'start-page' | 'conversation' | 'other-url'>
> = {
  fine: 'start-page',
  never: 'log-in',
  guest: 'log-in',
  unknown: 'log-in-again',
  'expired-idle': 'log-in-again',
  'expired-absolute': 'log-in-again',
  'logged-out': 'log-in-again',
  replaced: 'log-in-again',
  revoked: 'log-in-again',
  omitted: 'conversation',
  origin: 'other-url',
  loopback: 'other-url',
  'secure-over-http': 'other-url',
};

/** The facts that a sentence about a cause may mention. */
export interface Circumstances {
  /** The origin of this page. */
  here: string;
  /** The origin of the server. */
  server: string;
  /** The URL to open instead. Undefined: it is not known. */
  home: string | undefined;
  /** The username of the visitor. Undefined: the visitor is not logged in. */
  name: string | undefined;
  /** By how much the server's clock is ahead of the browser's, minutes. */
  minutesAhead: number;
  /** `minutesAhead` in words. */
  ahead: string;
  /** The IP address from which the server sees this browser. Undefined: there is no session to tell it. */
  address: string | undefined;
}

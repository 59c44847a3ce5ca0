import type { PageCause } from '@coatcheck/api-types';

/** What must hold for somebody to be logged in, each of what comes after it. */
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
/** One link of the chain. */
export type Link = (typeof chain)[number];

/** What can be broken, and the link that it breaks; `fine` breaks none. */
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
/** Why nobody is logged in, or `fine`. */
export type Cause = PageCause | 'fine';

/** What a sentence about a cause may mention. */
export interface Circumstances {
  /** The origin of this page. */
  here: string;
  /** The origin of the server. */
  server: string;
  /** The address to open instead, as far as it is known. */
  home: string | undefined;
  /** Who is logged in. */
  name: string | undefined;
  /** By how much the server's clock is ahead, minutes. */
  minutesAhead: number;
  /** The same in words. */
  ahead: string;
  /** Where the server sees this browser. */
  address: string | undefined;
}

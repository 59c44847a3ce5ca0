import type { EndReason } from './contract/session.ts';

// What keeps a person from being logged in. The page ("Why am I not logged in?") and the command line
// (`pnpm run doctor`) look for it, and give it these names. They are types alone: the page loads nothing for them.

/** What both can find. */
type SharedCause =
  /** No answer came. */
  | 'no-answer'
  /** Something else answered. */
  | 'not-coatcheck'
  /** The server cannot answer now: it is busy, or its database does not answer. */
  | 'unavailable'
  /** The server lets pages of this origin change nothing. */
  | 'origin'
  /** The cookie is `Secure`, and the page came over http. */
  | 'secure-over-http'
  /** The page came over https, and `PUBLIC_URL` says http. */
  | 'public-url-http'
  /** Page and server are of two sites. */
  | 'third-party'
  /** `localhost` and `127.0.0.1` are mixed, and each has cookies of its own. */
  | 'loopback'
  /** The two clocks differ. */
  | 'clock'
  /** The server's processes look into different databases. */
  | 'databases'
  /** The server takes a proxy's address for the person's. */
  | 'proxy'
  /** The session lives, and nobody logged in with it. */
  | 'guest'
  /** The session ended. */
  | EndReason;

/** What the page can find. Below `SharedCause` stands what only a browser sees. */
export type PageCause =
  | SharedCause
  /** The browser keeps no cookies of this address. */
  | 'cookies-blocked'
  /** The last request was made with `credentials: "omit"`. */
  | 'omitted'
  /** The browser has no ticket. */
  | 'never';

/** What the command line can find. Below `SharedCause` stands what only a program sees that reads every header. */
export type TerminalCause =
  | SharedCause
  /** The address sends people on to another one. */
  | 'redirect'
  /** The headers that let the page read the answers were lost on the way. */
  | 'cors'
  /** `Cookie` or `Set-Cookie` was lost on the way. */
  | 'cookie-lost'
  /** Nothing else is left than that the page's code leaves the cookie out. */
  | 'credentials';

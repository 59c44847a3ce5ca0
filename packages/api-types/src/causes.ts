import type { EndReason } from './contract/session.ts';

// The causes that keep a person from being logged in. The page ("Why am I not logged in?") and the command line
// (`coatcheck doctor`) look for these causes. This file has types alone, so that the page loads nothing for it.

/** The causes that both can find. */
type SharedCause =
  /** No response came. */
  | 'no-answer'
  /** The response is not Coatcheck's. */
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

/** The causes that the page can find. The causes below `SharedCause` show only in a browser. */
export type PageCause =
  | SharedCause
  /** The browser keeps no cookies of this origin. */
  | 'cookies-blocked'
  /** The last request was made with `credentials: "omit"`. */
  | 'omitted'
  /** The browser has no ticket. */
  | 'never';

/** The causes that the command line can find. The causes below `SharedCause` show only to a program that reads every header. */
export type TerminalCause =
  | SharedCause
  /** The URL has another path than the one that the server lives below, or something on the way changes the path. */
  | 'path'
  /** The URL redirects people to another URL. */
  | 'redirect'
  /** The headers that let the page read the responses were lost on the way. */
  | 'cors'
  /** `Cookie` or `Set-Cookie` was lost on the way. */
  | 'cookie-lost'
  /** A login does not lead back to the app, whose origin the server does not list. */
  | 'next'
  /** A stranger reaches the app, which lies behind the login. */
  | 'app-open'
  /** The app gets identity headers that a client made up. */
  | 'forged'
  /** All else holds, so the page's code must leave the cookie out. */
  | 'credentials';

import { basePath } from './base-path.ts';

// The token of a one-time link, the fragment of /enter#TOKEN. Whoever has it can log in, so it stays nowhere but here.
let token: string | undefined;

/** Takes the token out of the URL of this page, and out of the tab's history. */
function take() {
  const { hash, pathname, search } = window.location;
  if (pathname !== `${basePath}/enter` || !hash) return;
  history.replaceState(null, '', pathname + search);
  token = hash.slice(1);
}

/**
 * Takes tokens out of the URL from now on. A link that is opened where /enter shows already changes the fragment alone,
 * and loads nothing. To be called once, before the first request.
 */
export function takeLinkTokens(): void {
  take();
  window.addEventListener('hashchange', take);
}

/** The token that was taken last. Undefined: there was none, or it is used up. */
export const linkToken = (): string | undefined => token;

/** Forgets the token. */
export function dropLinkToken(): void {
  token = undefined;
}

/**
 * Whether two URLs are same-site (HTML section 7.1.1.1): they have one scheme and one registrable domain. Only then does the
 * browser send a `SameSite=Lax` cookie with a call from one to the other.
 *
 * A script does not know which domains are public suffixes (`co.uk`). But browsers keep no cookie for one, so this tries to
 * set a cookie for the longest domain that both hosts share.
 * @param keepsCookies whether the browser keeps a cookie with these attributes
 */
export function isSameSite(
  { protocol, hostname }: URL,
  other: URL,
  keepsCookies: (attributes: string) => boolean,
): boolean {
  if (other.protocol !== protocol) return false;
  if (other.hostname === hostname) return true;
  const labels = hostname.split('.').reverse();
  const others = other.hostname.split('.').reverse();
  const apart = labels.findIndex((label, n) => label !== others[n]);
  const shared = labels.slice(0, apart === -1 ? labels.length : apart).reverse();
  return shared.length > 0 && keepsCookies(`; Domain=${shared.join('.')}`);
}

/**
 * The origin of a page that was opened by the number of its own machine, under the machine's name: `localhost` for
 * `127.0.0.1`. Cookies of one are not sent to the other.
 * @returns undefined if the page was not opened by that number
 */
export function namedOrigin(page: URL): string | undefined {
  if (!['127.0.0.1', '[::1]'].includes(page.hostname)) return undefined;
  const named = new URL(page);
  named.hostname = 'localhost';
  return named.origin;
}

/** Whether a host name always means the machine itself (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3). */
export const isLoopback = (hostname: string): boolean =>
  /(^|\.)localhost\.?$/.test(hostname) || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);

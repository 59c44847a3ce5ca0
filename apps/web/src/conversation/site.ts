/**
 * Whether a page and another address are same-site (HTML, section 7.1.1.1), so that a `SameSite=Lax` cookie
 * travels with a call: one scheme and one registrable domain. Browsers take no cookie for a public suffix, which tells
 * whether the longest end that both hosts share is one.
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

/** The other name of this machine, where this page has one of them: cookies of one are not sent to the other. */
export function aliasOf({ hostname, protocol, port }: URL): string | undefined {
  const other = hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? `${protocol}//${other}:${port}` : undefined;
}

/** Whether a host name is this machine's own. */
export const isLoopback = (hostname: string) =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127(\.\d+){3}$/.test(hostname);

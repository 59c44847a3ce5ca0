import ipaddr from 'ipaddr.js';
import { type Config, isLoopback } from './config.ts';
import { otherSites } from './http/origins.ts';
import { installation } from './installation.ts';
import { relyingPartyIdOf } from './ways/relying-party.ts';

/** NIST SP 800-63B-4 section 3.1.1.1: code points of a password that is used alone. */
const nistMinLength = 15;

/**
 * Finds settings that work and are dangerous, or that cannot do what they are meant for.
 * @returns a sentence or two for each, to be logged at the start.
 */
export function warnings(config: Config): string[] {
  const { host, publicUrl, passwordMinLength, registration, trustedProxies } = config;
  const isHttps = publicUrl?.protocol === 'https:';
  const said: string[] = [];

  if (!isHttps && isReachedFromOutside(host)) {
    said.push(
      `HOST is ${host}, so other machines reach this server, and PUBLIC_URL is not https: their passwords and session cookies travel unencrypted. Put a reverse proxy with TLS in front and set PUBLIC_URL to its https URL, or set HOST=localhost.`,
    );
  }
  if (isHttps && trustedProxies.length === 0) {
    said.push(
      'TRUSTED_PROXIES is empty, although PUBLIC_URL is https: behind a reverse proxy, all clients appear to have its IP address, and share its rate limits. Set TRUSTED_PROXIES to the IP address of the proxy.',
    );
  }
  for (const origin of otherSites(config)) {
    said.push(
      `ALLOWED_ORIGINS has ${origin}, which is a different site: browsers send no SameSite=Lax cookie with its requests, so nobody stays logged in there.`,
    );
  }
  if (publicUrl && ipaddr.isValid(publicUrl.hostname.replace(/^\[|\]$/g, ''))) {
    said.push(
      `PUBLIC_URL has the IP address ${publicUrl.hostname}, and browsers make passkeys for names only: nobody can add one here. Give the server a name.`,
    );
  }
  if (passwordMinLength < nistMinLength) {
    said.push(
      `PASSWORD_MIN_LENGTH is ${passwordMinLength}, and NIST SP 800-63B-4 asks for ${nistMinLength} where a password is used alone: shorter ones are easier to guess. Set ${nistMinLength} or more.`,
    );
  }
  if (registration.isClosedByDefault) {
    said.push(
      `REGISTRATION is not set, and so it is closed: this server stands in front of an app, where other machines reach it. Make accounts with ${installation.command} add NAME. Set REGISTRATION=invite to let people register by invitation, REGISTRATION=open to let anyone, or REGISTRATION=closed to say that this is meant.`,
    );
  }
  return said;
}

/**
 * @returns a sentence or two for a database with passkeys that work at another host only, to be logged at the start.
 * @param other the host that they were made for
 */
export const otherHostsPasskeys = (other: string, config: Config): string =>
  `The database has passkeys that were made for ${other}, and people reach this server at ${relyingPartyIdOf(config)}: those passkeys log nobody in here. Set PUBLIC_URL to the address that they were made at, or ask their owners to add new ones.`;

/**
 * @returns whether other machines can reach this host. A name other than localhost counts as reached: it may stand for
 * any address.
 */
const isReachedFromOutside = (host: string): boolean => !isLoopback(host.toLowerCase());

import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Answer } from './exchange.ts';

/**
 * @returns whether the server takes a proxy's address for that of this machine; undefined where that cannot be told
 * from here.
 * @param seen the address that the server says it sees.
 */
export function isProxySeen(
  { localAddress, remoteAddress }: Pick<Answer, 'localAddress' | 'remoteAddress'>,
  seen: string,
): boolean | undefined {
  if (isIP(seen) === 0) return undefined;
  const isOurs = plain(localAddress) === plain(seen);
  if (rangeOf(remoteAddress) === 'loopback') {
    // The usual address of this machine may be the proxy's as well as ours.
    return isOurs && ['127.0.0.1', '::1'].includes(plain(localAddress)) ? undefined : !isOurs;
  }
  if (isOurs) return false;
  if (rangeOf(seen) === 'loopback') return true;
  // From the internet nobody has a private address. Else it may be ours, as a router shows it, or a proxy's.
  return isPrivate(seen) && !isPrivate(remoteAddress) ? true : undefined;
}

/** An IPv4 address that is written as IPv6 is the same address. */
const plain = (address: string) => ipaddr.process(address).toString();
const rangeOf = (address: string) => ipaddr.process(address).range();

const privateRanges = ['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat'];
const isPrivate = (address: string) => privateRanges.includes(rangeOf(address));

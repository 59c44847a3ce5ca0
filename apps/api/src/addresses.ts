import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

/**
 * The address of the last hop that no trusted proxy vouches for, IPv4-mapped IPv6 written as IPv4.
 * What a proxy passed on that is no address counts as the proxy's own.
 */
export function addressOf(request: FastifyRequest): string {
  const shown = ipaddr.isValid(request.ip) ? request.ip : (request.socket.remoteAddress ?? '');
  return ipaddr.isValid(shown) ? ipaddr.process(shown).toString() : 'unknown';
}

/** What limits count an address as: one IPv6 customer has a whole /64 to pick from. */
export function networkOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`)}/64`;
}

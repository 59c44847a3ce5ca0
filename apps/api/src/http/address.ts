import type { IncomingMessage } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import type { Config } from '../config.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
/** The networks that an address lies in, the widest first. */
export type Networks = [widest: string, narrower: string];

/** The client of a request. */
export interface Client {
  /** Its address in its canonical form, IPv4-mapped IPv6 as IPv4; read once, when the request arrived. */
  address: string;
  /** The networks that the address lies in: see {@link networksOf}. */
  networks: Networks;
  /** Whether the other end of the connection is a proxy whose `X-Forwarded-*` is believed. */
  isFromProxy: boolean;
}

/** The other end of a connection. Each request of the connection asks for it, so it is read only once. */
interface Peer extends Client {
  /** Undefined: the connection was reset before its address was read. */
  hop: Address | undefined;
}

declare module 'fastify' {
  interface FastifyRequest extends Client {}
}

/**
 * Gives every request the address and the networks of its client: the last hop in `X-Forwarded-For` that no trusted proxy vouches for. A
 * hop that is no address counts as the proxy that passed it on, and the log says so once.
 * @returns a function that gives the client of a request which reaches no hook.
 */
export function readAddresses(
  app: FastifyInstance,
  { trustedProxies }: Pick<Config, 'trustedProxies'>,
): (request: IncomingMessage) => Client {
  const ranges = trustedProxies.map(rangeOf);
  const isTrusted = (address: Address) =>
    ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
  const peers = new WeakMap<Socket, Peer>();
  let warned = false;

  function peerAt(socket: Socket): Peer {
    let peer = peers.get(socket);
    if (!peer) {
      const hop = readHop(socket.remoteAddress ?? '');
      const address = hop?.toString() ?? 'unknown';
      peer = {
        hop,
        address,
        networks: networksOf(address),
        isFromProxy: hop !== undefined && isTrusted(hop),
      };
      peers.set(socket, peer);
    }
    return peer;
  }

  /** @returns the client that a trusted proxy names. */
  function forwardedFor(proxy: Address, forwarded: string): string {
    let client = proxy;
    // Node joins several headers of this name; the last value is that of the nearest proxy.
    for (const hop of forwarded.split(',').reverse()) {
      if (!isTrusted(client)) break;
      if (hop.trim() === '') continue;
      const next = readHop(hop);
      if (!next) {
        if (!warned) app.log.warn(notAnAddress);
        warned = true;
        break;
      }
      client = next;
    }
    return client.toString();
  }

  function clientOf({ headers, socket }: IncomingMessage): Client {
    const peer = peerAt(socket);
    const forwarded = headers['x-forwarded-for'];
    if (!peer.hop || !peer.isFromProxy || forwarded === undefined) return peer;
    const address = forwardedFor(peer.hop, String(forwarded));
    return { address, networks: networksOf(address), isFromProxy: true };
  }

  app.decorateRequest('address', '');
  app.decorateRequest('networks');
  app.decorateRequest('isFromProxy', false);
  // The system forgets the peer's address when a connection is reset. Node keeps an address that was read before. A
  // connection that was reset before it was accepted has no address: no answer can arrive, and no limit can count it.
  app.server.on('connection', (socket) => {
    if (socket.remoteAddress === undefined) socket.destroy();
  });
  app.addHook('onRequest', (request, _reply, done) => {
    setClient(request, clientOf(request.raw));
    done();
  });
  return clientOf;
}

/** Gives a request its client. */
export function setClient(request: FastifyRequest, { address, networks, isFromProxy }: Client): void {
  request.address = address;
  request.networks = networks;
  request.isFromProxy = isFromProxy;
}

/**
 * @returns the address of the other end of a connection in its canonical form. Behind a proxy, this is the proxy's
 * address.
 */
export const peerOf = ({ remoteAddress = '' }: Socket): string =>
  readHop(remoteAddress)?.toString() ?? 'unknown';

/** @returns the network that limits count: of IPv6 the /64, since one customer may use any address in it; of IPv4 the address. */
export const networkOf = (address: string): string => prefixOf(address, 64);

/**
 * The networks that an address lies in, the widest first, as they take turns: IPv6 by /48, the largest that a customer
 * is usually given, and then by /64.
 */
export const networksOf = (address: string): Networks => [prefixOf(address, 48), networkOf(address)];

/** The network of an address in its canonical form (RFC 5952): of IPv6 the first so many bits, of IPv4 all. */
function prefixOf(address: string, bits: 48 | 64): string {
  if (!address.includes(':')) return address;
  const [before = [], after = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  const groups = [...before, ...zeros, ...after].slice(0, bits / 16);
  // Zeros at the end of the prefix join those behind it: together they are the longest run, and are written `::`.
  while (groups.at(-1) === '0') groups.pop();
  return `${groups.join(':')}::/${bits}`;
}

/** Characters of a hop. The longest form is `"[…39 characters…%zone]:65535"`. */
const maxHopLength = 80;

/**
 * Reads an address in the forms that proxies write: alone, with a port, in brackets, in quotes. A zone names an
 * interface of the machine that wrote it, and is left out.
 */
function readHop(text: string): Address | undefined {
  if (text.length > maxHopLength) return undefined;
  const bare = text.trim().replace(/^"(.*)"$/, '$1');
  const [, bracketed] = /^\[(.*)\](?::\d{1,5})?$/.exec(bare) ?? [];
  const address = (bracketed ?? bare.replace(/^([\d.]+):\d{1,5}$/, '$1')).replace(/%.*$/, '');
  // The shorter forms and leading zeros of IPv4 (10.1, 010.0.0.1) are read differently by different programs.
  const version = isIP(address);
  if (version === 0 || (bracketed !== undefined && version === 4)) return undefined;
  return ipaddr.process(address);
}

/** @returns an address or CIDR of a setting as `match` of ipaddr.js takes it; IPv4-mapped IPv6 becomes IPv4. */
function rangeOf(proxy: string): [Address, number] {
  const [address = '', bits] = proxy.split('/');
  const range = ipaddr.parse(address);
  const length = bits === undefined ? (range.kind() === 'ipv4' ? 32 : 128) : Number(bits);
  return range instanceof ipaddr.IPv6 && range.isIPv4MappedAddress() && length >= 96
    ? [range.toIPv4Address(), length - 96]
    : [range, length];
}

const notAnAddress =
  'A proxy in TRUSTED_PROXIES sent an X-Forwarded-For header with something that is not an IP address. Such requests count as coming from the proxy itself, and share its rate limits.';

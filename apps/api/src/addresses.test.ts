import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { addressOf, networkOf } from './addresses.ts';

it.each([
  ['192.0.2.1', '192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::', '2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['garbage\r\nforged', '127.0.0.1', '127.0.0.1'],
])('%j counts as %s of %s', (ip, address, network) => {
  const request = { ip, socket: { remoteAddress: '127.0.0.1' } } as FastifyRequest;
  expect(addressOf(request)).toBe(address);
  expect(networkOf(address)).toBe(network);
});

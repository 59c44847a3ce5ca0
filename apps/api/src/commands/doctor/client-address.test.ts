import { expect, it } from 'vitest';
import { isProxySeen } from './client-address.ts';

const here = { localAddress: '192.168.1.5', remoteAddress: '203.0.113.7' };
const onThisMachine = { localAddress: '127.0.0.77', remoteAddress: '127.0.0.1' };

it.each([
  ['this machine’s own address', here, '192.168.1.5', false],
  ['the same, written as IPv6', here, '::ffff:192.168.1.5', false],
  ['loopback from elsewhere', here, '127.0.0.1', true],
  ['a private address from the internet', here, '10.0.0.2', true],
  ['a public address, as a router shows it', here, '198.51.100.4', undefined],
  ['the address that was asked from aside', onThisMachine, '127.0.0.77', false],
  ['another one of this machine', onThisMachine, '127.0.0.1', true],
  ['no address', here, 'unknown', undefined],
  ['what only looks like one', here, '1.2.3.4, 5.6.7.8', undefined],
])('the server that sees %s', (_what, ends, seen, isProxy) => {
  expect(isProxySeen(ends, seen)).toBe(isProxy);
});

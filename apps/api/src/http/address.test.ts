import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { at } from '../../test/base-path.ts';
import { openCounter } from '../../test/counter.ts';
import { networkOf, networksOf } from './address.ts';

it.each([
  ['192.0.2.1', '192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8::7', '2001:db8::/64', '2001:db8::/48'],
  ['2001:db8:0:1:0:0:0:7', '2001:db8:0:1::/64', '2001:db8::/48'],
  ['2001::1:0:0:0:7', '2001:0:0:1::/64', '2001::/48'],
  ['1:2:3:4::', '1:2:3:4::/64', '1:2:3::/48'],
  ['::1', '::/64', '::/48'],
  ['unknown', 'unknown', 'unknown'],
])('%s is limited as %s and takes its turns as %s', (address, network, widest) => {
  expect(networkOf(address)).toBe(network);
  expect(networksOf(address)).toEqual([widest, network]);
});

describe('the address of a request', () => {
  const proxy = '127.0.0.1';
  const trusted = { TRUSTED_PROXIES: `${proxy}, 10.0.0.0/8, ::ffff:172.16.0.0/108, fd00::/8` };

  async function seen(forwarded: string | undefined, settings: Record<string, string> = trusted) {
    const counter = await openCounter(settings);
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
    const json = { 'content-type': 'application/json' };
    const answer = await counter.visitor(headers).send('PATCH', '/session', '{"likes":"cats"}', json);
    return { address: answer.json().session.address, log: counter.log };
  }

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['203.0.113.7:51234', '203.0.113.7'],
    ['[2001:db8::7]:443', '2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['"[2001:db8::7]"', '2001:db8::7'],
    ['"[2001:db8::7]:443"', '2001:db8::7'],
    ['2001:DB8:0:0::0007', '2001:db8::7'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:80', '192.0.2.1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['203.0.113.7, 10.0.0.1:80', '203.0.113.7'],
    ['203.0.113.7, [fd00::1]:8080, "10.0.0.1"', '203.0.113.7'],
    ['203.0.113.7, ::ffff:10.0.0.1, 172.20.0.1', '203.0.113.7'],
    ['203.0.113.7,, 10.0.0.1 ,', '203.0.113.7'],
    ['198.51.100.1, 203.0.113.7, 10.0.0.1', '203.0.113.7'],
    ['nonsense, 203.0.113.7', '203.0.113.7'],
    ['10.0.0.2, 10.0.0.1', '10.0.0.2'],
    ['', proxy],
    [undefined, proxy],
  ])('behind trusted proxies that say %j is %s', async (forwarded, address) => {
    const { log, ...found } = await seen(forwarded);
    expect(found).toEqual({ address });
    expect(log.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });

  it.each([
    ['unknown', proxy],
    ['_hidden', proxy],
    ['203.0.113.7, unknown, 10.0.0.1', '10.0.0.1'],
    ['203.0.113.7, 10.0.0.1:http', proxy],
    ['010.0.0.1', proxy],
    ['203.0.113.007', proxy],
    ['0x7f.1', proxy],
    ['203.0.113.7.', proxy],
    ['[203.0.113.7]', proxy],
    ['[2001:db8::7', proxy],
    ['203.0.113.7:999999', proxy],
    ['garbage\u009b31m', proxy],
    [`${'1'.repeat(8000)}.0.0.1`, proxy],
  ])('is the proxy’s own where it passes on %j, and the log says so', async (forwarded, address) => {
    const { log, ...found } = await seen(forwarded);
    expect(found).toEqual({ address });
    expect(log.filter(({ level }) => level === 40)).toEqual([
      expect.objectContaining({ msg: expect.stringMatching(/^A proxy in TRUSTED_PROXIES sent/) }),
    ]);
  });

  it('is warned about once', async () => {
    const counter = await openCounter(trusted);
    for (const forwarded of ['unknown', 'hidden', '1.2.3']) {
      await counter.visitor({ 'x-forwarded-for': forwarded }).get('/session');
    }
    expect(counter.log.filter(({ level }) => level === 40)).toHaveLength(1);
  });

  it('is nothing that a client makes up', async () => {
    expect(await seen('192.0.2.1', {})).toMatchObject({ address: proxy });
  });

  it('stays known when the sender has hung up', async () => {
    const counter = await openCounter();
    const url = new URL(await counter.app.listen({ host: '127.0.0.1', port: 0 }));
    const sender = connect(Number(url.port), url.hostname);
    // The first thing that a request waits for is not there before the server has seen the reset.
    vi.spyOn(counter.store, 'findSession').mockImplementation(async () => {
      const [accepted] = await connected;
      sender.resetAndDestroy();
      await new Promise((closed) => accepted.once('close', closed));
      return { live: false, reason: 'revoked' };
    });
    const connected = once(counter.app.server, 'connection');
    sender.write(
      `GET ${at('/me')} HTTP/1.1\r\nHost: ${url.host}\r\nCookie: coatcheck=${'A'.repeat(43)}\r\n\r\n`,
    );
    const lines = () => counter.log.filter(({ event }) => event === 'session_use_after_expire');
    await expect.poll(lines).toMatchObject([{ address: proxy }]);
  });
});

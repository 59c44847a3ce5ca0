import { connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import { openCounter } from '../../test/counter.ts';

it('serves a network in its turn, however many requests of another one arrived before', async () => {
  const counter = await openCounter({ TRUSTED_PROXIES: '127.0.0.1' });
  const served: string[] = [];
  const ask = async (address: string) => {
    const answer = await counter.visitor({ 'x-forwarded-for': address }).get('/session');
    expect(answer.statusCode).toBe(200);
    served.push(address);
  };
  const crowd = Array.from({ length: 400 }, () => ask('192.0.2.1'));
  await Promise.all([...crowd, ask('2001:db8::7'), ask('198.51.100.7')]);
  expect(served).toHaveLength(402);
  expect(served.indexOf('198.51.100.7')).toBeLessThan(40);
  expect(served.indexOf('2001:db8::7')).toBeLessThan(40);
});

it('forgets the requests of connections that were closed before their turn', async () => {
  const counter = await openCounter({ TRUSTED_PROXIES: '127.0.0.1' });
  const { port, hostname } = new URL(await counter.app.listen({ host: '127.0.0.1', port: 0 }));
  const [closed, other] = ['192.0.2.1', '198.51.100.7'];
  const request = `GET /me HTTP/1.1\r\nHost: x\r\nCookie: coatcheck=${'A'.repeat(43)}\r\nX-Forwarded-For: ${closed}\r\n\r\n`;
  const begun = vi.spyOn(counter.store, 'findSession');
  for (let round = 0; round < 3; round += 1) {
    const socket = connect(Number(port), hostname, () => {
      socket.write(request.repeat(50));
      setTimeout(() => socket.resetAndDestroy(), 5);
    });
    await new Promise((done) => socket.on('error', () => {}).on('close', done));
  }
  await expect.poll(() => begun.mock.calls.length).toBe(150);

  const served: string[] = [];
  const ask = async (address: string) => {
    await counter.visitor({ 'x-forwarded-for': address }).get('/healthz');
    served.push(address);
  };
  await Promise.all([...Array.from({ length: 5 }, () => ask(closed)), ask(other)]);
  expect(served.indexOf(other)).toBe(5);
});

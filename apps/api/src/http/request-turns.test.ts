import { expect, it } from 'vitest';
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

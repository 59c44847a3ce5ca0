import { expect, it, vi } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { challengesPerNetworkAndMinute } from './challenges.ts';

it('one network is given only so many challenges in a minute', async () => {
  const counter = await openCounter();
  const kept = vi.spyOn(counter.store, 'keepChallenge').mockResolvedValue();
  const visitor = counter.visitor();
  const ask = () => visitor.post('/login/passkey/options');
  for (let given = 0; given < challengesPerNetworkAndMinute; given += 1) {
    expect((await ask()).statusCode).toBe(200);
  }
  const refused = await ask();
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
  expect(kept.mock.calls).toHaveLength(challengesPerNetworkAndMinute);
  counter.later(60_000);
  expect((await ask()).statusCode).toBe(200);
});

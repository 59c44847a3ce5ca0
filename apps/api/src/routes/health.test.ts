import { expect, it, vi } from 'vitest';
import { openCounter } from '../../test/counter.ts';

it('GET /readyz is 503 whatever keeps the database from taking a write', async () => {
  const counter = await openCounter();
  counter.expectFaults();
  vi.spyOn(counter.store, 'ready').mockRejectedValue(new Error('relation "duties" does not exist'));
  const answer = await counter.visitor().get('/readyz');
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toMatch(/^\d+$/);
});

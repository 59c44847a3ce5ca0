import type { FastifyBaseLogger } from 'fastify';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Store } from './store.ts';
import { keepSwept } from './sweeper.ts';

it('stops when the step that is under way is over, and says nothing of it', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let finish = (_rows: number) => {};
  const sweep = vi.fn(() => new Promise<number>((resolve) => (finish = resolve)));
  const error = vi.fn();
  const stop = keepSwept({ sweep } as Partial<Store> as Store, Date.now, {
    error,
  } as Partial<FastifyBaseLogger> as FastifyBaseLogger);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sweep).toHaveBeenCalledTimes(1);

  const order: string[] = [];
  const stopped = Promise.resolve(stop()).then(() => order.push('stopped'));
  await vi.advanceTimersByTimeAsync(0);
  order.push('swept');
  finish(100);
  await stopped;
  expect(order).toEqual(['swept', 'stopped']);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(sweep).toHaveBeenCalledTimes(1);
  expect(error).not.toHaveBeenCalled();
});

import type { FastifyBaseLogger } from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreUnavailable } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import { followExchanges } from './open-exchanges.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is open for sessions `a` and `b` and for a stranger, with a store that answers as it is told. */
function opened(liveAmong: Store['liveAmong']) {
  const errors: string[] = [];
  const log = {
    error: (...said: unknown[]) => errors.push(String(said.at(-1))),
  } as unknown as FastifyBaseLogger;
  const exchanges = followExchanges({ liveAmong } as Store, () => 0, log);
  const cut: string[] = [];
  const over = ['a', 'b', undefined].map((sessionId) =>
    exchanges.add({ sessionId, isEndless: false, cut: () => cut.push(String(sessionId)) }),
  );
  return { exchanges, cut, errors, over };
}

describe('what is open', () => {
  it('is cut when its session has ended, and asked about no more when it is over', async () => {
    const asked: string[][] = [];
    const { cut, over } = opened(async (ids) => {
      asked.push(ids);
      return new Set(['b']);
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(cut).toEqual(['a']);
    over[0]?.();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual([['a', 'b'], ['b']]);
    expect(cut).toEqual(['a']);
  });

  it.each([
    ['fails', () => Promise.reject(new StoreUnavailable('gone'))],
    ['says nothing', () => new Promise<never>(() => {})],
  ])('is cut within a minute while the database %s, but for a stranger’s', async (_how, liveAmong) => {
    const { cut, errors } = opened(liveAmong);
    await vi.advanceTimersByTimeAsync(40_000);
    expect([cut, errors.length]).toEqual([[], 0]);
    await vi.advanceTimersByTimeAsync(19_999);
    expect(cut).toEqual(['a', 'b']);
    expect(errors).toEqual([expect.stringContaining('does not say')]);
  });

  it('is not cut when nobody was open for long, and the database fails now', async () => {
    const { cut } = opened(
      vi.fn(async () => new Set(['a', 'b'])).mockRejectedValueOnce(new StoreUnavailable('gone')),
    );
    await vi.advanceTimersByTimeAsync(120_000);
    expect(cut).toEqual([]);
  });

  it('outlives a fault of one look, which the log has', async () => {
    const liveAmong = vi.fn(async () => new Set(['b'])).mockRejectedValueOnce(new TypeError('a fault'));
    const { cut, errors } = opened(liveAmong);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([cut, errors]).toEqual([[], [expect.stringContaining('could not be looked up')]]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(cut).toEqual(['a']);
  });

  it('is cut at the closing where it would never end', () => {
    const { exchanges, cut } = opened(async () => new Set());
    exchanges.add({ sessionId: 'c', isEndless: true, cut: () => cut.push('c') });
    exchanges.cutEndless();
    exchanges.close();
    expect([cut, vi.getTimerCount()]).toEqual([['c'], 0]);
  });
});

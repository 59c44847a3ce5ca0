import { describe, expect, it, vi } from 'vitest';
import { expectNoLeak } from './timing.ts';

/** Numbers from 0 to 1 that are the same in every run. */
let seed = 1;
const random = () => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
};

/** The middle of what is measured is 10 ms and `more`. Most of it lies within `noise` ms of that, and a tenth far above. */
function measured(more: number, noise: number) {
  return async () => 10 + more + (random() - 0.5) * 2 * noise + (random() < 0.1 ? random() * 50 : 0);
}

describe('a comparison of two kinds of request', () => {
  const pairs = { maxPairs: 1_500, pairsBetween: 100 };

  it.each([0, 0.2, -0.2])('passes when they are %f ms apart', async (apart) => {
    const skip = vi.fn<() => never>();
    await expectNoLeak({ skip }, measured(0, 1), measured(apart, 1), pairs);
    expect(skip).not.toHaveBeenCalled();
  });

  it.each([0.6, -0.6, 5])('fails when they are %f ms apart', async (apart) => {
    const comparing = expectNoLeak({ skip: vi.fn<() => never>() }, measured(0, 1), measured(apart, 1), pairs);
    await expect(comparing).rejects.toThrow('they differ: 1500 pairs');
  });

  it('is given up when they vary so much that nothing can be told', async () => {
    const skip = vi.fn<() => never>();
    await expectNoLeak({ skip }, measured(0, 30), measured(0.1, 30), pairs);
    expect(skip).toHaveBeenCalledWith(expect.stringContaining('too busy to tell'));
  });
});

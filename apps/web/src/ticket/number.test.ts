import { describe, expect, it } from 'vitest';
import { printOf } from './number.ts';

describe('the print of a ticket', () => {
  it('is always the same for one session', () => {
    // Written down: the same number stands in lists, in the activity and on other screens.
    expect(printOf('0193a7c4-6b1e-7c3a-9f2e-5d8b1a2c3d4e')).toEqual({ stock: 4, number: '4165' });
  });

  it('spreads over all five stocks and keeps four digits', () => {
    const prints = Array.from({ length: 2_000 }, () => printOf(crypto.randomUUID()));
    for (const { number } of prints) expect(number).toMatch(/^\d{4}$/);
    const stocks = Map.groupBy(prints, ({ stock }) => stock);
    expect([...stocks.keys()].sort()).toEqual([1, 2, 3, 4, 5]);
    for (const some of stocks.values()) expect(some.length).toBeGreaterThan(300);
    expect(new Set(prints.map(({ number }) => number)).size).toBeGreaterThan(1_700);
  });
});

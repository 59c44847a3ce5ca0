import { describe, expect, it } from 'vitest';
import { judge, timesTheGoal } from './finding.ts';
import { quantile, spreadOf } from './statistics.ts';

const finding = { name: 'row', what: 'something', unit: 'requests/s', notes: [] };

describe('a spread', () => {
  it('has the middle of an odd number of values, in whatever order they came', () => {
    expect(spreadOf([5, 1, 4])).toEqual({ median: 4, lowest: 1, highest: 5 });
  });

  it('has the mean of the two in the middle of an even number', () => {
    expect(spreadOf([1, 2, 3, 10]).median).toBe(2.5);
  });

  it('is refused where nothing was measured', () => {
    expect(() => spreadOf([])).toThrow('Nothing was measured.');
  });

  it('finds p99 between two values in proportion', () => {
    expect(quantile([0, 100], 0.99)).toBe(99);
  });
});

describe('a verdict', () => {
  it('divides round by round, so that a slow minute takes both sides along', () => {
    const rounds = [
      { own: 60, other: 100 },
      { own: 35, other: 50 },
      { own: 6, other: 8 },
    ];
    const { ratio, holds } = judge({ ...finding, goal: { atLeast: 0.7 }, rounds });
    expect(ratio).toEqual({ median: 0.7, lowest: 0.6, highest: 0.75 });
    expect(holds).toBe(true);
  });

  it('judges a figure that stands by itself', () => {
    expect(judge({ ...finding, goal: { atMost: 10 }, rounds: [{ own: 11 }] }).holds).toBe(false);
  });

  it('judges nothing without a goal', () => {
    expect(judge({ ...finding, rounds: [{ own: 1, other: 2 }] }).holds).toBeUndefined();
  });

  it('has no processor time where a round lacks it', () => {
    const rounds = [{ own: 1, other: 2, ownMicros: 3, otherMicros: undefined }];
    const verdict = judge({ ...finding, rounds });
    expect([verdict.ownMicros?.median, verdict.otherMicros, verdict.microsRatio]).toEqual([
      3,
      undefined,
      undefined,
    ]);
  });

  it('says how many times better than its goal a figure is, whichever way is better', () => {
    expect(timesTheGoal({ atLeast: 8 }, 4)).toBe(0.5);
    expect(timesTheGoal({ atMost: 3 }, 6)).toBe(0.5);
  });
});

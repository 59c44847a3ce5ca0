import { expect, type TestContext } from 'vitest';

/** Milliseconds that a patient listener could tell apart over a network. */
const leakMs = 0.5;

/**
 * The 99.9 % confidence interval of the median, from the order of the values alone (a sign test turned around): no
 * bell curve is assumed, and the long tail of a busy machine moves it little.
 */
function medianWithin(values: number[]): [low: number, high: number] {
  const sorted = values.toSorted((a, b) => a - b);
  const reach = (3.29 * Math.sqrt(sorted.length)) / 2;
  const at = (rank: number) =>
    sorted[Math.min(Math.max(Math.round(rank), 0), sorted.length - 1)] ?? Number.NaN;
  return [at(sorted.length / 2 - reach), at(sorted.length / 2 + reach)];
}

/** Whether these differences rule out, at 99.9 %, that one of two kinds of request takes longer by a leak. */
const excludesLeak = (differences: number[]) =>
  medianWithin(differences).every((edge) => Math.abs(edge) < leakMs);

/** Measures a request. @param round the number of the pair, from 0. @returns milliseconds. */
type Measure = (round: number) => Promise<number>;

/**
 * Fails when one of two kinds of request takes longer than the other by a leak. Takes pairs until a leak is ruled out. A
 * machine too busy for that skips the test, and says so, unless the median is a leak.
 * @param maxPairs after which it gives up.
 * @param pairsBetween how many pairs are taken before the differences are looked at again.
 */
export async function expectNoLeak(
  { skip }: TestContext,
  one: Measure,
  other: Measure,
  { maxPairs, pairsBetween }: { maxPairs: number; pairsBetween: number },
): Promise<void> {
  const differences: number[] = [];
  while (differences.length < maxPairs && !(differences.length > 0 && excludesLeak(differences))) {
    for (let pair = 0; pair < pairsBetween; pair += 1) {
      const round = differences.length;
      // Each goes first every other time, so that neither gains by it.
      const first = await (round % 2 ? one : other)(round);
      const second = await (round % 2 ? other : one)(round);
      differences.push(round % 2 ? first - second : second - first);
    }
  }
  const [low, high] = medianWithin(differences);
  const found = `${differences.length} pairs, median within ${low.toFixed(3)} and ${high.toFixed(3)} ms`;
  if (!excludesLeak(differences)) {
    expect(Math.abs(low + high) / 2, `they differ: ${found}`).toBeLessThan(leakMs);
    skip(`this machine is too busy to tell: ${found}`);
  }
  expect(excludesLeak(differences.map((difference) => difference + leakMs))).toBe(false);
}

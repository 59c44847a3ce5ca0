import { expect, inject, type TestContext } from 'vitest';

/** Milliseconds that a patient listener could tell apart over a network. */
const audibleMs = 0.5;

/**
 * Measures work that computes no hash. SQLite works in this thread, whose processor time no other program lengthens;
 * PostgreSQL works elsewhere, so that the clock has to tell.
 * @returns milliseconds.
 */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return inject('engine') === 'sqlite' ? (user + system) / 1_000 : performance.now() - started;
}

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

/** Measures a request. @param round the number of the pair, from 0. @returns milliseconds. */
type Measure = (round: number) => Promise<number>;

/**
 * Fails when one of two kinds of request takes longer than the other by a leak. Takes pairs until a leak is ruled out at
 * 99.9 %. A machine too busy for that skips the test, and says so, unless the median is a leak.
 * @param leakMs the difference that is a leak, in milliseconds.
 * @param maxPairs after which it gives up.
 * @param pairsBetween how many pairs are taken before the differences are looked at again.
 */
export async function expectNoLeak(
  { skip }: Pick<TestContext, 'skip'>,
  one: Measure,
  other: Measure,
  { leakMs = audibleMs, maxPairs, pairsBetween }: { leakMs?: number; maxPairs: number; pairsBetween: number },
): Promise<void> {
  const differences: number[] = [];
  const excludesLeak = () => medianWithin(differences).every((edge) => Math.abs(edge) < leakMs);
  while (differences.length < maxPairs && !(differences.length > 0 && excludesLeak())) {
    for (let pair = 0; pair < pairsBetween; pair += 1) {
      const round = differences.length;
      // Each goes first every other time, so that neither gains by it.
      const first = await (round % 2 ? one : other)(round);
      const second = await (round % 2 ? other : one)(round);
      differences.push(round % 2 ? first - second : second - first);
    }
  }
  if (excludesLeak()) return;
  const [low, high] = medianWithin(differences);
  const found = `${differences.length} pairs, median within ${low.toFixed(3)} and ${high.toFixed(3)} ms`;
  expect(Math.abs(low + high) / 2, `they differ: ${found}`).toBeLessThan(leakMs);
  skip(`this machine is too busy to tell: ${found}`);
}

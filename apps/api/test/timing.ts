/** Milliseconds that a listener could tell apart over a network, given patience. */
export const leak = 0.5;

/**
 * The 99.9 % confidence interval of the median, from the order of the values alone (a sign test turned around): no
 * bell curve is assumed, and the long tail of a busy machine moves it little.
 */
export function medianWithin(values: number[]): [low: number, high: number] {
  const sorted = values.toSorted((a, b) => a - b);
  const reach = (3.29 * Math.sqrt(sorted.length)) / 2;
  const at = (rank: number) =>
    sorted[Math.min(Math.max(Math.round(rank), 0), sorted.length - 1)] ?? Number.NaN;
  return [at(sorted.length / 2 - reach), at(sorted.length / 2 + reach)];
}

/** Whether these differences rule out, at 99.9 %, that one of two kinds of request takes longer by a leak. */
export const excludesLeak = (differences: number[]) =>
  medianWithin(differences).every((edge) => Math.abs(edge) < leak);

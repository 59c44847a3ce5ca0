/** The middle of some numbers, and how far they lie apart. */
export interface Spread {
  median: number;
  lowest: number;
  highest: number;
}

/** @returns the spread of some numbers. @throws {RangeError} when there is none. */
export function spreadOf(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [lowest] = sorted;
  const highest = sorted.at(-1);
  if (lowest === undefined || highest === undefined) throw new RangeError('Nothing was measured.');
  return { median: quantile(sorted, 0.5), lowest, highest };
}

/**
 * @returns the value below which a share of the numbers lies, between two of them in proportion.
 * @param sorted ascending, not empty. @param share from 0 to 1
 */
export function quantile(sorted: number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError('Nothing was measured.');
  return below + (above - below) * (place - Math.floor(place));
}

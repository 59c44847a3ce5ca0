import type { Goal } from './finding.ts';
import type { Spread } from './statistics.ts';

/** @returns a figure as people read it: three digits that mean something, and no fewer than it has before the point. */
export const figure = (value: number): string =>
  value.toLocaleString('en', value >= 1_000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });

/** @returns the lowest and the highest value. */
export const range = ({ lowest, highest }: Spread): string => `${figure(lowest)} to ${figure(highest)}`;

/** @returns a bound in signs. */
export const bound = (goal: Goal): string =>
  'atLeast' in goal ? `≥ ${figure(goal.atLeast)}` : `≤ ${figure(goal.atMost)}`;

import { type Spread, spreadOf } from './statistics.ts';

/** The bound that a figure is judged by. */
export type Goal = { atLeast: number } | { atMost: number };

/** The figures of one round: ours, and what they are divided by, measured in the seconds before or after. */
export interface Round {
  own: number;
  /** Undefined: the figure stands by itself, and no ratio is made of it. */
  other?: number;
  /** Microseconds of processor time that the server used for a request. Undefined where the system does not tell. */
  ownMicros?: number | undefined;
  otherMicros?: number | undefined;
}

/** A line of the table. */
export interface Finding {
  /** The name of the row, with a word behind it where a row has several lines. */
  name: string;
  /** What was measured. */
  what: string;
  /** What it was measured against; undefined for a figure that stands by itself. */
  against?: string;
  /** The unit of both figures, `requests/s` for instance. */
  unit: string;
  /** Undefined: the line informs, and nothing is judged. */
  goal?: Goal;
  /** At least one, in the order in which they were measured. */
  rounds: Round[];
  /** Sentences about how it was measured, and what differs between the two sides. */
  notes: string[];
}

/** A finding with its rounds put together. */
export interface Verdict extends Finding {
  own: Spread;
  other: Spread | undefined;
  /** The spread of the ratios of all rounds; undefined for a figure that stands by itself. */
  ratio: Spread | undefined;
  ownMicros: Spread | undefined;
  otherMicros: Spread | undefined;
  /** The spread of the ratios of processor time a request. */
  microsRatio: Spread | undefined;
  /** Whether the goal is reached by the median; undefined where there is no goal. */
  holds: boolean | undefined;
}

/** @returns a finding with medians and ratios. A ratio is ours divided by the other, round by round. */
export function judge(finding: Finding): Verdict {
  const { rounds, goal } = finding;
  const own = spreadOf(rounds.map((round) => round.own));
  const ratio = ratioOf(rounds, 'own', 'other');
  return {
    ...finding,
    own,
    other: spreadOfAll(rounds, 'other'),
    ratio,
    ownMicros: spreadOfAll(rounds, 'ownMicros'),
    otherMicros: spreadOfAll(rounds, 'otherMicros'),
    microsRatio: ratioOf(rounds, 'ownMicros', 'otherMicros'),
    holds: goal && reaches(goal, (ratio ?? own).median),
  };
}

/** @returns whether a figure is within a bound. */
export const reaches = (goal: Goal, value: number): boolean =>
  'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;

/** @returns how many times better than its goal a figure is: 1 is on the goal, 0.5 is half as good. */
export const timesTheGoal = (goal: Goal, value: number): number =>
  'atLeast' in goal ? value / goal.atLeast : goal.atMost / value;

type Figure = keyof Round;

/** @returns the spread of a figure, or undefined when a round lacks it. */
function spreadOfAll(rounds: Round[], figure: Figure): Spread | undefined {
  const values = rounds.flatMap((round) => round[figure] ?? []);
  return values.length === rounds.length ? spreadOf(values) : undefined;
}

function ratioOf(rounds: Round[], above: Figure, below: Figure): Spread | undefined {
  const ratios = rounds.flatMap((round) => {
    const [a, b] = [round[above], round[below]];
    return a === undefined || b === undefined || b === 0 ? [] : [a / b];
  });
  return ratios.length === rounds.length ? spreadOf(ratios) : undefined;
}

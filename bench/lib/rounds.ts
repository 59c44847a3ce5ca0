import { figure } from './figures.ts';
import type { Round } from './finding.ts';
import type { Rate } from './load.ts';
import type { Bench } from './row.ts';

/** What one measurement came to. */
type Figures = Pick<Rate, 'rate' | 'micros'>;

/** The figures of sides that took turns, round by round. */
export type Rounds<Side extends string> = Record<Side, Figures>[];

/** Seconds of load before the first round, so that the code of every side is compiled. */
const warmUpSeconds = 2;

/**
 * Measures sides in turn, after all of them are warm.
 * @param sides by name; each runs a load of so many seconds.
 */
export async function inTurnWhenWarm<Side extends string>(
  bench: Pick<Bench, 'rounds' | 'seconds' | 'say'>,
  sides: Record<Side, (seconds: number) => Promise<Figures>>,
): Promise<Rounds<Side>> {
  const names = Object.keys(sides) as Side[];
  for (const name of names) await sides[name](warmUpSeconds);
  const measured = names.map((name) => [name, () => sides[name](bench.seconds)] as const);
  return inTurn(bench, Object.fromEntries(measured) as Record<Side, () => Promise<Figures>>);
}

/**
 * Measures sides in turn; each round begins with the next side.
 * @param sides by name
 */
export async function inTurn<Side extends string>(
  { rounds, say }: Pick<Bench, 'rounds' | 'say'>,
  sides: Record<Side, () => Promise<Figures>>,
): Promise<Rounds<Side>> {
  const names = Object.keys(sides) as Side[];
  const all: Rounds<Side> = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % names.length;
    const measured: Partial<Record<Side, Figures>> = {};
    for (const name of [...names.slice(first), ...names.slice(0, first)])
      measured[name] = await sides[name]();
    const figures = measured as Record<Side, Figures>;
    say(
      `round ${round + 1} of ${rounds}: ${names.map((name) => `${name} ${figure(figures[name].rate)}`).join(', ')}`,
    );
    all.push(figures);
  }
  return all;
}

/** @returns the rounds of a finding: a side, and the side that it stands against. */
export const sideBySide = <Side extends string>(rounds: Rounds<Side>, own: Side, other: Side): Round[] =>
  rounds.map((round) => ({
    own: round[own].rate,
    other: round[other].rate,
    ownMicros: round[own].micros,
    otherMicros: round[other].micros,
  }));

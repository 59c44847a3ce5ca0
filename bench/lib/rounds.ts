import type { Round } from './finding.ts';
import type { Rate } from './load.ts';
import type { Bench } from './row.ts';

/** Seconds of load before the first round, so that the code of both sides is compiled. */
const warmUpSeconds = 2;

/**
 * Measures two sides in turn, ours first in every other round, after both are warm.
 * @param own @param other run a load of so many seconds.
 */
export async function pairs(
  bench: Pick<Bench, 'rounds' | 'seconds' | 'say'>,
  own: (seconds: number) => Promise<Rate>,
  other: (seconds: number) => Promise<Rate>,
): Promise<Round[]> {
  await own(warmUpSeconds);
  await other(warmUpSeconds);
  return inTurn(
    bench,
    () => own(bench.seconds),
    () => other(bench.seconds),
  );
}

/** Measures two sides in turn, ours first in every other round. */
export async function inTurn(
  { rounds, say }: Pick<Bench, 'rounds' | 'say'>,
  own: () => Promise<Pick<Rate, 'rate' | 'micros'>>,
  other: () => Promise<Pick<Rate, 'rate' | 'micros'>>,
): Promise<Round[]> {
  const measured: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const isOursFirst = round % 2 === 1;
    const first = await (isOursFirst ? own() : other());
    const second = await (isOursFirst ? other() : own());
    const [ours, theirs] = isOursFirst ? [first, second] : [second, first];
    say(`round ${round} of ${rounds}: ${show(ours.rate)} and ${show(theirs.rate)}`);
    measured.push({ own: ours.rate, other: theirs.rate, ownMicros: ours.micros, otherMicros: theirs.micros });
  }
  return measured;
}

const show = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 4 });

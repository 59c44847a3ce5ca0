import type { LinkKind } from '@coatcheck/api-types';
import { millisecondsIn, quote } from '../settings.ts';
import { linkMs } from '../ways/links.ts';
import { UsageError } from './usage-error.ts';

/** A link that is good for longer lies about for longer, for whoever finds it. */
const maxGoodForMs = 90 * 24 * 60 * 60_000;

/**
 * @returns milliseconds for which a link is to be good.
 * @param expires the option as it was typed, like `90m`; undefined: as long as links of this kind are
 * @throws {UsageError} when it is no time span, or too long.
 */
export function goodForMs(expires: string | undefined, kind: LinkKind): number {
  if (expires === undefined) return linkMs[kind];
  const milliseconds = millisecondsIn(expires);
  if (milliseconds !== undefined && milliseconds <= maxGoodForMs) return milliseconds;
  throw new UsageError(
    `--expires is ${quote(expires)}. Give a number followed by s, m, h or d, like 90m, and no more than 90d.`,
  );
}

import { randomBytes } from 'node:crypto';

/** Memory in KiB times passes that a hash may cost: six and a half times today's, and 64 MiB in four passes. */
const maxCost = 256 * 1024;
/** Sets of parameters that one process learns. Each costs a failed attempt one more hash. */
const maxSets = 4;

/**
 * Sets of parameters in use, in the spelling of the PHC string format, each with a hash that no password has. It is
 * random and never computed, since checking a password against it costs as much as against a real one.
 */
const decoys = new Map<string, string>();

/** The parameters of a hash as they stand in front of its salt; undefined for what is no Argon2id hash of use. */
export function parametersOf(hash: string): string | undefined {
  const [, set, names = ''] =
    /^(\$argon2id\$v=19\$([mtp]=\d{1,7}(?:,[mtp]=\d{1,7}){2}))\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}$/.exec(
      hash,
    ) ?? [];
  const {
    m = 0,
    t = 0,
    p = 0,
  } = Object.fromEntries(names.split(',').map((pair) => [pair.slice(0, 1), Number(pair.slice(2))]));
  const usable = t >= 1 && p >= 1 && p <= 16 && m >= 8 * p && m * t <= maxCost;
  return usable ? set : undefined;
}

/** Learns the parameters of a hash that is about to be tried, so that from now on unknown names cost the same. */
export function learnCost(hash: string | undefined): void {
  const set = hash === undefined ? undefined : parametersOf(hash);
  if (set === undefined || decoys.has(set) || decoys.size >= maxSets) return;
  const unpadded = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '');
  decoys.set(set, `${set}$${unpadded(16)}$${unpadded(32)}`);
}

/** A hash of each set that is in use but this one: a failed attempt costs one check of each, whoever was tried. */
export const decoysBeside = (own: string | undefined): string[] =>
  [...decoys].filter(([set]) => set !== own).map(([, decoy]) => decoy);

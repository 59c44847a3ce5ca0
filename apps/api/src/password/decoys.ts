import { randomBytes } from 'node:crypto';

/** Cost above which a hash is not computed, as memory in KiB times passes: 64 MiB in four passes. Today's cost is 38 MiB. */
const maxCostKib = 256 * 1024;
/** Sets of parameters that are learned. Each set costs every failed attempt one more hash. */
const maxSets = 4;

/**
 * Hashes that belong to no password, one for each set of parameters in use. A failed attempt checks all of them, so
 * that its time does not tell whether the name exists, nor how old its hash is.
 */
interface Decoys {
  /** Learns the parameters of a hash. From now on every failed attempt costs what this hash costs. */
  learn(hash: string): void;
  /** @returns a decoy of each set but this one; of all sets where `parameters` is undefined. */
  beside(parameters: string | undefined): string[];
}

/** @returns decoys for the parameters of one hash. @param hash in PHC string format */
export function createDecoys(hash: string): Decoys {
  /** By their parameters, in the spelling of the PHC string format. */
  const decoys = new Map<string, string>();
  const learn = (known: string) => {
    const set = parametersOf(known);
    if (set === undefined || decoys.has(set) || decoys.size >= maxSets) return;
    decoys.set(set, `${set}$${unpadded(16)}$${unpadded(32)}`);
  };
  learn(hash);
  return {
    learn,
    beside: (parameters) => [...decoys].filter(([set]) => set !== parameters).map(([, decoy]) => decoy),
  };
}

/**
 * @returns a random text for the place of a salt or a hash. To check a password against it costs as much as against a
 * real hash.
 */
const unpadded = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '');

/**
 * @returns the parameters of an Argon2id hash as they stand before its salt, or undefined for a text that is no such
 * hash, and for parameters that cannot be used or cost too much.
 */
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
  const usable = t >= 1 && p >= 1 && p <= 16 && m >= 8 * p && m * t <= maxCostKib;
  return usable ? set : undefined;
}

import { randomBytes, timingSafeEqual } from 'node:crypto';
import argon2 from 'argon2';
import { createDecoys, parametersOf } from './decoys.ts';

/** Argon2id at OWASP's stated minimum (Password Storage Cheat Sheet); memory in KiB. */
const parameters = { type: argon2.argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/**
 * @returns the hash in PHC string format. To be called in the password queue.
 * @param salt 16 random bytes, for secrets that share one; a password has a salt of its own.
 */
export const hashPassword = (password: string, salt = randomBytes(16)): Promise<string> =>
  argon2.hash(password, { ...parameters, salt });

/** @returns whether a hash was made with other parameters than today's. */
export const needsRehash = (hash: string): boolean => argon2.needsRehash(hash, parameters);

/**
 * Checks a password against a hash. To be called in the password queue.
 *
 * A hash that is undefined, or that cannot be used, has no right password. Every failed call costs the same: one check
 * for each set of parameters in use.
 * @param hash in PHC string format; undefined for a name that no account has.
 * @param isEnough whether a right password is enough. If not, a right one costs what a wrong one costs.
 * @returns whether the password is the one behind the hash.
 * @throws the error of argon2 for a hash that can be used, for instance when there is no memory for it.
 */
type VerifyPassword = (hash: string | undefined, password: string, isEnough?: boolean) => Promise<boolean>;

/** @returns a {@link VerifyPassword} that knows today's parameters, and learns those of every hash that it is given. */
export function createVerifier(): VerifyPassword {
  const decoys = decoysOfToday();

  return async (hash, password, isEnough = true) => {
    let isRight = false;
    const own = hash === undefined ? undefined : parametersOf(hash);
    if (hash !== undefined && own !== undefined) {
      decoys.learn(hash);
      isRight = await argon2.verify(hash, password);
      if (isRight && isEnough) return true;
    }
    for (const decoy of decoys.beside(own)) await argon2.verify(decoy, password);
    return isRight;
  };
}

/**
 * Finds the hash that a secret is behind, among hashes with one salt and the same parameters. To be called in the password
 * queue. One hash is computed for all of them; a failed call costs what a failed check of a password costs, also where
 * there are no hashes.
 * @param hashes in PHC string format.
 * @returns the hash; undefined: the secret is behind none.
 * @throws the error of argon2, for instance when there is no memory for it.
 */
type FindHash = (hashes: readonly string[], secret: string) => Promise<string | undefined>;

/** @returns a {@link FindHash} that knows today's parameters, and learns those of every hash that it is given. */
export function createFinder(): FindHash {
  const decoys = decoysOfToday();

  return async (hashes, secret) => {
    const [first] = hashes;
    const own = first === undefined ? undefined : parametersOf(first);
    if (first !== undefined && own !== undefined) {
      decoys.learn(first);
      const computed = await digestLike(first, secret);
      const right = hashes.find((hash) => {
        const digest = digestOf(hash);
        return digest.length === computed.length && timingSafeEqual(digest, computed);
      });
      if (right !== undefined) return right;
    }
    for (const decoy of decoys.beside(own)) await argon2.verify(decoy, secret);
    return undefined;
  };
}

/** @returns the last part of a hash in PHC string format: what argon2 computed. */
const digestOf = (hash: string) => Buffer.from(hash.slice(hash.lastIndexOf('$') + 1), 'base64');

/** @returns what argon2 computes for a secret with the parameters and the salt of a hash. */
function digestLike(hash: string, secret: string): Promise<Buffer> {
  const [, , , set = '', salt = ''] = hash.split('$');
  const parameter = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(set)?.[1]);
  return argon2.hash(secret, {
    type: argon2.argon2id,
    memoryCost: parameter('m'),
    timeCost: parameter('t'),
    parallelism: parameter('p'),
    salt: Buffer.from(salt, 'base64'),
    hashLength: digestOf(hash).length,
    raw: true,
  });
}

function decoysOfToday() {
  const { memoryCost, timeCost, parallelism } = parameters;
  // In the order in which argon2 writes them.
  const today = `$argon2id$v=19$m=${memoryCost},p=${parallelism},t=${timeCost}`;
  return createDecoys(`${today}$${'A'.repeat(22)}$${'A'.repeat(43)}`);
}

import argon2 from 'argon2';
import { createDecoys, parametersOf } from './decoys.ts';

/** Argon2id at OWASP's stated minimum (Password Storage Cheat Sheet); memory in KiB. */
const parameters = { type: argon2.argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** @returns the hash in PHC string format. To be called in the password queue. */
export const hashPassword = (password: string): Promise<string> => argon2.hash(password, parameters);

/** @returns whether a hash was made with other parameters than today's. */
export const needsRehash = (hash: string): boolean => argon2.needsRehash(hash, parameters);

/**
 * Checks a password against a hash. To be called in the password queue.
 *
 * A hash that is undefined, or that cannot be used, has no right password. Every failed call costs the same: one check
 * for each set of parameters in use.
 * @param hash in PHC string format; undefined for a name that no account has.
 * @returns whether the password is the one behind the hash.
 * @throws the error of argon2 for a hash that can be used, for instance when there is no memory for it.
 */
type VerifyPassword = (hash: string | undefined, password: string) => Promise<boolean>;

/** @returns a {@link VerifyPassword} that knows today's parameters, and learns those of every hash that it is given. */
export function createVerifier(): VerifyPassword {
  const { memoryCost, timeCost, parallelism } = parameters;
  // In the order in which argon2 writes them.
  const today = `$argon2id$v=19$m=${memoryCost},p=${parallelism},t=${timeCost}`;
  const decoys = createDecoys(`${today}$${'A'.repeat(22)}$${'A'.repeat(43)}`);

  return async (hash, password) => {
    const own = hash === undefined ? undefined : parametersOf(hash);
    if (hash !== undefined && own !== undefined) {
      decoys.learn(hash);
      if (await argon2.verify(hash, password)) return true;
    }
    for (const decoy of decoys.beside(own)) await argon2.verify(decoy, password);
    return false;
  };
}

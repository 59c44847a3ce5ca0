import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import type Argon2 from 'argon2';

// Stands in for `argon2` where other lanes run the same tests with real hashes: see vitest.config.ts.

// The real package: only imports are led here.
const argon2: typeof Argon2 = createRequire(import.meta.url)('argon2');

/** The least work that Argon2 takes, below a thousandth of a real hash. Memory in KiB. */
const least = { memoryCost: 8, timeCost: 1, parallelism: 1 };
/** Milliseconds that a hash takes at least, so that what happens while it is computed still can. */
const minMs = 10;
/** Parameters in a hash in PHC string format, in the order in which argon2 writes them. */
const written = /m=\d+,p=\d+,t=\d+/;

/**
 * The part of `argon2` that this server uses. A hash names the parameters that were asked for, and is computed with the
 * least.
 */
export default {
  argon2id: argon2.argon2id,
  argon2i: argon2.argon2i,
  needsRehash: argon2.needsRehash,
  async hash(password: string, options?: Argon2.HashOptions & { raw?: boolean }) {
    await pause(minMs);
    const computed: string | Buffer = await argon2.hash(password, { ...options, ...least });
    if (Buffer.isBuffer(computed)) return computed;
    return computed.replace(
      written,
      `m=${options?.memoryCost},p=${options?.parallelism},t=${options?.timeCost}`,
    );
  },
  async verify(hash: string, password: string) {
    await pause(minMs);
    return argon2.verify(hash.replace(written, 'm=8,p=1,t=1'), password);
  },
};

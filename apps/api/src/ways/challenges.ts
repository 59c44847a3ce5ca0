import { hash, randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { networkOf } from '../http/address.ts';
import { limitExceeded } from '../http/too-many-requests.ts';
import type { StoredChallenge } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** Milliseconds within which a challenge is to be answered. */
export const challengeMs = 5 * 60_000;

/** Challenges that one process gives one network in a minute. Each is a write, which takes the time of all. */
export const challengesPerNetworkAndMinute = 1_200;
const minuteMs = 60_000;

/** What a challenge is for, and the public id of the session that asks; null: a login, which has none. */
export type Asked = Pick<StoredChallenge, 'purpose' | 'sessionId'>;

/** The challenges that passkeys sign. Each is good for one response. */
export interface Challenges {
  /**
   * @returns a new challenge: 32 random bytes, base64url. The database has its hash only.
   * @throws {ProblemError} 429 when the network has had {@link challengesPerNetworkAndMinute} in this minute.
   */
  make(request: FastifyRequest, asked: Asked): Promise<string>;
  /** Uses a challenge up. @returns whether it waited for a response to this question. */
  take(challenge: string, asked: Asked): Promise<boolean>;
}

/** @returns {@link Challenges} by this clock. */
export function createChallenges({ store, now }: { store: Store; now: Clock }): Challenges {
  const hashOf = (challenge: string) => hash('sha256', challenge, 'base64url');
  let minute = 0;
  const given = new Map<string, number>();

  function requirePlace(request: FastifyRequest) {
    const at = now();
    if (Math.floor(at / minuteMs) !== minute) {
      minute = Math.floor(at / minuteMs);
      given.clear();
    }
    const network = networkOf(request.address);
    const count = (given.get(network) ?? 0) + 1;
    given.set(network, count);
    if (count <= challengesPerNetworkAndMinute) return;
    const what = 'Too many logins with a passkey were begun from this IP address.';
    throw limitExceeded(request, what, (minute + 1) * minuteMs - at);
  }

  return {
    async make(request, asked) {
      requirePlace(request);
      const challenge = randomBytes(32).toString('base64url');
      const createdAt = now();
      await store.keepChallenge({
        ...asked,
        challengeHash: hashOf(challenge),
        network: networkOf(request.address),
        createdAt,
        expiresAt: createdAt + challengeMs,
      });
      return challenge;
    },
    take: (challenge, asked) => store.takeChallenge({ ...asked, challengeHash: hashOf(challenge) }, now()),
  };
}

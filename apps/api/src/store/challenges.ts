import type { StoredChallenge } from './records.ts';

/** The methods of the store for the challenges that passkeys sign. */
export interface ChallengeStore {
  /**
   * Keeps a challenge. A session has one at most, and a network `maxChallengesPerNetwork` of those without a session: the
   * oldest makes room.
   */
  keepChallenge(challenge: StoredChallenge): Promise<void>;

  /** Uses a challenge up. @returns whether it waited for this purpose and this session, and its time is not over. */
  takeChallenge(
    challenge: Pick<StoredChallenge, 'challengeHash' | 'purpose' | 'sessionId'>,
    now: number,
  ): Promise<boolean>;
}

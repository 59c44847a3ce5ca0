import type { ChallengeStore } from '../challenges.ts';
import type { Engine } from '../engines/engine.ts';
import { challenges } from '../engines/tables.ts';
import { change, insert, one } from '../engines/work.ts';
import type { StoreCaps } from '../retention.ts';

/** @returns the part of the store that keeps challenges. */
export function createChallengeStore(
  { write }: Engine,
  { maxChallengesPerNetwork }: StoreCaps,
): ChallengeStore {
  return {
    keepChallenge: (challenge) =>
      write(function* () {
        const { sessionId, network } = challenge;
        yield* sessionId === null
          ? change(
              `DELETE FROM challenges WHERE challenge_hash IN (
                 SELECT challenge_hash FROM challenges WHERE network = ? AND session_id IS NULL
                 ORDER BY created_at DESC, challenge_hash LIMIT ? OFFSET ?)`,
              ...[network, maxChallengesPerNetwork, maxChallengesPerNetwork - 1],
            )
          : change('DELETE FROM challenges WHERE session_id = ?', sessionId);
        yield* insert('challenges', [challenges.toRow(challenge)]);
      }),

    takeChallenge: ({ challengeHash, purpose, sessionId }, now) =>
      write(function* () {
        const taken = yield* one<{ expires_at: number }>(
          `DELETE FROM challenges WHERE challenge_hash = ? AND purpose = ?
             AND ${sessionId === null ? 'session_id IS NULL' : 'session_id = ?'} RETURNING expires_at`,
          ...[challengeHash, purpose, ...(sessionId === null ? [] : [sessionId])],
        );
        return taken !== undefined && now < taken.expires_at;
      }),
  };
}

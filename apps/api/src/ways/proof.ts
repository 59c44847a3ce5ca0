import type { ProofWay } from '@coatcheck/api-types';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { problem } from '../http/problems.ts';
import type { Member } from '../session/authentication.ts';
import { isPasswordAlone } from '../store/password-mark.ts';
import type { Store } from '../store/store.ts';
import { relyingPartyIdOf } from './relying-party.ts';

/** Milliseconds for which a proof counts. */
const proofMs = 5 * 60_000;

/** Tells whether a member proved a moment ago to be the owner of the account. */
export interface Proofs {
  /** @returns whether a passkey was shown on this session within five minutes. */
  isProvenByPasskey(member: Member): boolean;
  /**
   * Lets a member pass who proved within five minutes, on this session, to be the owner of the account: by a passkey, or by
   * the password where that alone is enough.
   * @throws {ProblemError} 403 `proof-required`, with the ways in which this account can prove itself.
   */
  requireProof(member: Member): Promise<void>;
}

/** @returns {@link Proofs} by this clock. */
export function createProofs({ store, config, now }: { store: Store; config: Config; now: Clock }): Proofs {
  /** A time ahead of this clock was written by another clock that is ahead, and proves nothing. */
  const isFresh = (provenAt: number | null) => {
    const age = provenAt === null ? Number.POSITIVE_INFINITY : now() - provenAt;
    return age >= 0 && age < proofMs;
  };
  const isProvenByPasskey: Proofs['isProvenByPasskey'] = ({ session }) => isFresh(session.passkeyProvenAt);

  return {
    isProvenByPasskey,

    async requireProof(member) {
      const { session, account } = member;
      const isPasswordEnough = isPasswordAlone(account.passwordHash);
      if (isProvenByPasskey(member) || (isPasswordEnough && isFresh(session.passwordProvenAt))) return;
      const here = relyingPartyIdOf(config);
      const passkeys = await store.passkeysOf(account.id);
      const ways: ProofWay[] = [
        ...(isPasswordEnough ? (['password'] as const) : []),
        ...(passkeys.some(({ relyingPartyId }) => relyingPartyId === here) ? (['passkey'] as const) : []),
      ];
      throw problem(
        'proof-required',
        'This changes how you log in. Prove within the last five minutes that it is you: POST /me/proof.',
        { ways },
      );
    },
  };
}

import type { PasskeyAuthenticationResponse } from '@coatcheck/api-types';
import type { Account, PasskeyUse } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Asked, Challenges } from './challenges.ts';
import type { RelyingParty } from './relying-party.ts';
import { readAuthentication } from './webauthn.ts';

/** A passkey that was shown: whose it is, and the use that the store is to note. */
interface ShownPasskey {
  account: Account;
  use: PasskeyUse;
}

/**
 * Checks the response of a passkey, and uses its challenge up.
 * @param asked the question that it has to answer.
 * @param owner the account whose passkey it must be; undefined: the response says whose it is.
 * @returns undefined when the response is refused.
 * @throws {ProblemError} 400 `invalid-request` for a malformed response.
 */
export type CheckPasskey = (
  response: PasskeyAuthenticationResponse,
  asked: Asked,
  owner?: Account,
) => Promise<ShownPasskey | undefined>;

/** @returns a {@link CheckPasskey} of this relying party. */
export function createPasskeyCheck({
  store,
  challenges,
  relyingParty,
}: {
  store: Store;
  challenges: Challenges;
  relyingParty: RelyingParty;
}): CheckPasskey {
  return async (response, asked, owner) => {
    const read = readAuthentication(response);
    // Whatever comes of the response, its challenge is good for no other.
    if (!(await challenges.take(read.challenge, asked))) return undefined;
    const found = await store.findPasskey(response.id);
    if (!found) return undefined;
    const { passkey, account } = found;
    if (passkey.relyingPartyId !== relyingParty.id) return undefined;
    if (owner && account.id !== owner.id) return undefined;
    // A discoverable passkey says whose it is. Where the account is known, browsers may leave that out.
    const userHandle = response.response.userHandle ?? (owner && account.id);
    if (userHandle !== account.id) return undefined;
    const use = await read.verify(passkey, relyingParty);
    return use && { account, use };
  };
}

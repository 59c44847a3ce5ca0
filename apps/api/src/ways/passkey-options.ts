import type { PasskeyCreationOptions, PasskeyRequestOptions } from '@coatcheck/api-types';
import type { Account, StoredPasskey } from '../store/records.ts';
import { challengeMs } from './challenges.ts';
import { algorithms } from './public-key.ts';

/**
 * @returns the options with which a browser makes a passkey: a discoverable one, whose owner the authenticator verifies.
 * Authenticators that have one of the account already make no second one.
 * @param relyingParty `name` is shown to the person
 */
export const creationOptions = (
  challenge: string,
  { id, username, displayName }: Account,
  relyingParty: { id: string; name: string },
  passkeys: StoredPasskey[],
): PasskeyCreationOptions => ({
  rp: relyingParty,
  user: { id, name: username, displayName: displayName ?? username },
  challenge,
  pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
  timeout: challengeMs,
  excludeCredentials: descriptorsOf(passkeys, relyingParty.id),
  authenticatorSelection: {
    residentKey: 'required',
    requireResidentKey: true,
    userVerification: 'required',
  },
  attestation: 'none',
});

/** @returns the options with which a browser shows a passkey. @param passkeys those to choose from; none: any */
export const requestOptions = (
  challenge: string,
  relyingPartyId: string,
  passkeys: StoredPasskey[],
): PasskeyRequestOptions => ({
  challenge,
  rpId: relyingPartyId,
  allowCredentials: descriptorsOf(passkeys, relyingPartyId),
  userVerification: 'required',
  timeout: challengeMs,
});

/** @returns the passkeys that were made for a host, as browsers take them. */
const descriptorsOf = (passkeys: StoredPasskey[], relyingPartyId: string) =>
  passkeys
    .filter((passkey) => passkey.relyingPartyId === relyingPartyId)
    .map(({ credentialId, transports }) => ({
      id: credentialId,
      type: 'public-key' as const,
      ...(transports.length > 0 && { transports }),
    }));

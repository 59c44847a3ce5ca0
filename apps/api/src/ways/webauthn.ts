import type { PasskeyAuthenticationResponse, PasskeyRegistrationResponse } from '@coatcheck/api-types';
import { invalidRequest } from '../http/problems.ts';
import type { PasskeyUse, StoredPasskey } from '../store/records.ts';
import { isAuthenticatorData } from './authenticator-data.ts';
import { endOfItems } from './cbor.ts';
import { isOwnWindow, readClientData } from './client-data.ts';
import { isEcdsaSignature } from './der.ts';
import { algorithms, coseAlgorithm, es256, isUsableKey } from './public-key.ts';
import type { RelyingParty } from './relying-party.ts';

/** Bytes that the id of a credential may have (WebAuthn section 7.1, step 25). */
const maxCredentialIdBytes = 1023;
/** Transports that are kept of a passkey. Authenticators have one to three. */
const maxTransports = 8;

/** The part of a new passkey that its authenticator decides. */
export type MadeCredential = Pick<
  StoredPasskey,
  'credentialId' | 'publicKey' | 'signCount' | 'transports' | 'synced'
>;

/** A well-formed response. Nothing in it is true until it is verified. */
interface ReadResponse {
  /** The challenge that it claims to answer, base64url. The caller takes it before it verifies. */
  challenge: string;
}

interface ReadRegistration extends ReadResponse {
  /** @returns the credential that was made, or undefined where the response is refused (WebAuthn section 7.1). */
  verify(relyingParty: RelyingParty): Promise<MadeCredential | undefined>;
}

interface ReadAuthentication extends ReadResponse {
  /** @returns the use that the passkey has signed, or undefined where the response is refused (WebAuthn section 7.2). */
  verify(passkey: StoredPasskey, relyingParty: RelyingParty): Promise<PasskeyUse | undefined>;
}

/**
 * Reads the response of an authenticator that made a passkey. Its attestation says which model it is. Nobody here asks for
 * that, so that a statement with certificates, which would have to be parsed, is refused.
 * @throws {ProblemError} 400 `invalid-request` for a malformed response.
 */
export function readRegistration(response: PasskeyRegistrationResponse): ReadRegistration {
  const id = idOf(response);
  const { clientDataJSON, attestationObject, transports = [] } = response.response;
  const clientData = readClientData(bytesOf(clientDataJSON, 'clientDataJSON')) ?? malformed('clientDataJSON');
  const attestation = bytesOf(attestationObject, 'attestationObject');
  if (endOfItems(attestation, 1) !== attestation.length) malformed('attestationObject');

  return {
    challenge: clientData.challenge,
    async verify({ id: expectedRPID, origins }) {
      const { decodeAttestationObject, decodeCredentialPublicKey, verifyRegistrationResponse } =
        await library();
      if (!isOwnWindow(clientData)) return undefined;
      return unlessRefused(async () => {
        const decoded = decodeAttestationObject(attestation);
        const isWithoutCertificate =
          decoded.get('fmt') === 'none' ||
          (decoded.get('fmt') === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
        if (!isWithoutCertificate || !isAuthenticatorData(decoded.get('authData'))) return undefined;

        const { verified, registrationInfo } = await verifyRegistrationResponse({
          response: {
            ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
            response: { clientDataJSON, attestationObject },
          },
          expectedChallenge: clientData.challenge,
          expectedOrigin: origins(),
          expectedRPID,
          requireUserVerification: true,
          supportedAlgorithmIDs: algorithms,
        });
        if (!verified) return undefined;
        const { credential, credentialDeviceType } = registrationInfo;
        if (credential.id !== id || bytesOf(id, 'id').length > maxCredentialIdBytes) return undefined;
        if (!isUsableKey(decodeCredentialPublicKey(credential.publicKey))) return undefined;
        return {
          credentialId: credential.id,
          publicKey: Buffer.from(credential.publicKey).toString('base64url'),
          signCount: credential.counter,
          transports: transports.filter((each) => /^[a-z-]{1,32}$/.test(each)).slice(0, maxTransports),
          synced: credentialDeviceType === 'multiDevice',
        };
      });
    },
  };
}

/**
 * Reads the response of an authenticator that showed a passkey.
 * @throws {ProblemError} 400 `invalid-request` for a malformed response.
 */
export function readAuthentication(response: PasskeyAuthenticationResponse): ReadAuthentication {
  const id = idOf(response);
  const { clientDataJSON, authenticatorData, signature, userHandle } = response.response;
  const clientData = readClientData(bytesOf(clientDataJSON, 'clientDataJSON')) ?? malformed('clientDataJSON');
  if (!isAuthenticatorData(bytesOf(authenticatorData, 'authenticatorData'))) malformed('authenticatorData');
  const signatureBytes = bytesOf(signature, 'signature');
  if (userHandle != null) bytesOf(userHandle, 'userHandle');

  return {
    challenge: clientData.challenge,
    async verify({ credentialId, publicKey, signCount }, { id: expectedRPID, origins }) {
      const { decodeCredentialPublicKey, verifyAuthenticationResponse } = await library();
      if (credentialId !== id || !isOwnWindow(clientData)) return undefined;
      const keyBytes = Uint8Array.from(Buffer.from(publicKey, 'base64url'));
      return unlessRefused(async () => {
        const isEcdsa = decodeCredentialPublicKey(keyBytes).get(coseAlgorithm) === es256;
        if (isEcdsa && !isEcdsaSignature(signatureBytes)) return undefined;
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response: {
            ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
            response: { clientDataJSON, authenticatorData, signature },
          },
          expectedChallenge: clientData.challenge,
          expectedOrigin: origins(),
          expectedRPID,
          requireUserVerification: true,
          credential: { id: credentialId, publicKey: keyBytes, counter: signCount },
        });
        return verified ? { credentialId, signCount: authenticationInfo.newCounter } : undefined;
      });
    },
  };
}

/** Loaded at the first response: it takes a fifth of a second and 27 MB, which a server without passkeys never needs. */
const library = async () => ({
  ...(await import('@simplewebauthn/server')),
  ...(await import('@simplewebauthn/server/helpers')),
});

/** The library throws for a response that it refuses, with sentences that repeat what was sent: they are read by nobody. */
async function unlessRefused<Result>(verify: () => Promise<Result | undefined>): Promise<Result | undefined> {
  try {
    return await verify();
  } catch {
    return undefined;
  }
}

function idOf({ id, rawId }: { id: string; rawId: string }): string {
  bytesOf(id, 'id');
  return rawId === id ? id : malformed('id');
}

/** @returns the bytes of a text in base64url without padding, in its one spelling (RFC 4648 sections 3.5 and 5). */
function bytesOf(text: string, field: string): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length === 0 || bytes.toString('base64url') !== text) malformed(field);
  return Uint8Array.from(bytes);
}

function malformed(field: string): never {
  const detail = 'This is no WebAuthn response. Send what toJSON() of the credential gives.';
  const pointer = field === 'id' ? '#/response/id' : `#/response/response/${field}`;
  throw invalidRequest([{ pointer, rule: 'malformed', detail }]);
}

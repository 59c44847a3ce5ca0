import { endOfItems } from './cbor.ts';

const hasCredentialFlag = 0x40;
const hasExtensionsFlag = 0x80;
/** Bytes before the credential: hash of the relying party's id, flags, sign count. */
const fixedBytes = 37;
/** Bytes of the authenticator's model and of the length of the credential's id. */
const credentialHeadBytes = 18;

/**
 * @returns whether bytes are authenticator data from the first to the last (WebAuthn section 6.1): nothing missing, nothing
 * behind.
 */
export function isAuthenticatorData(bytes: Uint8Array): boolean {
  const flags = bytes[32];
  if (flags === undefined || bytes.length < fixedBytes) return false;
  const hasCredential = (flags & hasCredentialFlag) !== 0;
  const cborItems = (hasCredential ? 1 : 0) + (flags & hasExtensionsFlag ? 1 : 0);
  return endOfItems(bytes, cborItems, hasCredential ? endOfCredentialId(bytes) : fixedBytes) === bytes.length;
}

function endOfCredentialId(bytes: Uint8Array): number {
  const [high = 0, low = 0] = bytes.subarray(fixedBytes + 16, fixedBytes + credentialHeadBytes);
  return fixedBytes + credentialHeadBytes + high * 256 + low;
}

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type {
  PasskeyAuthenticationResponse,
  PasskeyCreationOptions,
  PasskeyRegistrationResponse,
  PasskeyRequestOptions,
} from '@coatcheck/api-types';

// An authenticator and its browser in software. Every part of what it makes can be bent.

/** The parts of a response before they are signed and encoded. A test may replace any. */
export interface Bent {
  /** Members of the client data; undefined leaves one out. */
  clientData?: Record<string, unknown>;
  /** The bytes of the client data, instead of JSON. */
  clientDataBytes?: Buffer;
  /** The host whose hash is signed. */
  rpId?: string;
  /** Of the authenticator data: UP 1, UV 4, BE 8, BS 16, AT 64, ED 128. */
  flags?: number;
  signCount?: number;
  credentialId?: Buffer;
  /** The COSE key, encoded. */
  coseKey?: Buffer;
  /** Changes the authenticator data before it is signed. */
  authData?(data: Buffer): Buffer;
  /** The attestation statement's format, and the statement, encoded. */
  attestation?: { fmt: string; attStmt: Buffer };
  /** Changes the attestation object. */
  attestationObject?(data: Buffer): Buffer;
  /** Changes the signature. */
  signature?(data: Buffer): Buffer;
  /** Members of the whole response. */
  response?: Record<string, unknown>;
  /** Members of its inner response. */
  inner?: Record<string, unknown>;
}

/** Flags of a passkey that was used by its owner: user present, user verified. */
const presentAndVerified = 1 + 4;

/** A passkey that this authenticator has made. */
export interface TestPasskey {
  credentialId: Buffer;
  keys: { publicKey: KeyObject; privateKey: KeyObject };
  /** Base64url. */
  userHandle: string;
  signCount: number;
  rpId: string;
  /** The origin of the page that uses it. */
  origin: string;
}

/** @returns a new passkey for the options, and the response that registers it. */
export function makePasskey(
  options: PasskeyCreationOptions,
  origin: string,
  bent: Bent = {},
): { passkey: TestPasskey; response: PasskeyRegistrationResponse } {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const passkey: TestPasskey = {
    credentialId: bent.credentialId ?? randomBytes(32),
    keys,
    userHandle: options.user.id,
    signCount: bent.signCount ?? 0,
    rpId: options.rp.id,
    origin,
  };
  const { credentialId } = passkey;
  const length = Buffer.alloc(2);
  length.writeUInt16BE(credentialId.length);
  const credential = Buffer.concat([
    Buffer.alloc(16),
    length,
    credentialId,
    bent.coseKey ?? coseOf(keys.publicKey),
  ]);
  const data = authenticatorData(passkey.rpId, { flags: presentAndVerified + 64, ...bent }, credential);
  const { fmt, attStmt } = bent.attestation ?? { fmt: 'none', attStmt: Buffer.from([0xa0]) };
  const object = Buffer.concat([
    ...[Buffer.from([0xa3]), cborText('fmt'), cborText(fmt), cborText('attStmt'), attStmt],
    ...[cborText('authData'), cborBytes(data)],
  ]);
  const id = credentialId.toString('base64url');
  return {
    passkey,
    response: {
      ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
      authenticatorAttachment: 'platform',
      response: {
        clientDataJSON: clientData('webauthn.create', options.challenge, origin, bent).toString('base64url'),
        attestationObject: (bent.attestationObject?.(object) ?? object).toString('base64url'),
        transports: ['internal', 'hybrid'],
        ...bent.inner,
      },
      ...bent.response,
    } as PasskeyRegistrationResponse,
  };
}

/** @returns the response that shows a passkey for the options. Its sign count stays unless it is bent. */
export function showPasskey(
  options: PasskeyRequestOptions,
  passkey: TestPasskey,
  bent: Bent = {},
): PasskeyAuthenticationResponse {
  const client = clientData('webauthn.get', options.challenge, passkey.origin, bent);
  const flags = presentAndVerified;
  const data = authenticatorData(passkey.rpId, { flags, signCount: passkey.signCount, ...bent });
  const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
  const signature = sign('sha256', signed, passkey.keys.privateKey);
  const id = passkey.credentialId.toString('base64url');
  return {
    ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
    authenticatorAttachment: 'platform',
    response: {
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: (bent.signature?.(signature) ?? signature).toString('base64url'),
      userHandle: passkey.userHandle,
      ...bent.inner,
    },
    ...bent.response,
  } as PasskeyAuthenticationResponse;
}

function clientData(type: string, challenge: string, origin: string, bent: Bent): Buffer {
  const members = { type, challenge, origin, crossOrigin: false, ...bent.clientData };
  return bent.clientDataBytes ?? Buffer.from(JSON.stringify(members));
}

function authenticatorData(
  rpId: string,
  { rpId: bentRpId = rpId, flags = presentAndVerified, signCount = 0, authData }: Bent,
  credential: Buffer = Buffer.alloc(0),
): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(signCount);
  const rpIdHash = createHash('sha256').update(bentRpId).digest();
  const data = Buffer.concat([rpIdHash, Buffer.from([flags]), count, credential]);
  return authData?.(data) ?? data;
}

/** @returns a COSE key (RFC 9052 section 7) of algorithm ES256. */
export function coseOf(publicKey: KeyObject, [x, y] = coordinatesOf(publicKey)): Buffer {
  const labels = [[0x01, 0x02], [0x03, 0x26], [0x20, 0x01], [0x21]].map((bytes) => Buffer.from(bytes));
  return Buffer.concat([Buffer.from([0xa5]), ...labels, cborBytes(x), Buffer.from([0x22]), cborBytes(y)]);
}

export function coordinatesOf(publicKey: KeyObject): [Buffer, Buffer] {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
}

/** @returns a byte string in CBOR (RFC 8949). */
export const cborBytes = (bytes: Buffer): Buffer => Buffer.concat([cborHead(2, bytes.length), bytes]);
/** @returns a text in CBOR. */
export const cborText = (text: string): Buffer =>
  Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);

function cborHead(majorType: number, argument: number): Buffer {
  const first = majorType << 5;
  if (argument < 24) return Buffer.from([first | argument]);
  if (argument < 256) return Buffer.from([first | 24, argument]);
  return Buffer.from([first | 25, argument >> 8, argument & 0xff]);
}

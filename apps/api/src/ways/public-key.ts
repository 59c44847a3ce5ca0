import { createPublicKey, type JsonWebKey } from 'node:crypto';

/** The label of the algorithm in a COSE key. */
export const coseAlgorithm = 3;
/** ECDSA on P-256 with SHA-256 (IANA COSE Algorithms). */
export const es256 = -7;
const edDsa = -8;
const rs256 = -257;
/** The algorithms in which a passkey may sign, the best known first. */
export const algorithms = [es256, edDsa, rs256];

/** Bytes of the modulus of an RSA key: 2,048 to 4,096 bits. A longer one would cost every login more. */
const [minModulusBytes, maxModulusBytes] = [256, 512];
/** 65,537, the public exponent of every RSA key that authenticators make. Others can cost much more. */
const exponent = 'AQAB';

/** The members of a COSE key, by their labels. */
interface CoseKey {
  get(label: number): unknown;
}

/**
 * @returns whether a COSE key (RFC 9052 section 7, RFC 9053 section 7, RFC 8230 section 4) is one of the {@link algorithms},
 * complete, and can be used. An authenticator without attestation signs nothing when it makes a key, so that nothing else
 * shows this before the first login.
 */
export function isUsableKey(key: CoseKey): boolean {
  const jwk = jwkOf(key);
  try {
    // Refuses a point that is not on its curve.
    return jwk !== undefined && createPublicKey({ key: jwk, format: 'jwk' }).type === 'public';
  } catch {
    return false;
  }
}

function jwkOf(key: CoseKey): JsonWebKey | undefined {
  const bytes = (label: number, min: number, max = min) => {
    const value = key.get(label);
    const fits = value instanceof Uint8Array && value.length >= min && value.length <= max;
    return fits ? Buffer.from(value).toString('base64url') : undefined;
  };
  // As COSE numbers them, as much as the labels themselves.
  const [type, algorithm, curve] = [key.get(1), key.get(coseAlgorithm), key.get(-1)];
  if (type === 2 && algorithm === es256 && curve === 1) {
    const [x, y] = [bytes(-2, 32), bytes(-3, 32)];
    return x && y ? { kty: 'EC', crv: 'P-256', x, y } : undefined;
  }
  if (type === 1 && algorithm === edDsa && curve === 6) {
    const x = bytes(-2, 32);
    return x ? { kty: 'OKP', crv: 'Ed25519', x } : undefined;
  }
  if (type === 3 && algorithm === rs256) {
    const [n, e] = [bytes(-1, minModulusBytes, maxModulusBytes), bytes(-2, 3)];
    return n && e === exponent ? { kty: 'RSA', n, e } : undefined;
  }
  return undefined;
}

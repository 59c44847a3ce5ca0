const sequence = 0x30;
const integer = 0x02;

/**
 * @returns whether bytes are an ECDSA signature in its one spelling in DER (RFC 3279 section 2.2.3): two positive integers,
 * and nothing beside them. Of a P-256 signature every length fits into one byte.
 */
export function isEcdsaSignature(bytes: Uint8Array): boolean {
  if (bytes[0] !== sequence || bytes[1] !== bytes.length - 2) return false;
  const second = endOfInteger(bytes, 2);
  return second !== undefined && endOfInteger(bytes, second) === bytes.length;
}

/** @returns the index behind a positive integer without needless zeros, or undefined where there is none. */
function endOfInteger(bytes: Uint8Array, at: number): number | undefined {
  const [tag, length = 0, first = 0x80, next = 0] = bytes.subarray(at, at + 4);
  if (tag !== integer || length === 0 || first >= 0x80) return undefined;
  const isPadded = first === 0 && (length === 1 || next < 0x80);
  return isPadded ? undefined : at + 2 + length;
}

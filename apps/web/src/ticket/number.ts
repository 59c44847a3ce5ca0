/** A ticket's paper: one of five, and the number printed on it. */
export interface Print {
  /** 1 to 5 */
  stock: number;
  /** Four digits. */
  number: string;
}

/**
 * What a session's ticket looks like, the same on every screen: FNV-1a (32 bits) of its public id.
 *
 * The number is for people's eyes. Ten thousand of them recur; the id does not.
 */
export function printOf(sessionId: string): Print {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(sessionId)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return { stock: 1 + (Math.floor(hash / 10_000) % 5), number: String(hash % 10_000).padStart(4, '0') };
}

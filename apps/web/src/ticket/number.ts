/** A ticket's paper, and the number printed on it. */
interface Print {
  /** The number of the paper, 1 to 5. */
  stock: number;
  /** Four digits. */
  number: string;
}

/**
 * The paper and the number of a session's ticket, the same on every screen: FNV-1a (32 bits) of the session's public id.
 *
 * The number is for people's eyes. Sessions can share one of the 10,000 numbers; no two sessions share an id.
 */
export function printOf(sessionId: string): Print {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(sessionId)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return { stock: 1 + (Math.floor(hash / 10_000) % 5), number: String(hash % 10_000).padStart(4, '0') };
}

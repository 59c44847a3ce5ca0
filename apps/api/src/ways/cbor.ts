/** Levels that CBOR of an authenticator may nest. Keys, statements and extensions take two or three. */
const maxDepth = 8;

/**
 * Finds the end of well-formed CBOR data items of definite length (RFC 8949 section 3), and looks at nothing in them.
 * @param count how many items stand behind one another. @param from where the first begins
 * @returns the index behind the last item; undefined: the bytes are no such items, end within one, or nest too deep.
 */
export function endOfItems(bytes: Uint8Array, count: number, from = 0, depth = 0): number | undefined {
  let end: number | undefined = from;
  for (let item = 0; item < count && end !== undefined; item += 1) end = endOfItem(bytes, end, depth);
  return end;
}

function endOfItem(bytes: Uint8Array, from: number, depth: number): number | undefined {
  const head = headAt(bytes, from);
  if (!head || depth > maxDepth) return undefined;
  const { majorType, argument, end } = head;
  switch (majorType) {
    case 2: // a byte string
    case 3: // a text
      return end + argument <= bytes.length ? end + argument : undefined;
    case 4: // an array
      return endOfItems(bytes, argument, end, depth + 1);
    case 5: // a map
      return endOfItems(bytes, 2 * argument, end, depth + 1);
    case 6: // a tag
      return endOfItems(bytes, 1, end, depth + 1);
    default: // a number or a simple value
      return end;
  }
}

/** @returns the head of an item, or undefined where the bytes end within it or it has no definite length. */
function headAt(bytes: Uint8Array, from: number) {
  const first = bytes[from];
  if (first === undefined) return undefined;
  const [majorType, short] = [first >> 5, first & 0x1f];
  if (short < 24) return { majorType, argument: short, end: from + 1 };
  const size = { 24: 1, 25: 2, 26: 4, 27: 8 }[short];
  if (size === undefined || from + 1 + size > bytes.length) return undefined;
  const argument = bytes.subarray(from + 1, from + 1 + size).reduce((sum, byte) => sum * 256 + byte, 0);
  return { majorType, argument, end: from + 1 + size };
}

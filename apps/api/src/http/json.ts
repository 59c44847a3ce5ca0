import { invalidRequest, maxErrors } from './problems.ts';
import { pointerPart } from './validation.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses a body as a JSON object (RFC 8259), strictly: UTF-8 only, no name twice in one object, only well-formed
 * Unicode without NUL. Strings are brought to NFC here and nowhere else, so that lengths and comparisons mean the same
 * in all later code. Names of members stay as they are, and so do the strings of a body with more combining marks than
 * any field can take.
 * @throws {ProblemError} 400 `invalid-request`, which names at most {@link maxErrors} places.
 */
export function parseJson(body: Buffer): unknown {
  const malformed = (detail: string) => invalidRequest([{ pointer: '#', rule: 'malformed', detail }]);
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(body);
  } catch {
    throw malformed('The body is not UTF-8.');
  }
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('The body is not JSON. Check quotes, commas and brackets.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidRequest([{ pointer: '#', rule: 'wrong-type', detail: 'The body must be an object.' }]);
  }
  const found: Found = { names: 0, heapedMarks: 0, bad: [], tooDeep: false };
  value = normalised(value, '#', 0, found);
  if (found.tooDeep) throw malformed(`The body nests deeper than ${maxDepth} levels.`);
  if (found.bad.length > 0) {
    throw invalidRequest(
      found.bad.map((pointer) => ({
        pointer,
        rule: 'bad-characters',
        detail: 'Text must be well-formed Unicode without the NUL character.',
      })),
    );
  }
  // JSON.parse silently keeps the last of two equal names. A program in between that looks at the first would see
  // another request.
  if (found.names !== namesWritten(text))
    throw malformed('An object has the same name twice. Send each name once.');
  return value;
}

/** The findings of the walk through a body so far. */
interface Found {
  /** Names of members. */
  names: number;
  /** Combining marks in runs that {@link heaps} matches. */
  heapedMarks: number;
  /** Pointers to text that cannot be used. */
  bad: string[];
  tooDeep: boolean;
}

/** Levels that a body may nest. No call takes more than a few, and recursion must end somewhere. */
const maxDepth = 16;

/** @returns the value with its strings in NFC. `found` gets the number of names, and the pointers of unusable text. */
function normalised(value: unknown, pointer: string, depth: number, found: Found): unknown {
  if (typeof value === 'string') {
    if (!isUsable(value)) note(pointer, found);
    return inNfc(value, found);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth === maxDepth) {
    found.tooDeep = true;
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => normalised(item, `${pointer}/${index}`, depth + 1, found));
  }
  const entries = Object.entries(value).map(([name, item]) => {
    found.names += 1;
    const at = `${pointer}/${pointerPart(name)}`;
    if (!isUsable(name)) note(pointer, found);
    return [name, normalised(item, at, depth + 1, found)];
  });
  // fromEntries defines, it does not assign: a name __proto__ stays a plain field, and is refused as unknown.
  return Object.fromEntries(entries);
}

/**
 * Normalising a run of combining marks takes time quadratic in its length. Only the first marks of a run compose with
 * the letter before them, and each further mark takes two bytes or more. So a body with too many marks fits no field:
 * its strings stay as they are, and are refused for their length.
 */
function inNfc(text: string, found: Found): string {
  for (const [heap] of text.matchAll(heaps)) found.heapedMarks += heap.length;
  return found.heapedMarks > maxHeapedMarks ? text : text.normalize('NFC');
}

/** Runs of more combining marks than any language writes (Unicode Standard Annex #15, section 13). */
const heaps = /\p{M}{31,}/gu;
/**
 * UTF-16 units in such runs of one body. The largest field is the 2 KiB that a session remembers, and fewer fit into
 * it.
 */
const maxHeapedMarks = 1_100;

const isUsable = (text: string) => text.isWellFormed() && !text.includes('\0');

function note(pointer: string, { bad }: Found): void {
  if (bad.length < maxErrors) bad.push(pointer);
}

/** @returns the number of names in a text that is known to be JSON: strings with a colon behind them. */
function namesWritten(json: string): number {
  let names = 0;
  for (const [, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)) if (colon) names += 1;
  return names;
}

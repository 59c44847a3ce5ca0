import { invalidRequest, maxErrors } from './problems.ts';
import { pointerPart } from './validation.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses a body as a JSON object (RFC 8259), strictly: UTF-8 only, no name twice in one object, only well-formed Unicode
 * without NUL. Values are brought to NFC here and nowhere else, so that lengths and comparisons mean the same everywhere
 * behind; text that no field can take stays as it is, and so do the names of members.
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
  // JSON.parse keeps the last of two equal names in silence; whoever checks the first sees another request.
  if (found.names !== namesWritten(text))
    throw malformed('A name stands twice in one object. Send each once.');
  return value;
}

/** What the walk through a body has found so far. */
interface Found {
  /** Names of members. */
  names: number;
  /** Marks in heaps. */
  heapedMarks: number;
  /** Pointers to text that cannot be used. */
  bad: string[];
  tooDeep: boolean;
}

/** Levels that a body may nest. No call takes more than a few, and recursion must end somewhere. */
const maxDepth = 16;

/** The value with its text in NFC; counts names and collects where text cannot be used. */
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
 * Marks that are heaped on one another are put in order one by one, in the square of their number. Only the first of
 * them melt into the letter below, each further one takes two bytes or more. So a body with too many fits no field:
 * its texts stay as they are, and are refused for their length.
 */
function inNfc(text: string, found: Found): string {
  for (const [heap] of text.matchAll(heaps)) found.heapedMarks += heap.length;
  return found.heapedMarks > maxHeapedMarks ? text : text.normalize('NFC');
}

/** More marks in a row than any language writes (Unicode Standard Annex #15, section 13). */
const heaps = /\p{M}{31,}/gu;
/** UTF-16 units. A session remembers 2 KiB, in which fewer fit; nothing else takes that much. */
const maxHeapedMarks = 1_100;

const isUsable = (text: string) => text.isWellFormed() && !text.includes('\0');

function note(pointer: string, { bad }: Found): void {
  if (bad.length < maxErrors) bad.push(pointer);
}

/** How many names stand in a text known to be JSON: strings with a colon behind them. */
function namesWritten(json: string): number {
  let names = 0;
  for (const [, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)) if (colon) names += 1;
  return names;
}

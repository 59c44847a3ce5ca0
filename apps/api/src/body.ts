import type { FastifyInstance } from 'fastify';
import { pointerPart } from './fields.ts';
import { invalidRequest, notJson } from './problems.ts';

/** Bytes a request's body may have. */
export const bodyLimit = 8 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads bodies as JSON (RFC 8259) and nothing else, strictly: UTF-8 only, no name twice in one object, only
 * well-formed Unicode without NUL. Text is brought to NFC once, here, so that lengths and comparisons mean the
 * same everywhere behind. Nothing is coerced, nothing dropped.
 */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    // An empty body of any type is no body: curl -X POST and browsers send them.
    if (body.length === 0) return done(null, undefined);
    if (!isJson(request.headers['content-type'])) return done(notJson());
    try {
      done(null, parseJson(body));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** For calls that take nothing: whatever is sent along is read to its end and ignored. */
export function ignoreBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload
      .resume()
      .on('end', () => done(null))
      .on('error', done);
  });
}

function isJson(contentType = ''): boolean {
  return /^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*;?\s*$/i.test(contentType);
}

function parseJson(body: Buffer): unknown {
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
  const found: Found = { names: 0, bad: [], tooDeep: false };
  value = normalised(value, '#', 0, found);
  if (found.tooDeep) throw malformed(`The body nests deeper than ${deepest} levels.`);
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

type Found = { names: number; bad: string[]; tooDeep: boolean };

/** Levels a body may nest; no call takes more than a few, and recursion ends somewhere. */
const deepest = 16;

/** The value with its text in NFC; counts names and collects where text cannot be used. */
function normalised(value: unknown, pointer: string, depth: number, found: Found): unknown {
  if (typeof value === 'string') {
    if (!value.isWellFormed() || value.includes('\0')) found.bad.push(pointer);
    return value.normalize('NFC');
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) {
    found.tooDeep = true;
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => normalised(item, `${pointer}/${index}`, depth + 1, found));
  }
  const entries = Object.entries(value).map(([name, item]) => {
    found.names += 1;
    const at = `${pointer}/${pointerPart(name)}`;
    if (!name.isWellFormed() || name.includes('\0')) found.bad.push(pointer);
    return [name, normalised(item, at, depth + 1, found)];
  });
  // fromEntries defines, it does not assign: a name __proto__ stays a plain field, and is refused as unknown.
  return Object.fromEntries(entries);
}

/** How many names stand in a text known to be JSON: strings with a colon behind them. */
function namesWritten(json: string): number {
  let names = 0;
  for (const [, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)) if (colon) names += 1;
  return names;
}

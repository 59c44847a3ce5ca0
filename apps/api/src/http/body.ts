import type { IncomingMessage } from 'node:http';
import { finished, type Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HungUp, invalidRequest, maxErrors, notJson, problem } from './problems.ts';
import { pointerPart } from './validation.ts';

/** Bytes a request's body may have. */
export const bodyLimit = 8 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads bodies as JSON (RFC 8259) and nothing else, strictly: UTF-8 only, no name twice in one object, only
 * well-formed Unicode without NUL. Text is brought to NFC once, here, so that lengths and comparisons mean the
 * same everywhere behind; text that no field can take stays as it is. Nothing is coerced, nothing dropped.
 *
 * A route without a body schema takes no body: what comes along is read up to the limit and ignored, whatever its type
 * or the method. What is left unread closes the connection (see `closeUnread`).
 *
 * Fastify's own reading is replaced. Kept of its duties: 413 at once for a longer Content-Length, the count of the bytes
 * that really come, 400 for a sender who breaks off, a copy of the socket's buffer. Dropped: it parses any Content-Type
 * at length, refuses odd types of empty bodies, and never reads the bodies of GET and HEAD.
 */
export function readBodies(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    const { headers } = request;
    const type = headers['content-type'];
    // Fastify would look at the type again, and refuse some: it is shown the type that it takes without a long look.
    headers['content-type'] = 'application/json';
    if (!hasBody(request.raw)) return done(null, payload);
    const reading = takesBody(request)
      ? readJson(payload, Number(headers['content-length']), type)
      : readUpTo(bodyLimit, payload).then(() => undefined);
    reading.then((body) => {
      request.body = body;
      done(null, payload);
    }, done);
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request, _payload, done) => done(null, request.body));
}

/** Whether a body comes with a request, an empty one perhaps (RFC 9112 section 6.3). */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

const takesBody = ({ routeOptions }: FastifyRequest): boolean => routeOptions.schema?.body !== undefined;

async function readJson(payload: Readable, length: number, type: string | undefined): Promise<unknown> {
  const body = length > bodyLimit ? undefined : await readUpTo(bodyLimit, payload);
  if (body === undefined) throw problem('too-large', 'The body is over 8 KiB. Send less.');
  // An empty body of any type is no body: curl -X POST and browsers send them.
  if (body.length === 0) return undefined;
  if (!isJson(type)) throw notJson();
  return parseJson(body);
}

/**
 * Reads a body to its end.
 * @returns undefined for one of more than `maxBytes`, the rest of which stays unread.
 * @throws {HungUp} when the sender breaks off.
 */
function readUpTo(maxBytes: number, payload: Readable): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    payload.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes <= maxBytes) return;
      payload.pause();
      resolve(undefined);
    });
    // A sender may be gone already.
    finished(payload, { writable: false }, (error) => {
      if (error) reject(new HungUp('The connection was closed within a body', { cause: error }));
      else resolve(Buffer.concat(chunks));
    });
  });
}

/**
 * Whether a Content-Type is JSON in UTF-8, in any of the spellings of RFC 9110 section 5.6.6. Between two runs of blanks
 * there is always a sign that must be there, so that the time grows with the length and no faster.
 */
function isJson(contentType = ''): boolean {
  return /^application\/json[\t ]*(?:;[\t ]*(?:charset=(?:utf-8|"utf-8")[\t ]*(?:;[\t ]*)?)?)?$/i.test(
    contentType,
  );
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
  const found: Found = { names: 0, heapedMarks: 0, bad: [], tooDeep: false };
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

interface Found {
  names: number;
  /** Marks in heaps so far. */
  heapedMarks: number;
  bad: string[];
  tooDeep: boolean;
}

/** Levels a body may nest; no call takes more than a few, and recursion ends somewhere. */
const deepest = 16;

/** The value with its text in NFC; counts names and collects where text cannot be used. */
function normalised(value: unknown, pointer: string, depth: number, found: Found): unknown {
  if (typeof value === 'string') {
    if (!isUsable(value)) note(pointer, found);
    return inNfc(value, found);
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

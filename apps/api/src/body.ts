import type { FieldError } from '@coatcheck/api-types';
import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
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
  app.setValidatorCompiler<TSchema>(({ schema }) => {
    const compiled = Compile(schema);
    return (value) => {
      // A missing body misses its fields: the answer then names each.
      const given = value ?? {};
      if (compiled.Check(given)) return { value: given };
      return { error: invalidRequest(fieldErrors(compiled.Errors(given), given)) };
    };
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

/** RFC 6901 section 3 and 6. */
function pointerPart(name: string): string {
  const escaped = name.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1');
  return encodeURIComponent(escaped);
}

type Mismatch = { keyword: string; instancePath: string; params: Record<string, unknown> };

/** The validator's findings as the contract has them: one for each field, the plainest first. */
function fieldErrors(mismatches: Mismatch[], body: unknown): FieldError[] {
  const errors = new Map<string, FieldError>();
  const add = (error: FieldError) => {
    if (!errors.has(error.pointer)) errors.set(error.pointer, error);
  };
  for (const { keyword, instancePath, params } of mismatches) {
    const pointer = `#${instancePath}`;
    const name = instancePath.split('/').at(-1) ?? '';
    const value = valueAt(body, instancePath);
    const length = typeof value === 'string' ? [...value].length : 0;
    const limit = Number(params.limit);
    switch (keyword) {
      case 'required':
        for (const missing of params.requiredProperties as string[]) {
          add({ pointer: `${pointer}/${missing}`, rule: 'required', detail: `Send ${missing}.` });
        }
        break;
      case 'additionalProperties':
        for (const extra of params.additionalProperties as string[]) {
          const at = `${pointer}/${pointerPart(extra)}`;
          add({
            pointer: at,
            rule: 'unknown-field',
            detail: 'This call does not know this field. Leave it out.',
          });
        }
        break;
      case 'minLength':
        add({
          pointer,
          rule: 'too-short',
          limit,
          actual: length,
          detail: `${sentence(name)} must be at least ${limit} characters. This one has ${length}.`,
        });
        break;
      case 'maxLength':
        add({
          pointer,
          rule: 'too-long',
          limit,
          actual: length,
          detail: `${sentence(name)} must be at most ${limit} characters. This one has ${length}.`,
        });
        break;
      case 'pattern':
        add({ pointer, rule: 'bad-characters', detail: usernameRule });
        break;
      case 'format':
        add({
          pointer,
          rule: 'malformed',
          detail: `${sentence(name)} does not look like one: ada@example.com does.`,
        });
        break;
      case 'type':
        add({
          pointer,
          rule: 'wrong-type',
          detail: `${sentence(name) || 'The body'} must be ${a(String(params.type))}.`,
        });
        break;
    }
  }
  return [...errors.values()];
}

const usernameRule =
  'Username can use only a to z, 0 to 9, dot, dash and underscore, with a letter or digit at both ends.';
const sentence = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const a = (type: string) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

function valueAt(body: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], body);
}

import type { FieldError, Json } from '@coatcheck/api-types';
import { pointerPart } from './fields.ts';
import { invalidRequest, problem } from './problems.ts';

/** What a session remembers: the context of the conversation, in its holder's own words. */
export type Remembered = { [key: string]: Json };

/** Bytes of what one session remembers, as JSON in UTF-8. */
const most = 2 * 1024;
/** Levels it may nest, itself the first. */
const deepest = 4;

/**
 * What is remembered after a merge patch: null removes a member, an object is merged into what is there, anything else
 * takes its place (RFC 7396 section 2).
 * @throws {ProblemError} 400 `invalid-request` when it would nest too deep or have a name or number that cannot be kept,
 *   413 `too-large`.
 */
export function patched(remembered: Remembered, patch: Remembered): Remembered {
  const result = merged(remembered, patch);
  const errors = faults(result, '#', 1);
  if (errors.length > 0) throw invalidRequest(errors);
  const size = Buffer.byteLength(JSON.stringify(result));
  if (size > most) {
    throw problem(
      'too-large',
      `A session remembers at most ${most} bytes, and this would make ${size}. Set to null what is no longer needed.`,
    );
  }
  return result;
}

function merged(target: Json | undefined, patch: Remembered): Remembered {
  const result = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, isObject(value) ? merged(result.get(name), value) : value);
  }
  // fromEntries defines, it does not assign: no name reaches a prototype.
  return Object.fromEntries(result);
}

function faults(value: Json, pointer: string, level: number): FieldError[] {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return [{ pointer, rule: 'malformed', detail: 'This number is too large to be kept.' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (level > deepest) {
    return [{ pointer, rule: 'malformed', detail: `What is remembered nests at most ${deepest} levels.` }];
  }
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = `${pointer}/${pointerPart(name)}`;
    if (reserved.has(name)) {
      return [{ pointer: at, rule: 'unknown-field', detail: 'This name cannot be kept. Choose another.' }];
    }
    return faults(inner, at, level + 1);
  });
}

/** In careless hands these reach what all objects share. */
const reserved = new Set(['__proto__', 'constructor', 'prototype']);

const isObject = (value: Json | undefined): value is Remembered =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

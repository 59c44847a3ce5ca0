import type { FieldError, Json } from '@coatcheck/api-types';
import { invalidRequest, maxErrors, problem } from '../http/problems.ts';
import { pointerPart } from '../http/validation.ts';

/** What a session remembers: the context of the conversation, in its holder's own words. */
export type Remembered = { [key: string]: Json };

/** Bytes of what one session remembers, as JSON in UTF-8. */
export const maxRememberedBytes = 2 * 1024;
/** Levels it may nest, itself the first. */
export const maxRememberedLevels = 4;

/**
 * Applies a merge patch to what is remembered: null removes a member, an object is merged into what is there, anything else
 * takes its place (RFC 7396 section 2).
 * @returns what is remembered from then on. Neither argument is changed.
 * @throws {ProblemError} 400 `invalid-request` when the result would nest too deep or have a name or number that cannot be kept,
 *   413 `too-large`.
 */
export function patched(remembered: Remembered, patch: Remembered): Remembered {
  const result = merged(remembered, patch);
  const errors: FieldError[] = [];
  collectFaults(result, '#', 1, errors);
  if (errors.length > 0) throw invalidRequest(errors);
  const size = Buffer.byteLength(JSON.stringify(result));
  if (size > maxRememberedBytes) {
    throw problem(
      'too-large',
      `A session remembers at most ${maxRememberedBytes} bytes, and this would make ${size}. Set to null what is no longer needed.`,
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

/** Adds the places that cannot be kept to `errors`, until an answer takes no more of them. */
function collectFaults(value: Json, pointer: string, level: number, errors: FieldError[]): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    errors.push({ pointer, rule: 'malformed', detail: 'This number is too large to be kept.' });
  }
  if (typeof value !== 'object' || value === null) return;
  if (level > maxRememberedLevels) {
    const detail = `What is remembered nests at most ${maxRememberedLevels} levels.`;
    errors.push({ pointer, rule: 'malformed', detail });
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (errors.length >= maxErrors) return;
    const at = `${pointer}/${pointerPart(name)}`;
    if (reserved.has(name)) {
      errors.push({
        pointer: at,
        rule: 'unknown-field',
        detail: 'This name cannot be kept. Choose another.',
      });
    } else collectFaults(inner, at, level + 1, errors);
  }
}

/** Names by which careless code reaches the prototype that all objects share. */
const reserved = new Set(['__proto__', 'constructor', 'prototype']);

const isObject = (value: Json | undefined): value is Remembered =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

import type { FieldError, Json } from '@coatcheck/api-types';
import { invalidRequest, maxErrors, problem } from '../http/problems.ts';
import { pointerPart } from '../http/validation.ts';

/** The object that a session remembers, in the words of its visitor. */
export type Remembered = { [key: string]: Json };

/** Bytes of the object that one session remembers, as JSON in UTF-8. */
export const maxRememberedBytes = 2 * 1024;
/** Levels that the object may nest. The object itself is the first. */
export const maxRememberedLevels = 4;

/**
 * Applies a merge patch to the object that is remembered: null removes a member, an object is merged into the member,
 * any other value replaces it (RFC 7396 section 2).
 * @returns the object to remember from then on. Neither argument is changed.
 * @throws {ProblemError} 400 `invalid-request` when the result nests too deep or has a name or number that cannot be
 * kept, 413 `too-large` when it has more than {@link maxRememberedBytes}.
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

/** Adds an error for each place that cannot be kept to `errors`, until there are {@link maxErrors}. */
function collectFaults(value: Json, pointer: string, level: number, errors: FieldError[]): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    errors.push({ pointer, rule: 'malformed', detail: 'This number is too large to store.' });
  }
  if (typeof value !== 'object' || value === null) return;
  if (level > maxRememberedLevels) {
    const detail = `What a session remembers can be nested at most ${maxRememberedLevels} levels deep.`;
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
        detail: 'This name is not allowed. Choose another.',
      });
    } else collectFaults(inner, at, level + 1, errors);
  }
}

/** Names by which careless code reaches the prototype that all objects share. */
const reserved = new Set(['__proto__', 'constructor', 'prototype']);

const isObject = (value: Json | undefined): value is Remembered =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

import type { FieldError } from '@coatcheck/api-types';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { invalidRequest, maxErrors } from './problems.ts';

/** Checks the body and the query of every request against the schema of its route. A refusal names each field that does not fit. */
export function validateFields(app: FastifyInstance): void {
  // Fastify loads Ajv in any case. The schemas are ours, so they are not checked themselves, and keep TypeBox's keywords.
  const ajv = new Ajv({
    allErrors: true,
    ownProperties: true,
    strict: false,
    validateSchema: false,
    meta: false,
  });
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    // Compiled at the first use, some milliseconds each, so that the start does not wait for all of them.
    let fits: ValidateFunction | undefined;
    return (value) => {
      fits ??= ajv.compile(schema);
      const given = httpPart === 'querystring' ? numbered(value, schema) : (value ?? {});
      if (!fits(given)) {
        // A missing body lacks all its required fields, and the problem names each.
        return { error: invalidRequest(fieldErrors(fits.errors ?? [], given)) };
      }
      // Fastify passes null for a missing body.
      if (value === null && !isOptional(schema)) return { error: invalidRequest([missingBody]) };
      return { value: given };
    };
  });
}

/** @returns whether a body may be missing, which its schema says by a default (JSON Schema Validation section 9.2). */
export const isOptional = (schema: object): boolean => 'default' in schema;

/** The error for a missing body where the schema requires no field: a merge patch must be an object. */
const missingBody: FieldError = {
  pointer: '#',
  rule: 'required',
  detail: 'A body is required: a JSON object with the fields to change.',
};

/** @returns a copy of a schema. @param minLength code points that the string in `field` must have */
export function withMinLength<S extends { properties: Record<string, TSchema> }>(
  schema: S,
  field: keyof S['properties'] & string,
  minLength: number,
): S {
  const { properties } = schema;
  return { ...schema, properties: { ...properties, [field]: { ...properties[field], minLength } } };
}

/** @returns the query, with numbers where its schema wants whole numbers. A query itself has only strings. */
function numbered(
  query: Record<string, unknown>,
  schema: TSchema & { properties?: Record<string, TSchema & { type?: string }> },
) {
  const isNumber = (name: string, value: unknown) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) && schema.properties?.[name]?.type === 'integer';
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, isNumber(name, value) ? Number(value) : value]),
  );
}

/** @returns a name as a part of a JSON Pointer in a URI fragment (RFC 6901 sections 3 and 6). */
export function pointerPart(name: string): string {
  const escaped = name.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1');
  return encodeURIComponent(escaped);
}

/** The error for a body of another kind altogether. */
const unfitBody: FieldError = {
  pointer: '#',
  rule: 'malformed',
  detail: 'The body does not match the schema of this call; see /docs.',
};

/** @returns the validator's findings as the contract has them, at most one for each field. */
function fieldErrors(mismatches: ErrorObject[], body: unknown): FieldError[] {
  const errors = new Map<string, FieldError>();
  const add = (error: FieldError) => {
    if (!errors.has(error.pointer)) errors.set(error.pointer, error);
  };
  for (const { keyword, instancePath, params } of mismatches.slice(0, maxErrors)) {
    const pointer = `#${instancePath}`;
    const name = instancePath.split('/').at(-1) ?? '';
    const value = valueAt(body, instancePath);
    const length = typeof value === 'string' ? [...value].length : 0;
    const limit = Number(params.limit);
    switch (keyword) {
      case 'required': {
        const missing = String(params.missingProperty);
        add({
          pointer: `${pointer}/${missing}`,
          rule: 'required',
          detail: `${sentence(missing)} is required.`,
        });
        break;
      }
      case 'additionalProperties': {
        const unknown = String(params.additionalProperty);
        add({
          pointer: `${pointer}/${pointerPart(unknown)}`,
          rule: 'unknown-field',
          detail: `Unknown field${unknown.length <= maxNameShown ? ` ${JSON.stringify(unknown)}` : ''}. Remove it.`,
        });
        break;
      }
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
        add({
          pointer,
          rule: forms.has(name) ? 'malformed' : 'bad-characters',
          detail: shapes[name] ?? `${sentence(name)} contains characters that are not allowed.`,
        });
        break;
      case 'format':
        add({
          pointer,
          rule: 'malformed',
          detail: shapes[name] ?? `${sentence(name)} has the wrong format.`,
        });
        break;
      case 'minimum':
      case 'maximum':
        add({
          pointer,
          rule: 'malformed',
          detail: `${sentence(name)} must be at ${keyword === 'minimum' ? 'least' : 'most'} ${limit}.`,
        });
        break;
      case 'type':
        add({
          pointer,
          rule: 'wrong-type',
          detail: `${sentence(name) || 'The body'} must be ${[params.type]
            .flat()
            .map((type) => a(String(type)))
            .join(' or ')}.`,
        });
        break;
    }
  }
  return errors.size === 0 ? [unfitBody] : [...errors.values()];
}

/** Characters of an unknown field's name that a detail repeats. A longer name stands in the pointer alone. */
const maxNameShown = 64;

/** Fields whose pattern describes the form of the whole text, not the set of allowed characters. */
const forms = new Set(['email']);

/** By field: a sentence for a person whose value breaks the pattern or format. */
const shapes: Record<string, string> = {
  username:
    'Username can use only a to z, 0 to 9, dot, dash and underscore, with a letter or digit at both ends.',
  email: 'Email must look like ada@example.com.',
};
/** `newPassword` as the beginning of a sentence: "New password". */
const sentence = (name: string) => {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};
const a = (type: string) => (type === 'null' ? type : /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

function valueAt(body: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], body);
}

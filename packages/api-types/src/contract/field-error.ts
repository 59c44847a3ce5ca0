import { Type } from '../type.ts';
import { oneOf, schemaOf, strict } from './schema.ts';

/** The rule that a field breaks. A closed union: switch on it, never on text. */
export type FieldRule =
  | 'required'
  | 'wrong-type'
  | 'too-short'
  | 'too-long'
  | 'bad-characters'
  | 'too-common'
  | 'is-username'
  | 'unknown-field'
  | 'malformed';
export const FieldRule = schemaOf<FieldRule>()(
  oneOf(
    [
      'required',
      'wrong-type',
      'too-short',
      'too-long',
      'bad-characters',
      'too-common',
      'is-username',
      'unknown-field',
      'malformed',
    ],
    'The rule that a field breaks.',
  ),
);

/** A place in a request that does not fit. */
export interface FieldError {
  /** JSON Pointer as a URI fragment (RFC 6901 section 6), `#/password`; `#` is the whole body. */
  pointer: string;
  rule: FieldRule;
  /** The advice for a person. */
  detail: string;
  /** The length that is allowed, in code points, where `rule` is about length. */
  limit?: number;
  /** The length that was found, in code points, where `rule` is about length. */
  actual?: number;
}
export const FieldError = schemaOf<FieldError>()(
  Type.Object(
    {
      pointer: Type.String({
        description: 'JSON Pointer as a URI fragment, #/password; # is the whole body.',
      }),
      rule: FieldRule,
      detail: Type.String({ description: 'What to do, for a person.' }),
      limit: Type.Optional(Type.Integer({ description: 'The length that is allowed, in code points.' })),
      actual: Type.Optional(Type.Integer({ description: 'The length that was found, in code points.' })),
    },
    { ...strict, description: 'A field that breaks a rule.' },
  ),
);

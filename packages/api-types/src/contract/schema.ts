import type { Static, TSchema } from 'typebox';
import { Type } from '../type.ts';

// The pieces of the contract's schemas. Each noun's file has the type and the schema under one name, so that one import
// brings both, and editors show the docstring of the type for both.

/** `unknown` for a schema that describes exactly `T`; for any other schema a member that no schema has. */
type DescribesExactly<Schema extends TSchema, T> =
  (<X>() => X extends Static<Schema> ? 1 : 2) extends <X>() => X extends T ? 1 : 2
    ? unknown
    : { 'This schema and its type differ. The schema describes': Static<Schema> };

/**
 * Proves to the compiler that a schema and a type describe the same values.
 * @example
 * export const Health = schemaOf<Health>()(Type.Object({ status: Type.Literal('ok') }));
 * @returns a function that returns the schema it is given. A call with a schema that allows more, less or other values
 *   than `T` does not compile.
 */
export const schemaOf =
  <T>() =>
  <Schema extends TSchema>(schema: Schema & DescribesExactly<Schema, T>): Schema =>
    schema;

/** A time, ISO 8601 in UTC. @param description which time, as a sentence */
export const instant = (description: string) =>
  Type.String({ format: 'date-time', description: `${description} ISO 8601 in UTC.` });

/** Text or null. `type` is a list, not `anyOf`: validators and serializers need no trial and error for a list. */
export const textOrNull = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description });

/** The schema's values, and null. */
export const orNull = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** A text of a closed set. The schema has a `type`: code generators turn an enum without one into "any value". */
export const oneOf = <const Values extends string[]>(values: [...Values], description?: string) =>
  Type.Enum(values, { type: 'string', ...(description && { description }) });

/** The option for objects that have no other fields than those that are named. */
export const strict = { additionalProperties: false };

/** {@link strict}, with a description and an example for the OpenAPI document. A test holds every example valid. */
export const shown = <T>(description: string, example: T) => ({
  ...strict,
  description,
  examples: [example],
});

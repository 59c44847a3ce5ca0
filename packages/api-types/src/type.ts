import type { Type as TypeBox } from 'typebox';

const hidden = (value: unknown) => ({ value, enumerable: false, configurable: true, writable: true });

const made = (kind: string, keywords: object, options?: object) =>
  Object.defineProperty({ ...keywords, ...options }, '~kind', hidden(kind));

const marked = (schema: object, mark: string, value: unknown) =>
  Object.defineProperty(
    Object.defineProperties({}, Object.getOwnPropertyDescriptors(schema)),
    mark,
    hidden(value),
  );

/**
 * The part of TypeBox's `Type` that the contract uses. The schemas are the same, hidden properties included, so that
 * TypeBox's own functions take them. An import of TypeBox itself loads 370 modules, at each start of the server.
 */
export const Type = {
  Any: (options?: object) => made('Any', {}, options),
  Array: (items: object, options?: object) => made('Array', { type: 'array', items }, options),
  Boolean: (options?: object) => made('Boolean', { type: 'boolean' }, options),
  Enum: (values: string[], options?: object) => made('Enum', { enum: values }, options),
  Integer: (options?: object) => made('Integer', { type: 'integer' }, options),
  Literal: (value: unknown, options?: object) =>
    made('Literal', { type: typeof value, const: value }, options),
  Null: (options?: object) => made('Null', { type: 'null' }, options),
  Object: (properties: Record<string, object>, options?: object) => {
    const required = Object.keys(properties).filter((name) => !('~optional' in (properties[name] ?? {})));
    return made('Object', { type: 'object', ...(required.length > 0 && { required }), properties }, options);
  },
  Optional: (schema: object) => marked(schema, '~optional', true),
  String: (options?: object) => made('String', { type: 'string' }, options),
  Union: (anyOf: object[], options?: object) => made('Union', { anyOf }, options),
  Unsafe: (schema: object) => marked(schema, '~unsafe', null),
} as unknown as Pick<
  typeof TypeBox,
  | 'Any'
  | 'Array'
  | 'Boolean'
  | 'Enum'
  | 'Integer'
  | 'Literal'
  | 'Null'
  | 'Object'
  | 'Optional'
  | 'String'
  | 'Union'
  | 'Unsafe'
>;

import { Type as TypeBox } from 'typebox';
import { expect, it } from 'vitest';
import { Type } from './type.ts';

type Maker = typeof Type;

/** A schema with its hidden properties, at every depth. */
function whole(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.entries(Object.getOwnPropertyDescriptors(schema)).map(([name, { value, ...more }]) => [
    name,
    whole(value),
    more,
  ]);
}

const examples: Record<keyof Maker, (make: Maker) => object> = {
  Any: (make) => make.Any({ description: 'A coat.' }),
  Array: (make) => make.Array(make.String(), { maxItems: 3 }),
  Boolean: (make) => make.Boolean(),
  Enum: (make) => make.Enum(['hat', 'coat'], { type: 'string' }),
  Integer: (make) => make.Integer({ minimum: 1 }),
  Literal: (make) => make.Array(make.Union([make.Literal('Lax'), make.Literal(401), make.Literal(true)])),
  Null: (make) => make.Null({ description: 'Nothing.' }),
  Object: (make) =>
    make.Object({ hook: make.Integer(), none: make.Object({}) }, { additionalProperties: false }),
  Optional: (make) =>
    make.Object({ note: make.Optional(make.String({ maxLength: 9 })), list: make.Optional(make.Unsafe({})) }),
  String: (make) => make.String({ format: 'date-time' }),
  Union: (make) => make.Union([make.String(), make.Null()], { description: 'A note.' }),
  Unsafe: (make) => make.Unsafe<string | null>({ type: ['string', 'null'] }),
};

it.each(Object.entries(examples))('makes what TypeBox makes: %s', (_name, example) => {
  expect(whole(example(Type))).toEqual(whole(example(TypeBox)));
});

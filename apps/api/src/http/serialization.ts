import fastJsonStringify from 'fast-json-stringify';
import type { FastifyInstance } from 'fastify';

/** Serializes the body of each response by the schema of its route. A property that the schema does not name is left out. */
export function serializeBySchema(app: FastifyInstance): void {
  // Fastify would compile all schemas at the start, some milliseconds each, most for responses that are rare.
  app.setSerializerCompiler<object>(({ schema }) => {
    let serialize: Serialize | undefined;
    return (value) => {
      serialize ??= serializerOf(schema);
      return serialize(value);
    };
  });
}

type Serialize = (value: unknown) => string;
/** By their schemas. All routes have the schema of problems in common. */
const compiled = new WeakMap<object, Serialize>();

function serializerOf(schema: object): Serialize {
  const known = compiled.get(schema);
  if (known) return known;
  const serialize = fastJsonStringify(schema);
  compiled.set(schema, serialize);
  return serialize;
}

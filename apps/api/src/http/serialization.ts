import fastJsonStringify from 'fast-json-stringify';
import type { FastifyInstance } from 'fastify';

/** Serializes the body of each response by the schema of its route. A property that the schema does not name is left out. */
export function serializeBySchema(app: FastifyInstance): void {
  app.setSerializerCompiler<object>(({ schema }) => {
    // Fastify compiles all schemas at the start, some milliseconds each, most for responses that are rare.
    let serialize: ((value: unknown) => string) | undefined;
    return (value) => {
      serialize ??= fastJsonStringify(schema);
      return serialize(value);
    };
  });
}

import fastJsonStringify from 'fast-json-stringify';
import type { FastifyInstance } from 'fastify';

/** Writes the body of each response by the schema of its route: a property that the schema does not name never leaves. */
export function writeBySchema(app: FastifyInstance): void {
  app.setSerializerCompiler<object>(({ schema }) => {
    // Compiled at the first use, some milliseconds each, so that the start does not wait for all of them.
    let write: ((value: unknown) => string) | undefined;
    return (value) => {
      write ??= fastJsonStringify(schema);
      return write(value);
    };
  });
}

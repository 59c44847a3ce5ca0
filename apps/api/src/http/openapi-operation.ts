import type { FastifySchema } from 'fastify';
import { isOptional } from './validation.ts';

/** A JSON Schema, as far as the document looks into one; or a response that has its content spelled out. */
interface Schema {
  type?: string;
  description?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  examples?: unknown[];
  headers?: object;
  content?: object;
}

/** @returns an Operation Object (OpenAPI 3.1.1 section 4.8.10). @param schema the schema of a route */
export function operationOf({ body, querystring, params, response, ...about }: FastifySchema): object {
  const { operationId, summary, tags, description, security } = about;
  const parameters = [
    ...parametersOf('query', querystring as Schema),
    ...parametersOf('path', params as Schema),
  ];
  const responses = Object.entries(response as Record<string, Schema>);
  return {
    operationId,
    summary,
    tags,
    ...(description && { description }),
    ...(body !== undefined && {
      requestBody: { required: !isOptional(body as Schema), ...messageOf(body as Schema) },
    }),
    ...(parameters.length > 0 && { parameters }),
    ...(security && { security }),
    responses: Object.fromEntries(responses.map(([status, schema]) => [status, messageOf(schema)])),
  };
}

const parametersOf = (place: 'query' | 'path', { properties = {}, required = [] }: Schema = {}) =>
  Object.entries(properties).map(([name, { description, ...schema }]) => ({
    schema,
    in: place,
    name,
    required: required.includes(name),
    ...(description && { description }),
  }));

/** @returns a body of a request, or a response: its description, headers and content, with the example beside the schema. */
function messageOf(given: Schema): object {
  const { examples: [example] = [], headers, content, ...schema } = given;
  const json = { schema, ...(example !== undefined && { example }) };
  return {
    description: schema.description,
    ...(headers && { headers }),
    ...(content ? { content } : schema.type !== 'null' && { content: { 'application/json': json } }),
  };
}

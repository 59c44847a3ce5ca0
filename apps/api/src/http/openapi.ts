import * as schemas from '@coatcheck/api-types/schemas';
import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import manifest from '../../package.json' with { type: 'json' };
import { problemTypes } from './problem-types.ts';

/**
 * Collects the routes that are registered after it into an OpenAPI 3.1 document; `app.swagger()` gives it. The
 * registration of a route throws if the route is part of the API and has no response schema.
 * @param cookieName the name of the session's cookie.
 */
export async function describeApi(app: FastifyInstance, cookieName: string): Promise<void> {
  app.addHook('onRoute', ({ method, url, schema }) => {
    if (!schema?.hide && !schema?.response) {
      throw new Error(`${method} ${url} has no response schema: it would answer whatever it holds.`);
    }
  });
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.1',
      info: {
        title: 'Coatcheck',
        version: manifest.version,
        license: { name: 'MIT', identifier: 'MIT' },
        description:
          'Cookie sessions: hand over your coat, get a ticket, show the ticket. The cookie is set by `POST /register` and `POST /login`.',
      },
      components: {
        securitySchemes: {
          ticket: {
            type: 'apiKey',
            in: 'cookie',
            name: cookieName,
            description: 'Set by `POST /register` and `POST /login`. Browsers send it by themselves.',
          },
        },
      },
      tags: [
        { name: 'session', description: 'Who you are to the server' },
        { name: 'account', description: 'What is yours' },
        { name: 'server', description: 'For those who run it or build on it' },
      ],
    },
    transform: ({ schema, url, route }) => ({
      url,
      schema: withRefusals(schema, `${String(route.method)} ${url.replaceAll(/:(\w+)/g, '{$1}')}`),
    }),
    transformObject: (document) =>
      'openapiObject' in document ? named(document.openapiObject) : document.swaggerObject,
  });
}

/** @returns the schema of a route with the responses of its refusals, which the types package lists for each call. */
function withRefusals(schema: FastifySchema = {}, call: string): FastifySchema {
  const slugs = Object.entries(schemas.refusals).find(([name]) => name === call)?.[1] ?? [];
  const byStatus = Object.groupBy(slugs, (slug) => problemTypes[slug].status);
  const refusals = Object.entries(byStatus).map(([status, group = []]) => {
    const all = group.map((slug) => schemas.problemSchemas[slug]);
    return [
      status,
      {
        description: group.map((slug) => problemTypes[slug].title).join(', or: '),
        ...(['429', '503'].includes(status) && {
          headers: { 'Retry-After': { type: 'integer', description: 'Seconds to wait.' } },
        }),
        content: { 'application/problem+json': { schema: all.length === 1 ? all[0] : { oneOf: all } } },
      },
    ];
  });
  return { ...schema, response: { ...(schema.response as object), ...Object.fromEntries(refusals) } };
}

/**
 * Moves the schemas that have a name in the types package to `components` and leaves references, so that generators
 * keep the names.
 */
function named<T extends object>(document: T): T {
  const names = new Map<string, string>();
  for (const [name, schema] of Object.entries(schemas)) {
    if (/^[A-Z]/.test(name)) names.set(fingerprint(schema), name);
  }
  const used: Record<string, unknown> = {};
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    const inner = () => Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
    const name = names.get(fingerprint(node));
    if (name === undefined) return inner();
    used[name] ??= inner();
    return { $ref: `#/components/schemas/${name}` };
  };
  const walked = walk(document) as T & { components?: object };
  return { ...walked, components: { ...walked.components, schemas: used } };
}

/**
 * @returns a text that is the same for a schema of the package and for its form in the document, which has `const`
 * written as `enum`, examples at OpenAPI's place, and this server's least length.
 */
const fingerprint = (schema: unknown): string =>
  JSON.stringify(schema, (key, value) => {
    if (['minLength', 'example', 'examples'].includes(key)) return undefined;
    if (typeof value !== 'object' || value === null || !('const' in value)) return value;
    const { const: only, ...rest } = value;
    return { ...rest, enum: [only] };
  });

import * as schemas from '@coatcheck/api-types/schemas';
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';
import type { Config } from '../config.ts';
import { version } from '../installation.ts';
import { operationOf } from './openapi-operation.ts';
import { problemTypes } from './problem-types.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** @returns the OpenAPI 3.1 document of the routes, made at the first call. */
    openapi(): object;
  }
  interface FastifySchema {
    /** Whether the route is no part of the API. */
    hide?: boolean;
    summary?: string;
    description?: string;
    operationId?: string;
    tags?: string[];
    security?: Record<string, string[]>[];
  }
}

/**
 * Collects the routes that are registered after it into an OpenAPI 3.1 document; `app.openapi()` gives it. The
 * registration of a route throws if the route is part of the API and has no response schema.
 * @param cookieName the name of the session's cookie.
 */
export function describeApi(
  app: FastifyInstance,
  { basePath }: Pick<Config, 'basePath'>,
  cookieName: string,
): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    const { method, url, schema } = route;
    if (schema?.hide) return;
    if (!schema?.response) {
      throw new Error(`${method} ${url} has no response schema: it would answer whatever it holds.`);
    }
    // Every GET has a HEAD beside it, which says nothing new.
    if (method !== 'HEAD') routes.push(route);
  });
  let document: object | undefined;
  app.decorate('openapi', () => {
    document ??= named(documentOf(routes, basePath, cookieName));
    return document;
  });
}

function documentOf(routes: RouteOptions[], basePath: string, cookieName: string) {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, url, schema } of routes) {
    const path = url.replaceAll(/:(\w+)/g, '{$1}');
    const operation = operationOf(withRefusals(schema, `${method} ${path}`));
    paths[path] = { ...paths[path], [String(method).toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Coatcheck',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'Accounts and cookie sessions. `POST /register` and `POST /login` set the session cookie; every other call reads it.',
    },
    servers: [{ url: basePath || '/' }],
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
    paths,
    tags: [
      { name: 'Sessions', description: 'Log in and out, and store data with or without a login.' },
      { name: 'Account', description: 'Register, and manage the account that is logged in.' },
      { name: 'Server', description: 'Health checks for operators, and this reference.' },
    ],
  };
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
          headers: {
            'Retry-After': {
              schema: { type: 'integer' },
              description: 'Seconds to wait before the next attempt.',
            },
          },
        }),
        content: { 'application/problem+json': { schema: all.length === 1 ? all[0] : { oneOf: all } } },
      },
    ];
  });
  return { ...schema, response: { ...(schema.response as object), ...Object.fromEntries(refusals) } };
}

/**
 * Moves the schemas that have a name in the types package to `components` and leaves references, so that generators
 * keep the names. Writes `const` as `enum`, which more generators know.
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
    const inner = () =>
      Object.fromEntries(
        Object.entries(node).map(([key, value]) =>
          key === 'const' ? ['enum', [value]] : [key, walk(value)],
        ),
      );
    const name = names.get(fingerprint(node));
    if (name === undefined) return inner();
    used[name] ??= inner();
    return { $ref: `#/components/schemas/${name}` };
  };
  const walked = walk(document) as T & { components?: object };
  return { ...walked, components: { ...walked.components, schemas: used } };
}

/**
 * @returns a text that is the same for a schema of the package and for its form in the document, which has examples at
 * OpenAPI's place, and this server's least length.
 */
const fingerprint = (schema: unknown): string =>
  JSON.stringify(schema, (key, value) =>
    ['minLength', 'example', 'examples'].includes(key) ? undefined : value,
  );

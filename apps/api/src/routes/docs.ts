import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Type } from '@coatcheck/api-types/type';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { asPage } from '../http/headers.ts';

const own = resolve(import.meta.dirname, '../../pages');
const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** The files of the reference page, all served from here. */
const files = [
  { root: own, names: ['page.css', 'docs.js'] },
  { root: swaggerUi, names: ['swagger-ui.css', 'swagger-ui-bundle.js'] },
];

/** GET /openapi.json, the contract made from the routes' own schemas, and GET /docs, a page to read and try it. */
export const docs: FastifyPluginAsyncTypebox = async (app) => {
  const page = readFileSync(join(own, 'docs.html'), 'utf8');

  app.get(
    '/openapi.json',
    {
      schema: {
        summary: 'This document',
        operationId: 'openapi',
        tags: ['server'],
        response: {
          200: Type.Unsafe<object>({
            type: 'object',
            additionalProperties: true,
            description: 'An OpenAPI 3.1 document',
          }),
        },
      },
    },
    async () => app.swagger(),
  );

  app.get(
    '/docs',
    {
      schema: {
        summary: 'A page to read and try the API',
        operationId: 'docs',
        tags: ['server'],
        response: { 200: { description: 'A page', content: { 'text/html': { schema: Type.String() } } } },
      },
    },
    async (_request, reply) => {
      asPage(reply);
      return page;
    },
  );

  await app.register(fastifyStatic, { root: files.map(({ root }) => root), serve: false });
  for (const { root, names } of files) {
    for (const name of names) {
      // Browsers ask again each time, and get 304 as long as the file is the same.
      app.get(`/docs/${name}`, { schema: { hide: true } }, (_request, reply) =>
        reply.sendFile(name, root, { cacheControl: false }).header('cache-control', 'no-cache'),
      );
    }
  }
};

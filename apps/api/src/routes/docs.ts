import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { asPage } from '../headers.ts';

const own = resolve(import.meta.dirname, '../../pages');
const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** What the reference page is made of, all served from here. */
const files = {
  'page.css': { from: own, type: 'text/css; charset=utf-8' },
  'docs.js': { from: own, type: 'text/javascript; charset=utf-8' },
  'swagger-ui.css': { from: swaggerUi, type: 'text/css; charset=utf-8' },
  'swagger-ui-bundle.js': { from: swaggerUi, type: 'text/javascript; charset=utf-8' },
};

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
        response: { 200: Type.Unsafe<object>({ type: 'object', additionalProperties: true }) },
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

  for (const [name, { from, type }] of Object.entries(files)) {
    app.get(`/docs/${name}`, { schema: { hide: true } }, (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', 'no-cache')
        .send(readFileSync(join(from, name))),
    );
  }
};

import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
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
    async () => app.openapi(),
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

  for (const { root, names } of files) {
    for (const name of names) {
      app.get(`/docs/${name}`, { schema: { hide: true } }, (request, reply) =>
        sendFile(join(root, name), request, reply),
      );
    }
  }
};

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Sends a file, or 304 if the client has it. Browsers ask again each time. */
async function sendFile(
  path: string,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { size, mtimeMs } = await stat(path);
  const etag = `W/"${size.toString(16)}-${Math.trunc(mtimeMs).toString(16)}"`;
  reply.headers({ etag, 'cache-control': 'no-cache', 'content-type': types[extname(path)] });
  if (headers['if-none-match']?.includes(etag)) return reply.code(304).send();
  return reply.header('content-length', size).send(createReadStream(path));
}

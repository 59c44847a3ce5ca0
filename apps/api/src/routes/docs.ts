import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Config } from '../config.ts';
import { asPage } from '../http/headers.ts';
import type { Frame } from '../http/html.ts';
import { ownOrigins } from '../http/origins.ts';
import type { Document } from './reference/openapi-types.ts';

/** GET /openapi.json, the contract made from the routes' own schemas, and GET /docs, a page to read and try it. */
export const docs: FastifyPluginAsyncTypebox<{ config: Config; frame: Frame }> = async (
  app,
  { config, frame },
) => {
  app.get(
    '/openapi.json',
    {
      schema: {
        summary: 'Get the OpenAPI document',
        operationId: 'openapi',
        tags: ['Server'],
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

  let page: string | undefined;
  async function written(): Promise<string> {
    // Loaded at the first use: most processes are never asked.
    const { referenceOf } = await import('./reference/page.ts');
    const [server = ''] = ownOrigins(app, config);
    const content = referenceOf(app.openapi() as Document, server);
    return frame({ title: 'The API', path: '/docs', content, isReference: true, hasScript: true });
  }

  app.get(
    '/docs',
    {
      schema: {
        summary: 'Read and try the API in a browser',
        operationId: 'docs',
        tags: ['Server'],
        response: { 200: { description: 'A page', content: { 'text/html': { schema: Type.String() } } } },
      },
    },
    async (_request, reply) => {
      page ??= await written();
      asPage(reply);
      return page;
    },
  );
};

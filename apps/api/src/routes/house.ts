import { NotFound } from '@coatcheck/api-types/schemas';
import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Config } from '../config.ts';
import { problem } from '../http/problems.ts';

/** The path of the logo, where one is set. */
export const logoPath = '/house/logo';

/** GET /house/logo: the picture that stands beside the name of this server. */
export const house: FastifyPluginAsyncTypebox<{ config: Config }> = async (app, { config }) => {
  const schema = {
    summary: 'Get the logo of this server',
    description: 'Whether there is one, `house` of `GET /session` says. Pages of any origin may show it.',
    operationId: 'logo',
    tags: ['Server'],
    response: {
      200: {
        description: 'A picture',
        headers: { ETag: { schema: { type: 'string' }, description: 'A digest of the picture.' } },
        content: { 'image/svg+xml': { schema: Type.String() }, 'image/png': { schema: Type.Any() } },
      },
      304: Type.Null({ description: 'The picture is the one that If-None-Match names' }),
      404: {
        description: 'No logo is set',
        content: { 'application/problem+json': { schema: NotFound } },
      },
    },
  };

  app.get(logoPath, { schema }, async ({ headers }, reply) => {
    const { logo } = config.house;
    if (!logo) throw problem('not-found', 'This server has no logo. Its operator can set HOUSE_LOGO.');
    const etag = `"${logo.digest}"`;
    reply.headers({
      etag,
      'content-type': logo.type,
      'cache-control': 'no-cache',
      'content-security-policy': logoPolicy,
      'cross-origin-resource-policy': 'cross-origin',
    });
    if (headers['if-none-match']?.includes(etag)) return reply.code(304).send(null);
    return reply.send(logo.content);
  });
};

/** An SVG that is opened by itself is a document of this origin: it may use its own styles, and nothing else. */
const logoPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

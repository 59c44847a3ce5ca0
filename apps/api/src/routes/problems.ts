import type { ProblemSlug } from '@coatcheck/api-types';
import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { maxBodyBytes } from '../http/body.ts';
import { maxChunksPerTurn } from '../http/body-chunks.ts';
import { asPage } from '../http/headers.ts';
import { problemTypes, type StatedLimits } from '../http/problem-types.ts';
import { maxRememberedBytes } from '../session/memory.ts';

/** Each limit from the module that holds it. */
const limits: StatedLimits = { maxBodyBytes, maxChunksPerTurn, maxRememberedBytes };

/** GET /problems/{slug}: where the `type` of every problem leads. */
export const problemPages: FastifyPluginAsyncTypebox = async (app) => {
  const schema = {
    summary: 'What a problem means and what to do',
    operationId: 'problem',
    tags: ['server'],
    params: Type.Object({ slug: Type.String() }),
    response: { 200: { description: 'A page', content: { 'text/html': { schema: Type.String() } } } },
  };

  app.get('/problems/:slug', { schema }, async (request, reply) => {
    const { slug } = request.params;
    if (!isSlug(slug)) return reply.callNotFound();
    asPage(reply);
    return pageOf(slug);
  });
};

const isSlug = (slug: string): slug is ProblemSlug => Object.hasOwn(problemTypes, slug);

function pageOf(slug: ProblemSlug): string {
  const { status, title, means, todo } = problemTypes[slug];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · Coatcheck</title>
    <link rel="icon" href="/favicon.svg" />
    <link rel="stylesheet" href="/docs/page.css" />
  </head>
  <body class="explained">
    <main>
      <p class="about"><code>${status} ${slug}</code></p>
      <h1>${title}</h1>
      <h2>What happened</h2>
      <p>${typeof means === 'string' ? means : means(limits)}</p>
      <h2>What to do</h2>
      <p>${todo}</p>
      <p><a href="/docs">The API</a> · <a href="/">Coatcheck</a></p>
    </main>
  </body>
</html>
`;
}

import type { NotLoggedInReason, ProblemSlug } from '@coatcheck/api-types';
import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Config } from '../config.ts';
import { maxBodyBytes } from '../http/body.ts';
import { maxChunksPerTurn } from '../http/body-chunks.ts';
import { callsBelow } from '../http/calls-below.ts';
import { asPage } from '../http/headers.ts';
import { type Frame, type Html, html, withCode } from '../http/html.ts';
import { problemTypes, type StatedLimits } from '../http/problem-types.ts';
import { whyNotLoggedIn } from '../http/problems.ts';
import { maxRememberedBytes } from '../session/memory.ts';

/** Each limit from the module that holds it. */
const limits: StatedLimits = { maxBodyBytes, maxChunksPerTurn, maxRememberedBytes };

/** GET /problems/{slug}: where the `type` of every problem leads. GET /problems: a list of these pages. */
export const problemPages: FastifyPluginAsyncTypebox<{ frame: Frame; config: Config }> = async (
  app,
  { frame, config },
) => {
  const about = {
    tags: ['Server'],
    response: { 200: { description: 'A page', content: { 'text/html': { schema: Type.String() } } } },
  };
  const list = { ...about, summary: 'Read the list of errors', operationId: 'problems' };
  const one = {
    ...about,
    summary: 'Read what an error means and what to do',
    operationId: 'problem',
    params: Type.Object({ slug: Type.String({ description: 'The last part of the `type` of a problem.' }) }),
  };

  app.get('/problems', { schema: list }, async (_request, reply) => {
    asPage(reply);
    return frame({ title: 'Errors', path: '/problems', content: listOfAll(), isReference: true });
  });

  app.get('/problems/:slug', { schema: one }, async (request, reply) => {
    const { slug } = request.params;
    if (!isSlug(slug)) return reply.callNotFound();
    asPage(reply);
    return frame({ title: problemTypes[slug].title, content: contentOf(slug, config), isReference: true });
  });
};

const isSlug = (slug: string): slug is ProblemSlug => Object.hasOwn(problemTypes, slug);

const listOfAll = (): Html => html`<h1>Errors</h1>
<p class="lead">Every error of the API is a problem of RFC 9457, sent as <code>application/problem+json</code>.</p>
<p>Its <code>type</code> is one of these. Branch on it: <code>title</code> and <code>detail</code> are sentences for a person, and may change.</p>
<ul class="problems">
${Object.entries(problemTypes).map(
  ([slug, { status, title }]) =>
    html`<li><a href="/problems/${slug}">${title}</a> <span><code>${status}</code> <code>/problems/${slug}</code></span></li>`,
)}
</ul>`;

function contentOf(slug: ProblemSlug, { basePath }: Config): Html {
  const { status, title, means, todo } = problemTypes[slug];
  const said = (sentence: string) => withCode(callsBelow(sentence, basePath));
  return html`<h1>${title}</h1>
<p class="type"><code>${status}</code> <code>/problems/${slug}</code></p>
<h2>What happened</h2>
<p>${said(typeof means === 'string' ? means : means(limits))}</p>
<h2>What to do</h2>
<p>${said(todo)}</p>
${slug === 'not-logged-in' && html`<h2>Reasons</h2>${reasonsAt(said)}`}
<p class="onward"><a href="/problems">All errors</a></p>`;
}

const reasonsAt = (said: (sentence: string) => Html): Html => html`<dl class="fields">
${(Object.entries(whyNotLoggedIn) as [NotLoggedInReason, string][]).map(
  ([reason, why]) => html`<div>
<dt><code>${reason}</code></dt>
<dd>${said(why)}</dd>
</div>`,
)}
</dl>`;

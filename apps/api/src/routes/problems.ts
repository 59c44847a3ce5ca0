import type { ProblemSlug } from '@coatcheck/api-types';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { asPage } from '../http/headers.ts';
import { problems } from '../http/problems.ts';

/** What each problem means and what to do, for a person who followed its `type`. */
const explanations: Record<ProblemSlug, { means: string; todo: string }> = {
  'invalid-request': {
    means: 'The request is not well-formed HTTP, or something in it does not fit what the call takes.',
    todo: 'The answer’s errors name each place (pointer), the rule it breaks and what would be right. Mend those and send it again.',
  },
  'invalid-credentials': {
    means:
      'No account has this username with this password. The answer never says which of the two is wrong.',
    todo: 'Check both. A forgotten password can be set anew by whoever runs this server: pnpm coatcheck password NAME.',
  },
  'not-logged-in': {
    means:
      'This call needs somebody logged in, and the cookie that came with it (if any) stands for nobody. The answer’s reason says why.',
    todo: 'POST /login and send the cookie it sets. With curl, give -b jar -c jar on every line; in a page, fetch with credentials: "include".',
  },
  'wrong-password': {
    means: 'The call asks for your current password once more, and it was not right.',
    todo: 'Type the current password again. Tries are counted like logins.',
  },
  'origin-not-allowed': {
    means:
      'A page of another origin made a call here that changes something, or that downloads what is stored about somebody. Browsers attach cookies to such calls unasked, so they are refused.',
    todo: 'Open the address that the answer names. To let another front end call, add its exact origin to ALLOWED_ORIGINS.',
  },
  'not-found': {
    means: 'Nothing is at this path.',
    todo: 'GET /openapi.json lists every call, /docs shows them.',
  },
  'method-not-allowed': {
    means: 'The path exists, but not with this method.',
    todo: 'Use one of the methods in the Allow header.',
  },
  'username-taken': {
    means: 'Somebody else registered this username first. Upper and lower case make no difference.',
    todo: 'Choose another one, or log in if it is yours.',
  },
  'too-large': {
    means:
      'The body is over 8 KiB, more than any call here takes, or what the session was to remember would be over 2 KiB.',
    todo: 'Send less, or set to null what the session no longer needs to remember.',
  },
  'unsupported-media-type': {
    means: 'The body is not application/json in UTF-8.',
    todo: 'Set Content-Type: application/json. curl’s --json does, its --data does not.',
  },
  'too-many-requests': {
    means:
      'A limit was reached: failed logins of one name or address; accounts, guests’ sessions or tries of taken names from one address; exports or profile changes of one account.',
    todo: 'Wait as many seconds as Retry-After says. Trying earlier changes nothing.',
  },
  'internal-error': {
    means: 'The server met a fault of its own. The cause is in its log and stays there.',
    todo: 'Try again. If it stays, tell whoever runs the server when it happened.',
  },
  unavailable: {
    means: 'The server cannot do this right now: it is busy, closing down, or its database does not answer.',
    todo: 'Try again after as many seconds as Retry-After says. If you were changing something, check before you repeat it.',
  },
};

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

const isSlug = (slug: string): slug is ProblemSlug => Object.hasOwn(explanations, slug);

function pageOf(slug: ProblemSlug): string {
  const { status, title } = problems[slug];
  const { means, todo } = explanations[slug];
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
      <p>${means}</p>
      <h2>What to do</h2>
      <p>${todo}</p>
      <p><a href="/docs">The API</a> · <a href="/">Coatcheck</a></p>
    </main>
  </body>
</html>
`;
}

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { asPage } from './headers.ts';

/** Where `pnpm build` puts the SPA. */
const built = resolve(import.meta.dirname, '../../web/dist');

/** The pages that the SPA has; it finds the right one by the address. */
const pages = [
  '/',
  '/login',
  '/register',
  '/account',
  '/account/sessions',
  '/account/password',
  '/account/activity',
  '/account/leave',
  '/conversation',
];

/** Sends the SPA, whatever the address; undefined when it has not been built. */
export type SendPage = (reply: FastifyReply) => FastifyReply | undefined;

export function readSpa(): SendPage {
  const file = join(built, 'index.html');
  const html = existsSync(file) ? readFileSync(file) : undefined;
  return (reply) => {
    if (html === undefined) return undefined;
    asPage(reply);
    return reply.send(html);
  };
}

/** Serves the SPA and its files. Nothing here looks at a cookie or touches the database. */
export async function spa(app: FastifyInstance, { sendPage }: { sendPage: SendPage }): Promise<void> {
  for (const page of pages) {
    app.get(page, { schema: { hide: true } }, (_request, reply) => sendPage(reply) ?? reply.callNotFound());
  }
  // Where password managers look for the page (W3C, A Well-Known URL for Changing Passwords).
  app.get('/.well-known/change-password', { schema: { hide: true } }, (_request, reply) =>
    reply.redirect('/account/password', 303),
  );
  if (!existsSync(built)) {
    app.log.warn('The SPA has not been built, so there are no pages: run pnpm build.');
    return;
  }
  await app.register(fastifyStatic, {
    root: built,
    index: false,
    // Only the files that are there now, each at its own path: no directory to wander about in.
    wildcard: false,
    globIgnore: ['index.html', '.*', '**/*.{br,gz}'],
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) =>
      // Files in assets carry a hash of their content in their names.
      reply.header(
        'cache-control',
        path.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
}

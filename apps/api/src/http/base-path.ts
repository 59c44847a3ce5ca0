import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { problem } from './problems.ts';

/** Where password managers look, whatever path Coatcheck lives below (W3C, A Well-Known URL for Changing Passwords). */
const wellKnown = /^\/\.well-known\/change-password(?:\?|$)/;

/** A path that no route has. */
const nowhere = '/nowhere';

/**
 * @returns Fastify's `rewriteUrl`: it takes the path of `PUBLIC_URL` off, so that routes and hooks know paths as they are
 * without one. What does not lie below it finds no route.
 */
export const takingOff =
  (basePath: string) =>
  ({ url = '' }: IncomingMessage): string => {
    const path = pathOf(url);
    if (!isBelow(basePath, path)) return wellKnown.test(path) ? path : nowhere;
    const rest = path.slice(basePath.length);
    return rest.startsWith('/') ? rest : `/${rest}`;
  };

/**
 * @returns whether a request is for us and for no app beside: the path of its target lies at or below `basePath`, or is
 * the one where password managers look.
 */
export const isOurs = (basePath: string, target: string): boolean => {
  const path = pathOf(target);
  return isBelow(basePath, path) || wellKnown.test(path);
};

/** Refuses with 404, and says why, what does not lie below the path of `PUBLIC_URL`. */
export function requireBasePath(app: FastifyInstance, { basePath }: Pick<Config, 'basePath'>): void {
  if (!basePath) return;
  app.addHook('onRequest', ({ originalUrl }, _reply, done) => {
    if (isOurs(basePath, originalUrl)) return done();
    done(
      problem(
        'not-found',
        `Everything here lies below ${basePath}, and this request came without that. If it was sent with it, something in front strips the path: let it pass the path on unchanged.`,
      ),
    );
  });
}

/** The path and query of a request target, which proxies may send as a whole URL (RFC 9112 section 3.2.2). */
export const pathOf = (target: string): string => target.replace(/^https?:\/\/[^/?]*/i, '');

const isBelow = (basePath: string, path: string): boolean =>
  path.startsWith(basePath) && ['', '/', '?'].includes(path.charAt(basePath.length));

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from './base-path.ts';
import { answerProblem, problem } from './problems.ts';
import { logEvent } from './security-log.ts';

/**
 * Refuses requests that no route takes: with 405 and `Allow` where the path exists with other methods, else with 404.
 * For 404, clients that accept HTML get the page, all others a problem. Call it before the routes are registered.
 * @param sendPage sends the page; undefined where there is none, and the response is a problem then.
 */
export function answerMissing(
  app: FastifyInstance,
  sendPage: (reply: FastifyReply) => FastifyReply | undefined,
): void {
  const methodsByPath = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const methods = methodsByPath.get(url) ?? new Set();
    for (const each of [method].flat()) methods.add(each);
    methodsByPath.set(url, methods);
  });

  app.setNotFoundHandler((request, reply) => {
    const allow = methodsAt(pathOf(request.url).split('?', 1)[0] ?? '');
    // If the request's own method is listed, its route has called `callNotFound`.
    if (allow && !allow.includes(request.method)) {
      reply.header('allow', allow.join(', '));
      if (request.method === 'OPTIONS') return reply.code(204).send();
      return answerProblem(
        reply,
        problem('method-not-allowed', `${request.method} is not allowed here. Use ${allow.join(' or ')}.`),
      );
    }
    if (climbs.test(request.url)) logEvent(request, 'input_validation_fail', { reason: 'path-traversal' });
    const page = takesHtml(request) && sendPage(reply.code(404));
    return (
      page ||
      answerProblem(reply, problem('not-found', 'There is nothing here. GET /openapi.json lists every call.'))
    );
  });

  function methodsAt(path: string): string[] | undefined {
    // `*` stands for the whole server (RFC 9110 section 9.3.7).
    if (path === '*') return [...new Set([...methodsByPath.values()].flatMap((methods) => [...methods]))];
    const given = path.split('/');
    for (const [pattern, methods] of methodsByPath) {
      if (matches(pattern.split('/'), given)) return [...methods];
    }
  }
}

/** A segment `..`, its characters encoded or not. */
const climbs = /(?:^|[/\\]|%2f|%5c)(?:\.|%2e){2}(?:$|[/\\?]|%2f|%5c)/i;

/**
 * @param pattern the segments of a route's path, where `:name` stands for any segment. @param given those of a request
 */
const matches = (pattern: string[], given: string[]): boolean =>
  pattern.length === given.length &&
  pattern.every((segment, at) => segment.startsWith(':') || segment === given[at]);

/** Browsers ask for pages with `Accept: text/html`. A bare wildcard comes from programs, which get a problem. */
const takesHtml = ({ method, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html');

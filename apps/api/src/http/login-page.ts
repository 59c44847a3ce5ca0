import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

/**
 * @returns whether a browser navigates (Fetch Metadata section 2.1), as far as a request tells.
 * @param method the method of the request that a proxy asks about, where that is another
 */
export function asksForPage(request: FastifyRequest, method = request.method): boolean {
  const { 'sec-fetch-dest': destination, accept = '' } = request.headers;
  if (method !== 'GET' && method !== 'HEAD') return false;
  return destination === undefined ? accept.includes('text/html') : destination === 'document';
}

/**
 * @returns the URL of the login page that leads on to a page of an app: absolute where `PUBLIC_URL` is set.
 * @param target path and query of that page. A `//` at its start would name a host, and leads nowhere.
 */
export function loginPage(
  { publicUrl, basePath }: Pick<Config, 'publicUrl' | 'basePath'>,
  target = '',
): string {
  const next = /^\/(?![/\\])/.test(target) ? `?next=${encodeURIComponent(target)}` : '';
  return `${publicUrl?.origin ?? ''}${basePath}/login${next}`;
}

import type { AddressInfo } from 'node:net';
import fastifyCors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { getDomain } from 'tldts';
import { type Config, isLoopback } from '../config.ts';
import { problem } from './problems.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A safe call that pages of other origins may not even cause. */
    ownPagesOnly?: boolean;
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Which pages may call. Browsers name the page's origin in `Origin`, or its relation in `Sec-Fetch-Site`
 * (Fetch Metadata); what sends neither is not a browser and carries nobody's cookie unasked.
 *
 * Unsafe calls from anywhere else are refused before anything else happens, and CORS answers the same origins only.
 * So are calls of routes that say `ownPagesOnly`.
 */
export async function guardOrigins(app: FastifyInstance, config: Config): Promise<void> {
  const isAllowed = (origin: string) =>
    config.allowedOrigins.includes(origin) || ownOrigins(app, config).includes(origin);

  // First, so that refusals have its headers as well: they depend on the origin, too.
  await app.register(fastifyCors, {
    // The list is asked per request: while no address is set, the port is known only once it is open.
    origin: (origin, answer) => answer(null, origin !== undefined && isAllowed(origin) && [origin]),
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['content-type'],
    exposedHeaders: ['Retry-After', 'Location', 'Content-Disposition'],
    maxAge: 600,
    strictPreflight: false,
  });

  app.addHook('onRequest', (request, _reply, done) => {
    if (safeMethods.has(request.method) && !request.routeOptions.config.ownPagesOnly) return done();
    const { origin, 'sec-fetch-site': site } = request.headers;
    const welcome =
      origin !== undefined
        ? isAllowed(origin)
        : site === undefined || site === 'same-origin' || site === 'none';
    if (welcome) return done();
    const [home = ''] = ownOrigins(app, config);
    done(
      problem(
        'origin-not-allowed',
        `Pages of ${named(origin)} may not ${safeMethods.has(request.method) ? 'ask for this' : 'change anything here'}. Open ${home} instead.`,
        { home },
      ),
    );
  });
}

/** The origins of our own pages, the one to show first. */
export function ownOrigins(app: FastifyInstance, { publicUrl, port }: Config): string[] {
  if (publicUrl) return [publicUrl.origin];
  const opened = (app.server.address() as AddressInfo | null)?.port ?? port;
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => new URL(`http://${host}:${opened}`).origin);
}

/**
 * Allowed origins whose pages are of another site than ours (scheme and registrable domain): a `SameSite=Lax` cookie
 * never travels with their calls, so nobody would stay logged in there.
 */
export function otherSites({ publicUrl, allowedOrigins }: Config): string[] {
  const ours = siteOf(publicUrl ?? new URL('http://localhost'));
  return allowedOrigins.filter((origin) => siteOf(new URL(origin)) !== ours);
}

/** A URL's site (HTML section 7.1.1.1): its scheme and registrable domain. */
export const siteOf = ({ protocol, hostname }: URL): string =>
  `${protocol}//${isLoopback(hostname) ? hostname : (getDomain(hostname, { allowPrivateDomains: true }) ?? hostname)}`;

/** Characters of the longest origin that can be: a scheme, a name of 253 characters and a port. */
const maxOriginLength = 300;

/** An origin to be shown to a person. What is longer than any is not even parsed, which would take long. */
const named = (origin = 'null') =>
  origin !== 'null' && origin.length <= maxOriginLength && URL.canParse(origin)
    ? new URL(origin).origin
    : 'another site';

import type { AddressInfo } from 'node:net';
import fastifyCors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { getDomain } from 'tldts';
import { type Config, homeOf, isLoopback } from '../config.ts';
import { type ProblemError, problem } from './problems.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether pages of other origins are kept from causing this call, although its method is safe. */
    ownPagesOnly?: boolean;
  }
}

/** @returns whether a method asks for no change (RFC 9110 section 9.2.1). */
export const isSafe = (method: string): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(method);

/**
 * Decides which pages may call. Browsers name the page's origin in `Origin`, or its relation to the server in
 * `Sec-Fetch-Site` (Fetch Metadata). A program that sends neither is no browser, and adds no cookie unasked.
 *
 * A call from any other page is refused with 403 before its body is read, if its method is unsafe or its route says
 * `ownPagesOnly`. CORS lets the allowed origins read responses, and no others.
 */
export async function guardOrigins(app: FastifyInstance, config: Config): Promise<void> {
  const judge = originJudge(app, config);

  // CORS is registered first, so that refusals carry its headers.
  await app.register(fastifyCors, {
    // The origin is compared at each request: without PUBLIC_URL, ours has a port that is known only after listening.
    origin: (origin, answer) =>
      answer(null, origin !== undefined && isAllowed(origin, app, config) && [origin]),
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['content-type'],
    exposedHeaders: ['Retry-After', 'Location', 'Content-Disposition', 'Link'],
    maxAge: 600,
    strictPreflight: false,
  });

  app.addHook('onRequest', (request, _reply, done) => {
    if (isSafe(request.method) && !request.routeOptions.config.ownPagesOnly) return done();
    done(judge(request));
  });
}

/**
 * Makes a function that gives the refusal of a request which the page of another origin has caused; undefined: no such
 * page has.
 */
export function originJudge(
  app: FastifyInstance,
  config: Config,
): (request: FastifyRequest) => ProblemError | undefined {
  return ({ method, headers }) => {
    const { origin, 'sec-fetch-site': site } = headers;
    const welcome =
      origin !== undefined
        ? isAllowed(origin, app, config)
        : site === undefined || site === 'same-origin' || site === 'none';
    if (welcome) return undefined;
    const home = homeOf(config, openedPort(app));
    return problem(
      'origin-not-allowed',
      `Pages of ${named(origin)} may not ${isSafe(method) ? 'ask for this' : 'change anything here'}. Open ${home} instead.`,
      { home },
    );
  };
}

const isAllowed = (origin: string, app: FastifyInstance, config: Config): boolean =>
  config.allowedOrigins.includes(origin) || ownOrigins(app, config).includes(origin);

/** @returns the port on which the server listens; undefined before it does. */
const openedPort = (app: FastifyInstance): number | undefined =>
  (app.server.address() as AddressInfo | null)?.port;

/** @returns the origins of our own pages, first the origin to show to people. */
export function ownOrigins(app: FastifyInstance, { publicUrl, port }: Config): string[] {
  if (publicUrl) return [publicUrl.origin];
  const opened = openedPort(app) ?? port;
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => new URL(`http://${host}:${opened}`).origin);
}

/** @returns whether the URL that people type leads to the machine that they sit at: no other device can open it. */
export const isOnThisMachine = ({ publicUrl }: Pick<Config, 'publicUrl'>): boolean =>
  publicUrl === undefined || isLoopback(publicUrl.hostname);

/**
 * @returns whether a Host header names this server, whatever the port: cookies know no ports (RFC 6265 section 8.5), so the
 * session cookie reaches everything on the host.
 */
export function isOwnHost(host: string, app: FastifyInstance, config: Config): boolean {
  const url = `http://${host}`;
  const isOurs = (hostname: string) =>
    ownOrigins(app, config).some((origin) => new URL(origin).hostname === hostname);
  return host.length <= maxOriginLength && URL.canParse(url) && isOurs(new URL(url).hostname);
}

/**
 * @returns the allowed origins whose pages are of another site than ours (scheme and registrable domain). A
 * `SameSite=Lax` cookie never travels with their calls, so nobody would stay logged in there.
 */
export function otherSites({ publicUrl, allowedOrigins }: Config): string[] {
  const ours = siteOf(publicUrl ?? new URL('http://localhost'));
  return allowedOrigins.filter((origin) => siteOf(new URL(origin)) !== ours);
}

/** @returns the site of a URL (HTML section 7.1.1.1): its scheme and registrable domain. */
export const siteOf = ({ protocol, hostname }: URL): string =>
  `${protocol}//${isLoopback(hostname) ? hostname : (getDomain(hostname, { allowPrivateDomains: true }) ?? hostname)}`;

/** Characters of the longest possible origin: a scheme, a name of 253 characters and a port. */
const maxOriginLength = 300;

/**
 * @returns an origin to show to a person. A text longer than any origin is not parsed, since parsing would take long.
 */
const named = (origin = 'null') =>
  origin !== 'null' && origin.length <= maxOriginLength && URL.canParse(origin)
    ? new URL(origin).origin
    : 'another site';

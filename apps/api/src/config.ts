import { maxPasswordLength } from '@coatcheck/api-types';
import ipaddr from 'ipaddr.js';
import { type Logo, logoIn } from './house/logo.ts';
import { contactIn, nameIn } from './house/text.ts';
import { type Installation, installation } from './installation.ts';
import { quote, type Settings, settingsIn } from './settings.ts';
import { type DatabaseAddress, readDatabaseUrl, UnusableAddress } from './store/database-url.ts';

/** The limits of a session, in milliseconds. */
interface SessionLimits {
  /** The session ends this long after its last use. */
  idleMs: number;
  /** The session ends this long after its start, however much it is used. */
  lifetimeMs: number;
}

/** The settings, checked. */
export interface Config {
  host: string;
  /** 0: the system picks a free port. */
  port: number;
  /** The URL that people type, with a path or `/`. Undefined: `http://localhost`, with the port that was opened. */
  publicUrl: URL | undefined;
  /** The path that everything lies below, without a slash at its end; empty: everything lies at the root. */
  basePath: string;
  /** Other origins whose pages may call with credentials, written as browsers send them. */
  allowedOrigins: string[];
  database: DatabaseAddress;
  /** Addresses or CIDRs whose `X-Forwarded-*` is believed. */
  trustedProxies: string[];
  session: SessionLimits;
  /** The limits of sessions in which people asked to stay logged in. */
  remember: SessionLimits;
  /** In code points. */
  passwordMinLength: number;
  registration: {
    policy: (typeof registrationPolicies)[number];
    /** Whether it is closed though nobody set that. */
    isClosedByDefault: boolean;
  };
  /** Accounts that one network may make in an hour. */
  registrationsPerHour: number;
  /** Whose server this is, as the page tells people. */
  house: {
    /** Undefined: people see the name of the product. */
    name: string | undefined;
    logo: Logo | undefined;
    /** An email address, or a URL of http or https, as `House` in the contract says. */
    contact: string | undefined;
  };
  /** The app to stand in front of. Undefined: this server stands in front of none. */
  inFrontOf: { origin: URL; access: (typeof accesses)[number] } | undefined;
  /** The header that carries the username to an app, as it was typed. */
  identityHeader: string;
  logLevel: (typeof logLevels)[number];
}

/**
 * @returns the URL that people type, without a slash at its end: an origin, and the path that everything lies below.
 * @param openedPort the port that was opened, which may be another than the one that was set
 */
export const homeOf = (
  { publicUrl, port, basePath }: Pick<Config, 'publicUrl' | 'port' | 'basePath'>,
  openedPort = port,
): string => (publicUrl ?? new URL(`http://localhost:${openedPort}`)).origin + basePath;

/** Who may register: anyone, whoever holds an invitation, or nobody. */
const registrationPolicies = ['open', 'invite', 'closed'] as const;

/** Whom the app is open to: people who are logged in, or strangers, too. */
const accesses = ['members', 'everyone'] as const;

/** The path below which everything of ours lies in front of an app, unless `PUBLIC_URL` has a path. */
const pathBesideApp = '/auth';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/**
 * Reads the settings; a variable that is missing or empty has its default.
 * @param installed says which database is the default, and where relative paths start.
 * @throws {ConfigError} on the first value that cannot work.
 */
export function readConfig(
  env: Record<string, string | undefined>,
  installed: Installation = installation,
): Config {
  const settings = settingsIn(env);
  const { text, integer, oneOf } = settings;
  const publicUrl = publicUrlIn(settings);
  const host = text('HOST', 'localhost');
  const port = integer('PORT', 3000, { min: 0, max: 65_535 });
  const inFrontOf = inFrontOfIn(settings, { publicUrl, host, port });
  return {
    host,
    port,
    publicUrl,
    basePath: publicUrl?.pathname.replace(/\/$/, '') || (inFrontOf ? pathBesideApp : ''),
    inFrontOf,
    allowedOrigins: allowedOriginsIn(settings, publicUrl),
    database: databaseIn(settings, installed),
    trustedProxies: trustedProxiesIn(settings),
    session: sessionLimitsIn(settings, ['SESSION_IDLE', '2h'], ['SESSION_LIFETIME', '24h']),
    remember: sessionLimitsIn(settings, ['REMEMBER_IDLE', '14d'], ['REMEMBER_LIFETIME', '30d']),
    passwordMinLength: integer('PASSWORD_MIN_LENGTH', 15, { min: 8, max: maxPasswordLength }),
    registration: registrationIn(settings, publicUrl, inFrontOf),
    registrationsPerHour: integer('REGISTRATIONS_PER_HOUR', 30, { min: 1, max: 1_000_000 }),
    house: {
      name: nameIn(settings, 'HOUSE_NAME'),
      logo: logoIn(settings, 'HOUSE_LOGO', installed.folder),
      contact: contactIn(settings, 'HOUSE_CONTACT'),
    },
    identityHeader: identityHeaderIn(settings),
    logLevel: oneOf('LOG_LEVEL', logLevels, 'info'),
  };
}

function publicUrlIn({ text, refuse }: Settings): URL | undefined {
  const value = text('PUBLIC_URL', '');
  if (!value) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  // A path that is written in another way than browsers send it would never be found.
  const isPlain =
    url !== undefined &&
    [url.href, url.href.replace(/\/$/, '')].includes(url.origin + pathIn(value)) &&
    /^(\/[\w~!$&'()*+,=:@.-]+)*\/?$/.test(pathIn(value));
  if (!url || !/^https?:$/.test(url.protocol) || !isPlain) {
    return refuse(
      'PUBLIC_URL',
      `is ${shown(value)}`,
      'Set the URL that people type, like https://id.example.com or https://example.com/auth: without a query or a hash, with a plain path.',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    refuse(
      'PUBLIC_URL',
      `uses http for a host other than localhost (${quote(value)}): passwords and cookies would travel unencrypted`,
      `Set https://${url.host}${url.pathname.replace(/\/$/, '')}, and put a reverse proxy with TLS in front.`,
    );
  }
  return url;
}

/** @returns a URL that cannot work, to be shown, unless it may hold a password. */
const shown = (url: string): string =>
  url.includes('@') ? 'a URL with a username or a password' : quote(url);

/** @returns what stands behind the origin in a URL, as it was typed. */
const pathIn = (url: string): string => url.replace(/^\w+:\/\/[^/?#\\]*/, '');

function allowedOriginsIn({ list, refuse }: Settings, publicUrl: URL | undefined): string[] {
  const origins = list('ALLOWED_ORIGINS');
  for (const origin of origins) {
    const parsed = URL.canParse(origin) ? new URL(origin) : undefined;
    if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.origin !== origin || origin.includes('*')) {
      refuse(
        'ALLOWED_ORIGINS',
        `has ${quote(origin)}`,
        'Name each origin exactly as browsers send it, without wildcard or path, like https://app.example.com.',
      );
    }
    // Anybody on the network between could put scripts into an http page, as with an http PUBLIC_URL.
    if (publicUrl?.protocol === 'https:' && parsed?.protocol === 'http:' && !isLoopback(parsed.hostname)) {
      refuse(
        'ALLOWED_ORIGINS',
        `has ${quote(origin)}, an http page that may call an https PUBLIC_URL: anybody on the network between can change what that page does`,
        `Serve that page over TLS and name https://${parsed.host}.`,
      );
    }
  }
  return origins;
}

/** @param own where this server is: it must not stand in front of itself. */
function inFrontOfIn(
  { text, oneOf, refuse }: Settings,
  own: Pick<Config, 'publicUrl' | 'host' | 'port'>,
): Config['inFrontOf'] {
  const access = oneOf('IN_FRONT_OF_ACCESS', accesses, 'members');
  const value = text('IN_FRONT_OF', '');
  if (!value) return undefined;
  const origin = URL.canParse(value) ? new URL(value) : undefined;
  const isOrigin = !origin?.username && !origin?.password && ['', '/'].includes(pathIn(value));
  if (!origin || !/^https?:$/.test(origin.protocol) || !isOrigin) {
    return refuse(
      'IN_FRONT_OF',
      `is ${shown(value)}`,
      'Set the origin of the app, without a path, a username or a password, like http://localhost:8080.',
    );
  }
  const port = Number(origin.port || (origin.protocol === 'https:' ? 443 : 80));
  const isThisMachine =
    isLoopback(origin.hostname) || ['0.0.0.0', '[::]', own.host].includes(origin.hostname);
  if (origin.origin === own.publicUrl?.origin || (isThisMachine && port === own.port)) {
    refuse(
      'IN_FRONT_OF',
      `is ${quote(value)}, the URL of this server itself`,
      'Set the origin at which the app listens, and let it listen on another port.',
    );
  }
  return { origin, access };
}

/** In front of an app that others can reach, nobody comes in whom the operator did not let in, unless that is set. */
function registrationIn(
  { text, oneOf }: Settings,
  publicUrl: URL | undefined,
  inFrontOf: Config['inFrontOf'],
): Config['registration'] {
  const isExposed = inFrontOf !== undefined && publicUrl !== undefined && !isLoopback(publicUrl.hostname);
  return {
    policy: oneOf('REGISTRATION', registrationPolicies, isExposed ? 'closed' : 'open'),
    isClosedByDefault: isExposed && text('REGISTRATION', '') === '',
  };
}

function databaseIn({ text, refuse }: Settings, { folder, databaseUrl }: Installation): DatabaseAddress {
  try {
    return readDatabaseUrl(text('DATABASE_URL', databaseUrl), folder);
  } catch (error) {
    if (error instanceof UnusableAddress) return refuse('DATABASE_URL', error.message, error.right);
    throw error;
  }
}

function trustedProxiesIn({ list, refuse }: Settings): string[] {
  const proxies = list('TRUSTED_PROXIES');
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    // The shorter forms of IPv4 (10.1, 0x7f.1) are read differently by different programs.
    const valid = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
    if (!valid || (bits !== undefined && !ipaddr.isValidCIDR(proxy))) {
      refuse(
        'TRUSTED_PROXIES',
        `has ${quote(proxy)}`,
        'List IP addresses or CIDR ranges, like 127.0.0.1 or 10.0.0.0/8.',
      );
    }
    if (Number(bits) === 0) {
      refuse(
        'TRUSTED_PROXIES',
        `has ${quote(proxy)}, which is every address`,
        'List the reverse proxies alone: a client on the list can claim any IP address.',
      );
    }
  }
  return proxies;
}

/**
 * Headers that browsers, reverse proxies and apps read for something else, in lower case: a request or an answer that has a
 * username there means another thing, or has the header twice.
 */
const takenHeaders = new Set(
  [
    'age allow authorization close connection cookie cookie2 dav date depth destination digest dnt early-data etag expect',
    'expect-ct expires forwarded from host http2-settings idempotency-key im keep-alive last-event-id last-modified link',
    'location lock-token max-forwards mime-version nel overwrite pragma prefer preference-applied priority protocol public',
    'range refresh remote-user-id report-to reporting-endpoints retry-after save-data server server-timing signature',
    'signature-input slug soapaction sourcemap speculation-rules te timeout timing-allow-origin traceparent tracestate trailer',
    'transfer-encoding true-client-ip upgrade upgrade-insecure-requests user-agent vary via warning www-authenticate',
    'x-api-key x-client-ip x-correlation-id x-csrf-token x-dns-prefetch-control x-frame-options x-method-override x-real-ip',
    'x-request-id x-requested-with x-rewrite-url x-robots-tag x-sendfile x-ua-compatible x-xsrf-token x-xss-protection',
  ].flatMap((line) => line.split(' ')),
);

/** The first words of such headers. Of `X-Forwarded-…`, four name a person. */
const takenFamilies = new RegExp(
  `^(?:${[
    'accept|access-control|alt|authentication|cache|cdn|clear-site|client-cert|content|cross-origin|dpop|if|origin|permissions',
    'proxy|public-key|referer|referrer|repr|sec|service-worker|set-cookie2?|strict-transport|surrogate|want|x-accel|x-content',
    'x-http-method|x-original|x-permitted|x-forwarded(?!-(?:user|email|groups|preferred-username)$)|.*-cache-control',
  ].join('|')})(?:-|$)`,
);

function identityHeaderIn({ text, refuse }: Settings): string {
  const value = text('IDENTITY_HEADER', 'Remote-User');
  const name = value.toLowerCase();
  // A `_` is left out: many servers cannot tell it from `-`.
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || name.length > 64) {
    return refuse(
      'IDENTITY_HEADER',
      `is ${quote(value)}`,
      'Set the name of a header, of letters, digits and dashes, like X-Remote-User.',
    );
  }
  if (takenHeaders.has(name) || takenFamilies.test(name)) {
    return refuse(
      'IDENTITY_HEADER',
      `is ${quote(value)}, a header that has another meaning`,
      'Set a header that nothing else uses, like X-Remote-User.',
    );
  }
  return value;
}

/** @param idle name and default of the idle limit. @param lifetime the same of the absolute limit. */
function sessionLimitsIn(
  { duration, refuse }: Settings,
  [idleName, idle]: [name: string, fallback: string],
  [lifetimeName, lifetime]: [name: string, fallback: string],
): SessionLimits {
  const read = { idleMs: duration(idleName, idle), lifetimeMs: duration(lifetimeName, lifetime) };
  if (read.idleMs > read.lifetimeMs) {
    refuse(idleName, `is longer than ${lifetimeName}`, `Shorten ${idleName} or lengthen ${lifetimeName}.`);
  }
  return read;
}

/** @returns the limits of a session. @param remember whether the person asked to stay logged in. */
export const limitsOf = (config: Config, remember: boolean): SessionLimits =>
  remember ? config.remember : config.session;

/**
 * @returns whether a host always means this machine: a loopback address, also as IPv6 writes one of IPv4, or `localhost` and
 * the names below it (Secure Contexts section 3.1), with a dot at the end or without.
 * @param host as in a URL, in lower case; an IPv6 address may stand without its brackets.
 */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(address)) return ipaddr.process(address).range() === 'loopback';
  return /(^|\.)localhost\.?$/.test(host);
}

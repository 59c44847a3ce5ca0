import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { type DatabaseAddress, readDatabaseUrl, UnusableAddress } from './store/database-url.ts';

/** How long a session lives, in milliseconds. */
interface SessionLimits {
  /** It ends this long after its last use. */
  idle: number;
  /** It ends this long after its start, however much it is used. */
  lifetime: number;
}

export interface Config {
  host: string;
  /** 0: the system picks a free one. */
  port: number;
  /** The origin people type; undefined: localhost at the port really opened. */
  publicUrl: URL | undefined;
  /** Further origins whose pages may call with credentials, as browsers send them. */
  allowedOrigins: string[];
  database: DatabaseAddress;
  /** Addresses or CIDRs whose `X-Forwarded-*` is believed. */
  trustedProxies: string[];
  session: SessionLimits;
  /** The same for who asked to stay logged in. */
  remember: SessionLimits;
  /** Code points. */
  passwordMinLength: number;
  registrationsPerHour: number;
  logLevel: (typeof logLevels)[number];
}

/** A setting that cannot work. The message is one line: the variable, what is wrong, what would be right. */
export class ConfigError extends Error {}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const minute = 60_000;
const unitsOfTime: Record<string, number> = { s: 1000, m: minute, h: 60 * minute, d: 24 * 60 * minute };

/** Where `.env` lies and relative database paths start, from wherever the server was started. */
export const repository = resolve(import.meta.dirname, '../../..');

/**
 * Reads the settings; a variable that is missing or empty has its default.
 * @throws {ConfigError} on the first value that cannot work.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const text = (name: string, fallback: string) => env[name]?.trim() || fallback;
  const list = (name: string) =>
    text(name, '')
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  const refuse = (name: string, wrong: string, right: string): never => {
    throw new ConfigError(`${name} ${wrong}. ${right}`);
  };

  function integer(name: string, fallback: number, least: number, most: number) {
    const value = text(name, String(fallback));
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < least || number > most) {
      refuse(name, `is ${quote(value)}`, `Set a whole number from ${least} to ${most}, like ${fallback}.`);
    }
    return number;
  }

  function duration(name: string, fallback: string) {
    const value = text(name, fallback);
    const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
    const milliseconds = Number(count) * (unitsOfTime[unit ?? ''] ?? Number.NaN);
    if (!(milliseconds > 0)) {
      refuse(name, `is ${quote(value)}`, `Set a number with s, m, h or d behind it, like ${fallback}.`);
    }
    return milliseconds;
  }

  function limits(idleName: string, idle: string, lifetimeName: string, lifetime: string): SessionLimits {
    const read = { idle: duration(idleName, idle), lifetime: duration(lifetimeName, lifetime) };
    if (read.idle > read.lifetime) {
      refuse(
        idleName,
        `is longer than ${lifetimeName}`,
        `A session cannot rest longer than it lives: shorten ${idleName} or lengthen ${lifetimeName}.`,
      );
    }
    return read;
  }

  function publicUrl() {
    const value = text('PUBLIC_URL', '');
    if (!value) return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) {
      return refuse(
        'PUBLIC_URL',
        `is ${quote(value)}`,
        'Set the origin people type, without a path, like https://id.example.com.',
      );
    }
    if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
      refuse(
        'PUBLIC_URL',
        `is http off this machine (${quote(value)}): passwords and tickets would travel in the open`,
        `Set https://${url.host} and let a proxy in front speak TLS.`,
      );
    }
    return url;
  }

  function allowedOrigins(publicUrl: URL | undefined) {
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
      // Like an http PUBLIC_URL: whoever sits on the network between could put scripts into such a page.
      if (publicUrl?.protocol === 'https:' && parsed?.protocol === 'http:' && !isLoopback(parsed.hostname)) {
        refuse(
          'ALLOWED_ORIGINS',
          `has ${quote(origin)}, an http page that may call an https PUBLIC_URL: anybody on its network can change what it does`,
          `Serve that page over TLS and name https://${parsed.host}.`,
        );
      }
    }
    return origins;
  }

  function database() {
    try {
      return readDatabaseUrl(text('DATABASE_URL', 'sqlite:data/coatcheck.db'), repository);
    } catch (error) {
      if (error instanceof UnusableAddress) return refuse('DATABASE_URL', error.message, error.right);
      throw error;
    }
  }

  function trustedProxies() {
    const proxies = list('TRUSTED_PROXIES');
    for (const proxy of proxies) {
      const [address = '', bits] = proxy.split('/');
      // The shorter forms of IPv4 (10.1, 0x7f.1) are read differently by different programs.
      const valid = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
      if (!valid || (bits !== undefined && !ipaddr.isValidCIDR(proxy))) {
        refuse(
          'TRUSTED_PROXIES',
          `has ${quote(proxy)}`,
          'List addresses or CIDRs, like 127.0.0.1 or 10.0.0.0/8.',
        );
      }
      if (Number(bits) === 0) {
        refuse(
          'TRUSTED_PROXIES',
          `has ${quote(proxy)}, which is everybody`,
          'List the proxies alone: whoever is on the list can claim any address.',
        );
      }
    }
    return proxies;
  }

  function logLevel() {
    const value = text('LOG_LEVEL', 'info');
    return (
      logLevels.find((level) => level === value) ??
      refuse('LOG_LEVEL', `is ${quote(value)}`, `Set one of ${logLevels.join(', ')}.`)
    );
  }

  const ownUrl = publicUrl();
  return {
    host: text('HOST', 'localhost'),
    port: integer('PORT', 3000, 0, 65_535),
    publicUrl: ownUrl,
    allowedOrigins: allowedOrigins(ownUrl),
    database: database(),
    trustedProxies: trustedProxies(),
    session: limits('SESSION_IDLE', '2h', 'SESSION_LIFETIME', '24h'),
    remember: limits('REMEMBER_IDLE', '14d', 'REMEMBER_LIFETIME', '30d'),
    passwordMinLength: integer('PASSWORD_MIN_LENGTH', 15, 8, 256),
    registrationsPerHour: integer('REGISTRATIONS_PER_HOUR', 30, 1, 1_000_000),
    logLevel: logLevel(),
  };
}

/** How long a session lives: the longer limits are for who asked to stay logged in. */
export const limitsOf = (config: Config, remember: boolean): SessionLimits =>
  remember ? config.remember : config.session;

/** Whether a URL's host is this machine itself. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}

// JSON's quoting keeps line breaks and control characters out of the one line.
const quote = (value: string) => JSON.stringify(value);

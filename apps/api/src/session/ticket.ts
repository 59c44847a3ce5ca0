import { hash, randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';

/** @returns 256 bits from the system's CSPRNG, base64url: 43 characters that stand in Set-Cookie and nowhere else. */
export const newTicket = (): string => randomBytes(32).toString('base64url');

/** @returns a public id for an account or a session: 128 random bits, base64url. */
export const newPublicId = (): string => randomBytes(16).toString('base64url');

/**
 * @returns the SHA-256 of a ticket, base64url, which the database keeps. It has no salt and is not stretched, since
 * nobody can guess a ticket of 256 random bits.
 */
export const ticketHash = (ticket: string): string => hash('sha256', ticket, 'base64url');

/** @returns whether the value of a cookie has the form of a ticket. */
export const isTicket = (value: string): boolean => /^[\w-]{43}$/.test(value);

/**
 * @returns the values of a cookie in a Cookie header (RFC 6265bis section 4.2.1), in their order, as they were sent,
 * without blanks around them.
 */
export function cookiesIn(header: string | undefined, name: string): string[] {
  const values: string[] = [];
  for (const pair of header?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (equals !== -1 && pair.slice(0, equals).trim() === name) values.push(pair.slice(equals + 1).trim());
  }
  return values;
}

/** The name of the cookie, and the attributes that every Set-Cookie for it has (RFC 6265bis section 5.6). */
export interface CookiePolicy {
  name: string;
  attributes: { httpOnly: true; secure: boolean; sameSite: 'lax'; path: '/' };
}

/**
 * @returns the cookie of this server. It is Secure if people type an https URL, whatever the connection from a proxy
 * is.
 */
export function cookiePolicy({ publicUrl }: Pick<Config, 'publicUrl'>): CookiePolicy {
  const secure = publicUrl?.protocol === 'https:';
  return {
    // Browsers keep a __Host- cookie only as Secure, for / and without Domain, so no sibling host can plant one.
    name: secure ? '__Host-coatcheck' : 'coatcheck',
    attributes: { httpOnly: true, secure, sameSite: 'lax', path: '/' },
  };
}

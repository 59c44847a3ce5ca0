import { hash, randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';

/** 256 bits from the system's CSPRNG, base64url: 43 characters that stand in Set-Cookie and nowhere else. */
export const newTicket = (): string => randomBytes(32).toString('base64url');

/** Names accounts and sessions in public: 128 random bits, base64url. */
export const newPublicId = (): string => randomBytes(16).toString('base64url');

/** What the database keeps of a ticket. No salt, no stretching: the ticket itself is too random to be guessed. */
export const ticketHash = (ticket: string): string => hash('sha256', ticket, 'base64url');

/** Whether a cookie's value can be a ticket at all. */
export const isTicket = (value: string): boolean => /^[\w-]{43}$/.test(value);

/** The cookie's name and what is the same in every Set-Cookie for it (RFC 6265bis section 5.6). */
export interface CookiePolicy {
  name: string;
  attributes: { httpOnly: true; secure: boolean; sameSite: 'lax'; path: '/' };
}

/** https decides by what people type, not by what the connection from a proxy looks like. */
export function cookiePolicy({ publicUrl }: Pick<Config, 'publicUrl'>): CookiePolicy {
  const secure = publicUrl?.protocol === 'https:';
  return {
    // Browsers keep a __Host- cookie only as Secure, for / and without Domain, so no sibling host can plant one.
    name: secure ? '__Host-coatcheck' : 'coatcheck',
    attributes: { httpOnly: true, secure, sameSite: 'lax', path: '/' },
  };
}

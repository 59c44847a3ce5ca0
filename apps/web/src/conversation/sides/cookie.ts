import type { CookieFacts } from '@coatcheck/api-types';

/** The text in place of a value that scripts cannot read. */
export const hiddenValue = '••••';

/** A cookie's attributes as `Set-Cookie` has them (RFC 6265bis section 4.1.1), in the order in which the server sends them. */
export function attributesOf({
  path,
  expires,
  httpOnly,
  secure,
  sameSite,
}: CookieFacts['attributes']): string[] {
  return [
    `Path=${path}`,
    ...(expires ? [`Expires=${new Date(expires).toUTCString()}`] : []),
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(secure ? ['Secure'] : []),
    `SameSite=${sameSite}`,
  ];
}

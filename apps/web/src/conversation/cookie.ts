import type { CookieFacts } from '@coatcheck/api-types';

/** What stands for a value that no page may see. */
export const hiddenValue = '••••';

/** A cookie's attributes in the words of RFC 6265bis section 4.1.1, in the order the server sends them. */
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

/** The fewest characters of a username. */
export const minUsernameLength = 3;
/** The most characters of a username. */
export const maxUsernameLength = 32;
/** A username as people may type it, as an ECMAScript pattern for the contract's schemas. Its length is checked apart. */
export const usernamePattern = '^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$';
/** @returns whether an account can have this username, in any case. */
export const isUsername = (text: string): boolean =>
  text.length >= minUsernameLength &&
  text.length <= maxUsernameLength &&
  new RegExp(usernamePattern).test(text);
/** The most code points of a password after NFC normalisation. The fewest are a setting of the server. */
export const maxPasswordLength = 256;
/** The most code points in the name of a passkey. */
export const maxPasskeyNameLength = 64;
/** Seconds for which a link that logs another device in is good. The person has both devices at hand. */
export const deviceLinkSeconds = 120;

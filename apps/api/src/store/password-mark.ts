// A password that is not enough without a passkey is kept behind a mark. A version of the server that knows no mark finds no
// hash there, and so logs nobody in with the password alone. An attempt that verified the hash before the mark was set
// fails at its transaction, since what is stored is no longer what it verified.

const mark = 'beside-a-passkey:';

/** @returns whether a password logs in without a passkey beside it. @param stored `passwordHash` of an account */
export const isPasswordAlone = (stored: string): boolean => !stored.startsWith(mark);

/** @returns the hash without its mark, in PHC string format. @param stored `passwordHash` of an account */
export const withoutMark = (stored: string): string =>
  isPasswordAlone(stored) ? stored : stored.slice(mark.length);

/** @returns a hash as it is to be stored. @param hash in PHC string format */
export const withMark = (hash: string, passwordAlone: boolean): string =>
  passwordAlone ? hash : mark + hash;

/** What stands in the place of the hash of an account that has no password yet. No password is behind it. */
export const noPasswordYet = 'none';

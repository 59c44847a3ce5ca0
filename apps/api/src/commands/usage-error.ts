/** A mistake that the person at the terminal can mend. The message says how. */
export class UsageError extends Error {}

/** @returns the mistake of a command that is given the name of no account. */
export const noAccount = (username: string): UsageError =>
  new UsageError(`There is no account named ${JSON.stringify(username)}.`);

/** A mistake that the person at the terminal can mend. The message says how. */
export class UsageError extends Error {}

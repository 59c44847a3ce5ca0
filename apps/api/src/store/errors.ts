/**
 * The database does not answer, is locked, full or read-only. The caller may try again later; `message` has the
 * driver's reason and is for the log.
 */
export class StoreUnavailable extends Error {}

/**
 * The database cannot be used as it is: it belongs to another program, is damaged, or was written by a newer version.
 * `message` is one line for the person who runs the server: what is wrong, and what to do.
 */
export class StoreUnusable extends Error {}

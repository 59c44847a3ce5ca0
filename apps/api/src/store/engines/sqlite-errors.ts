import Database from 'better-sqlite3';
import { StoreUnavailable } from '../errors.ts';

/** @returns whether an error of the driver says that another connection holds the lock. */
export const isBusy = (error: unknown) =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');

/** The driver's codes which say that the database cannot serve now. Any other code is a fault of this program. */
export const outages =
  /^SQLITE_(BUSY|LOCKED|FULL|READONLY|IOERR|CANTOPEN|CORRUPT|NOTADB|NOMEM|PERM|AUTH|PROTOCOL)/;

/** @returns `StoreUnavailable` for an outage, and any other error as it is. */
export function translated(error: unknown): unknown {
  if (error instanceof Database.SqliteError && outages.test(error.code)) {
    return new StoreUnavailable(error.code, { cause: error });
  }
  return error;
}

/** @throws the error that {@link translated} returns. */
export function rethrown(error: unknown): never {
  throw translated(error);
}

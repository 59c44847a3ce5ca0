import pg from 'pg';
import { StoreUnavailable } from '../errors.ts';

/** SQLSTATE of serialization_failure and deadlock_detected. */
export const disturbances = /^(40001|40P01)/;
/** SQLSTATE of deadlock_detected and lock_not_available. */
export const inTheWay = /^(40P01|55P03)/;
/**
 * SQLSTATE of the errors by which the database cannot serve now: no connection, read-only, no entrance, no such
 * database, out of disk or connections, a lock or a statement that took too long, being stopped or started, broken
 * disks.
 */
const outages = /^(08|25006|28|3D|53|55P03|57|58|XX001|XX002)/;

/**
 * Awaits a call of the driver.
 * @throws {StoreUnavailable} when the database does not answer, or says that it cannot serve. Any other error of the
 * database is thrown as it is.
 */
export async function answered<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof pg.DatabaseError && !outages.test(error.code ?? '')) throw error;
    throw new StoreUnavailable(reasonOf(error), { cause: error });
  }
}

/** @returns an error in few words. An error with several addresses behind it has a code and no message. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return message || code || 'no reason given';
}

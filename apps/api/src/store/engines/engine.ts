import type { LiveSession } from '../records.ts';
import type { Work } from './work.ts';

/** A database, as the store uses it, with all that differs between the two. */
export interface Engine {
  /** Runs work that only reads, each statement by itself. @throws {StoreUnavailable} when the database cannot serve. */
  read<T>(work: Work<T>): Promise<T>;

  /**
   * Runs work in one transaction, all or nothing. The work begins again from its start when the database asks for that,
   * so it must do nothing but yield statements. An error that the work throws is thrown, and nothing is changed then.
   * @throws {StoreUnavailable} when the database cannot serve.
   */
  write<T>(work: () => Work<T>): Promise<T>;

  /** Finds a session and its account, as fast as this engine can: every request asks for them. */
  lookUp(ticketHash: string): Work<LiveSession | undefined>;
  /**
   * @returns what {@link lookUp} found before and would find now; undefined: only a look-up can tell. An engine whose
   * database is over the network always returns undefined, since to ask whether something was written takes as long.
   */
  recall(ticketHash: string): LiveSession | undefined;

  /** Words that make a SELECT hold its rows until the transaction ends; empty where a transaction holds everything. */
  lockingRows: string;

  /** Notes that rows were deleted which must not stay readable in the database's files. */
  noteErasure(): void;
  /**
   * Overwrites the deleted rows, if {@link noteErasure} was called. Rows that cannot be overwritten now wait for the
   * next call.
   */
  overwriteErased(): Promise<void>;

  /** Closes the connections, after the work that is under way. */
  close(): Promise<void>;
}

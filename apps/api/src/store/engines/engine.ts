import type { AccountRow, SessionRow } from './tables.ts';
import type { Work } from './work.ts';

/** What the store asks of a database, and all that differs between one and another. */
export interface Engine {
  /** Runs work that only reads, each statement by itself. */
  read<T>(work: Work<T>): Promise<T>;

  /**
   * Runs work in one transaction, all or nothing. It is begun again from the start when the database asks for that,
   * so it must not do anything but ask.
   */
  write<T>(work: () => Work<T>): Promise<T>;

  /** A session and its account, the one question that every request asks: as fast as this engine can. */
  lookUp(ticketHash: string): Work<{ session: SessionRow; account: AccountRow | null } | undefined>;

  /** What makes a SELECT hold its rows until the transaction ends; nothing where a transaction holds everything. */
  lockingRows: string;

  /** Notes that something was deleted which must not be readable any more in files of our own. */
  forget(): void;
  /** Once a minute: overwrites what is to be forgotten. What cannot be done now is done next time. */
  tidy(): Promise<void>;

  close(): Promise<void>;
}

import type { EventPlace, StoredEvent } from './records.ts';

/** How the store reads the activity of accounts. Every method that changes an account or its sessions writes to it. */
export interface ActivityStore {
  /**
   * Reads the activity of an account, newest first.
   * @param limit how many events at most.
   * @param before leaves out this event and every newer one.
   */
  eventsOf(accountId: string, limit: number, before?: EventPlace): Promise<StoredEvent[]>;
}

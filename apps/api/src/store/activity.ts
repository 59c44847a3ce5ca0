import type { EventPlace, StoredEvent } from './records.ts';

/**
 * The methods of the store that read the activity of accounts. Every method that changes an account or its sessions
 * writes to it.
 */
export interface ActivityStore {
  /**
   * Reads the activity of an account, newest first.
   * @param limit how many events at most.
   * @param before leaves out this event and every newer one.
   */
  eventsOf(accountId: string, limit: number, before?: EventPlace): Promise<StoredEvent[]>;
}

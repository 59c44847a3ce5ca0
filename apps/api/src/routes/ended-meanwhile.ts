import { notLoggedIn, type ProblemError } from '../http/problems.ts';
import type { Store } from '../store/store.ts';

/** @returns the refusal of a member whose session ended while the call was under way: 401, with the reason. */
export async function endedMeanwhile(store: Store, ticketHash: string, now: number): Promise<ProblemError> {
  const found = await store.findSession(ticketHash, now);
  return notLoggedIn(found.live ? 'unknown' : found.reason);
}

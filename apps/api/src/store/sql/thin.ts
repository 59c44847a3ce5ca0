import type { EventType } from '@coatcheck/api-types';
import { all, change, one, type Work } from '../engines/work.ts';
import type { StoreCaps } from '../retention.ts';

/** Milliseconds after which an event that a process began to write is written. */
const settledMs = 60_000;

/**
 * Thins the activity of accounts that have too much of it. The events since the last time tell which accounts those may
 * be. The database keeps the last of these events, so that neither a restart nor another process leaves one out.
 * @param batch how many events are read, and how many rows are removed, at most.
 * @returns `batch` when there may be more to do.
 */
export function* thinActivity(now: number, batch: number, caps: StoreCaps): Work<number> {
  const sql = `SELECT held_until AS at, held_by AS id FROM duties WHERE name = 'thin'`;
  const done = yield* one<{ at: number; id: string }>(sql);
  const events = yield* all<{ id: string; account_id: string; type: EventType; at: number }>(
    'SELECT id, account_id, type, at FROM events WHERE (at, id) > (?, ?) AND at <= ? ORDER BY at, id LIMIT ?',
    ...[Math.min(done?.at ?? 0, now - settledMs), done?.id ?? '', now - settledMs, batch],
  );
  const last = events.at(-1);
  if (!last) return 0;
  const written = new Map(events.map((event) => [`${event.account_id} ${event.type}`, event]));
  for (const { account_id, type } of written.values()) {
    // More of this account is to be removed: the next step begins with the same events.
    if ((yield* trimType(account_id, type, batch, caps)) === batch) return batch;
  }
  yield* change(`UPDATE duties SET held_until = ?, held_by = ? WHERE name = 'thin'`, last.at, last.id);
  return events.length === batch ? batch : 0;
}

/**
 * Removes the oldest events of one type that an account has above its cap; of logins, also the familiar networks
 * above theirs.
 * @returns how many rows were removed, at most `batch`.
 */
function* trimType(
  accountId: string,
  type: EventType,
  batch: number,
  { maxEventsPerType, maxFamiliarNetworks }: StoreCaps,
): Work<number> {
  const maxEvents: number | undefined = maxEventsPerType[type];
  // A newer version at work beside this one knows more types, and thins them itself.
  if (maxEvents === undefined) return 0;
  const events = yield* change(
    `DELETE FROM events WHERE id IN (SELECT id FROM events WHERE account_id = ? AND type = ?
       ORDER BY at DESC, id DESC LIMIT ? OFFSET ?)`,
    ...[accountId, type, batch, maxEvents],
  );
  if (type !== 'logged-in') return events;
  const networks = yield* change(
    `DELETE FROM familiar_networks WHERE account_id = ? AND network IN (
       SELECT network FROM familiar_networks WHERE account_id = ?
       ORDER BY last_login_at DESC, network LIMIT ? OFFSET ?)`,
    ...[accountId, accountId, batch, maxFamiliarNetworks],
  );
  return Math.max(events, networks);
}

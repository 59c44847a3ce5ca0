import { setImmediate as giveWay } from 'node:timers/promises';
import type { Engine } from '../engines/engine.ts';
import { change, one } from '../engines/work.ts';

/** Events that one transaction removes. Ten thousand of them would keep everybody waiting. */
const maxEventsPerWrite = 100;

/**
 * Removes an account that has been marked as leaving, and its events, in pieces between which others write.
 * @throws {StoreUnavailable} the rest is left to the next sweep.
 */
export async function eraseAccount(engine: Engine, accountId: string): Promise<void> {
  for (let isGone = false; !isGone; ) {
    isGone = await engine.write(function* () {
      const removed = yield* change(
        'DELETE FROM events WHERE id IN (SELECT id FROM events WHERE account_id = ? LIMIT ?)',
        ...[accountId, maxEventsPerWrite],
      );
      if (removed === maxEventsPerWrite) return false;
      yield* change(`DELETE FROM accounts WHERE id = ? AND password_hash = 'leaving'`, accountId);
      return true;
    });
    await giveWay();
  }
}

/** Removes what is left of accounts that were deleted when the server was stopped or its database failed. */
export async function eraseLeavingAccounts(engine: Engine): Promise<void> {
  const sql = `SELECT id FROM accounts WHERE password_hash = 'leaving' LIMIT 1`;
  for (;;) {
    const account = await engine.read(one<{ id: string }>(sql));
    if (!account) return;
    await eraseAccount(engine, account.id);
    engine.noteErasure();
  }
}

import type { LinkKind } from '@coatcheck/api-types';
import { change, type Work } from '../engines/work.ts';

// The end of a one-time link, as a part of transactions. Its row stays until it is swept, so that its holder is told why it
// is void.

/**
 * Uses a waiting link up.
 * @param accountId the account that it must be for; null: an invitation, which is for none.
 * @returns whether it waited: of many at once one is told so.
 */
export function* useLink(
  tokenHash: string,
  kind: LinkKind,
  accountId: string | null,
  now: number,
): Work<boolean> {
  const used = yield* change(
    `UPDATE links SET ended = 'used', over_at = ?
     WHERE token_hash = ? AND kind = ? AND ended IS NULL AND over_at > ?
       AND account_id ${accountId === null ? 'IS NULL' : '= ?'}`,
    ...[now, tokenHash, kind, now, ...(accountId === null ? [] : [accountId])],
  );
  return used > 0;
}

/** Takes the waiting links of some kinds back that an account has. */
export const takeLinksBack = (accountId: string, kinds: LinkKind[], now: number): Work<number> =>
  change(
    `UPDATE links SET ended = 'superseded', over_at = ?
     WHERE account_id = ? AND kind IN (${kinds.map(() => '?').join(', ')}) AND ended IS NULL AND over_at > ?`,
    ...[now, accountId, ...kinds, now],
  );

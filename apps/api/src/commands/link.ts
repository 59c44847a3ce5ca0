import { monotonicClock } from '../clock.ts';
import type { Account } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { newLink } from '../ways/links.ts';
import { goodForMs } from './expires.ts';
import { linkHomeOf } from './link-home.ts';
import { withDatabase } from './open-database.ts';
import { logOperatorEvent } from './operator-log.ts';
import { printLink } from './print-link.ts';
import { noAccount } from './usage-error.ts';

/**
 * Prints a link with which a person who forgot the password chooses a new one.
 * @param username lower case. @param expires how long the link is good, like `3d`; undefined: an hour
 * @throws {UsageError} when no account has the username, when the time span is none, or when no link can lead to the server.
 */
export function link(username: string, expires: string | undefined): Promise<void> {
  const goodFor = goodForMs(expires, 'reset');
  return withDatabase(
    async (store, config) => {
      const account = await store.findAccount(username);
      if (!account) throw noAccount(username);
      await printResetLink(store, linkHomeOf(config), account, goodFor);
    },
    { check: linkHomeOf },
  );
}

/** Makes a link for a new password, and prints it. @param home see {@link linkHomeOf}. @param goodFor milliseconds */
export async function printResetLink(
  store: Store,
  home: string,
  { id, username }: Pick<Account, 'id' | 'username'>,
  goodFor: number,
): Promise<void> {
  const now = monotonicClock()();
  const made = newLink(home, { kind: 'reset', accountId: id, now, goodForMs: goodFor });
  if ((await store.makeResetLink(made.link, now)) === 'no-such-account') throw noAccount(username);
  logOperatorEvent('authn_token_created', id);
  printLink(made, `With it, ${username} chooses a new password, and all sessions of ${username} end`);
}

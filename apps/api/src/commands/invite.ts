import { monotonicClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { installation } from '../installation.ts';
import { newLink } from '../ways/links.ts';
import { goodForMs } from './expires.ts';
import { linkHomeOf } from './link-home.ts';
import { withDatabase } from './open-database.ts';
import { logOperatorEvent } from './operator-log.ts';
import { printLink } from './print-link.ts';
import { UsageError } from './usage-error.ts';

/**
 * Prints an invitation: a link with which a person makes an account. A database that is not there is made.
 * @param expires how long the link is good, like `3d`; undefined: seven days
 * @throws {UsageError} where nobody can register, when too many invitations wait, when the time span is none, or when no link
 * can lead to the server.
 */
export function invite(expires: string | undefined): Promise<void> {
  const goodFor = goodForMs(expires, 'invitation');
  return withDatabase(
    async (store, config) => {
      const now = monotonicClock()();
      const made = newLink(linkHomeOf(config), {
        kind: 'invitation',
        accountId: null,
        now,
        goodForMs: goodFor,
      });
      if ((await store.makeInvitation(made.link, now)) === 'too-many') {
        throw new UsageError(
          `Too many invitations wait already. To take some back, run: ${installation.command} links void ID`,
        );
      }
      logOperatorEvent('authn_token_created', null);
      printLink(made, 'With it, a person makes an account');
    },
    { mayBeNew: true, check: requireUse },
  );
}

/** @throws {UsageError} where an invitation could be of no use. */
function requireUse(config: Config): void {
  if (config.registration.policy === 'closed') {
    throw new UsageError(
      `Registration is closed here, so an invitation would be good for nothing. Set REGISTRATION=invite, or make the account: ${installation.command} add NAME --link`,
    );
  }
  linkHomeOf(config);
}

import { emptyProfile, isUsername, maxUsernameLength, minUsernameLength } from '@coatcheck/api-types';
import { monotonicClock } from '../clock.ts';
import { installation } from '../installation.ts';
import { newPublicId } from '../session/ticket.ts';
import type { NameRefusal } from '../store/accounts.ts';
import { noPasswordYet } from '../store/password-mark.ts';
import { linkMs } from '../ways/links.ts';
import { printResetLink } from './link.ts';
import { linkHomeOf } from './link-home.ts';
import { askNewPassword } from './new-password.ts';
import { withDatabase } from './open-database.ts';
import { logOperatorEvent } from './operator-log.ts';
import { UsageError } from './usage-error.ts';

/**
 * Makes an account, with a reserved name, too, and where registration is closed. A database that is not there is made.
 * @param username lower case.
 * @param options `byLink`: no password is asked for; a link is printed with which its person chooses one.
 * @throws {UsageError} when the username is none, is taken or was left, when the password is not good enough, or when no link
 * can lead to the server.
 */
export function add(username: string, { byLink }: { byLink: boolean }): Promise<void> {
  if (!isUsername(username)) {
    throw new UsageError(
      `${JSON.stringify(username)} is no username. Take ${minUsernameLength} to ${maxUsernameLength} of a-z 0-9 . _ -, a letter or digit at both ends.`,
    );
  }
  return withDatabase(
    async (store, config) => {
      const home = byLink ? linkHomeOf(config) : undefined;
      if (await store.findAccount(username)) throw refusal('username-taken', username);
      if (await store.isNameTaken(username)) throw refusal('name-left', username);
      const passwordHash = byLink
        ? noPasswordYet
        : await askNewPassword(`Password for ${username}: `, username, config);
      const account = {
        ...{ id: newPublicId(), username, passwordHash, ...emptyProfile },
        createdAt: monotonicClock()(),
      };
      // Another person may have registered the name while the password was typed.
      const outcome = await store.addAccount(account);
      if (outcome !== 'added') throw refusal(outcome, username);
      logOperatorEvent('user_created', account.id);
      if (home === undefined) {
        process.stdout.write(`The account ${username} is made: ${username} can log in now.\n`);
        return;
      }
      process.stderr.write(
        `The account ${username} is made. Its person chooses a password with this link:\n`,
      );
      await printResetLink(store, home, account, linkMs.reset);
    },
    { mayBeNew: true, check: (config) => byLink && linkHomeOf(config) },
  );
}

const refusal = (why: NameRefusal, username: string) =>
  new UsageError(
    why === 'username-taken'
      ? `There is an account named "${username}" already.`
      : `"${username}" was the name of an account that was deleted, and apps may take its next holder for the one before. To give it out again all the same, run: ${installation.command} free ${username}`,
  );

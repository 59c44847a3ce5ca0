import { withDatabase } from './open-database.ts';
import { UsageError } from './usage-error.ts';

/**
 * Lets a name that was left be registered again.
 * @param username lower case.
 * @throws {UsageError} when no deleted account had the name.
 */
export const free = (username: string): Promise<void> =>
  withDatabase(async (store) => {
    if ((await store.freeName(username)) === 'not-left') {
      throw new UsageError(`No account named ${JSON.stringify(username)} was deleted.`);
    }
    process.stdout.write(
      `${username} can be registered again. An app that knows people by their names takes the next ${username} for the one before.\n`,
    );
  });

import { type Config, homeOf } from '../config.ts';
import { withoutPassword } from '../store/database-url.ts';
import { isHomeKnown } from './link-home.ts';

/**
 * Says on standard error with which database and URL a command works. A password of the database is left out.
 * @param openedPort the port that was opened. A command that opens none names the one that is set, if the
 * server does not pick it.
 */
export function sayWhere(config: Config, openedPort?: number): void {
  const address =
    openedPort === undefined && !isHomeKnown(config)
      ? 'on this machine, at a port that the server picks at its start'
      : homeOf(config, openedPort);
  process.stderr.write(`Database: ${withoutPassword(config.database)}. Address: ${address}.\n`);
}

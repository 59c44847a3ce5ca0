import { type Config, homeOf } from '../config.ts';
import { withoutPassword } from '../store/database-url.ts';

/**
 * Says on standard error with which database and URL a command works. A password of the database is left out.
 * @param openedPort the port that was opened. A command that opens none names the one that is set.
 */
export function sayWhere(config: Config, openedPort?: number): void {
  process.stderr.write(
    `Database: ${withoutPassword(config.database)}. Address: ${homeOf(config, openedPort)}.\n`,
  );
}

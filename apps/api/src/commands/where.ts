import type { Config } from '../config.ts';
import { withoutPassword } from '../store/database-url.ts';

/** Says on standard error with which database and address a command works. A password of the database is left out. */
export function sayWhere(config: Config, address = homeAtStart(config)): void {
  process.stderr.write(`Database: ${withoutPassword(config.database)}. Address: ${address}.\n`);
}

/** The URL that people type, as far as the settings tell it: a port that is picked at the start is not known yet. */
const homeAtStart = ({ publicUrl, port, basePath }: Config) =>
  `${publicUrl?.origin ?? `http://localhost:${port}`}${basePath}`;

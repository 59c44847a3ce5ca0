import { type Config, readConfig } from '../config.ts';
import { loadEnvFile } from '../env-file.ts';
import { exposureAt, openStore, requireDatabase } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { sayWhere } from './where.ts';

/**
 * Opens the database that the settings of the server name, and closes it when the work is over. Standard error says
 * which database that is, without its password, and at which URL its server is.
 * @param options `mayBeNew`: a database that is not there is made; otherwise it is an error. `check` throws when the command
 * cannot work with the settings, before the database is opened or made.
 * @throws {ConfigError} when a setting cannot work. @throws {StoreUnusable} when the database cannot be used.
 */
export async function withDatabase(
  work: (store: Store, config: Config) => Promise<void>,
  { mayBeNew = false, check }: { mayBeNew?: boolean; check?: (config: Config) => void } = {},
): Promise<void> {
  loadEnvFile();
  const config = readConfig(process.env);
  sayWhere(config);
  check?.(config);
  if (!mayBeNew) requireDatabase(config.database);
  const store = await openStore(config.database);
  const exposure = exposureAt(config.database);
  if (exposure) process.stderr.write(`${exposure}\n`);
  try {
    await work(store, config);
  } finally {
    await store.close();
  }
}

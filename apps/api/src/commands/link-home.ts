import { type Config, homeOf } from '../config.ts';
import { UsageError } from './usage-error.ts';

/**
 * @returns the URL that people type, for a link that a command prints.
 * @throws {UsageError} when the server picks a port at its start: no command knows which.
 */
export function linkHomeOf(config: Config): string {
  if (isHomeKnown(config)) return homeOf(config);
  throw new UsageError(
    'PORT is 0 and PUBLIC_URL is not set, so nobody knows here to which port a link would have to lead. Set PUBLIC_URL to the URL that people type, or PORT to the port that the server opened, and run the command again.',
  );
}

/** @returns whether the settings say at which URL people reach the server, before it has opened a port. */
export const isHomeKnown = ({ publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>): boolean =>
  publicUrl !== undefined || port !== 0;

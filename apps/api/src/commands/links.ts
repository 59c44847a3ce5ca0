import { monotonicClock } from '../clock.ts';
import type { NamedLink } from '../store/links.ts';
import { withDatabase } from './open-database.ts';
import { logOperatorEvent } from './operator-log.ts';
import { UsageError } from './usage-error.ts';

/** Prints the links that wait for their use, the oldest first: nothing of it lets anybody in. */
export const listLinks = (): Promise<void> =>
  withDatabase(async (store) => {
    const waiting = await store.waitingLinks(monotonicClock()());
    if (waiting.length === 0) process.stderr.write('No link waits for its use.\n');
    else process.stdout.write(table([heading, ...waiting.map(rowOf)]));
  });

/**
 * Takes a link back that waits for its use.
 * @param id as the list shows it.
 * @throws {UsageError} when no link with this id waits.
 */
export const voidLink = (id: string): Promise<void> =>
  withDatabase(async (store) => {
    if ((await store.voidLink(id, monotonicClock()())) === 'not-waiting') {
      throw new UsageError(`No link with the id ${JSON.stringify(id)} waits for its use.`);
    }
    logOperatorEvent('authn_token_revoked', null);
    process.stdout.write(`The link ${id} is void.\n`);
  });

const heading = ['ID', 'KIND', 'NAME', 'GOOD UNTIL'];

const rowOf = ({ id, kind, username, overAt }: NamedLink) => [
  id,
  kind,
  username ?? '-',
  new Date(overAt).toISOString(),
];

/** @returns lines whose columns are as wide as their longest cell. */
function table(rows: string[][]): string {
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widthOf(column))).join('  '));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

import { loadEnvFile } from '../env-file.ts';
import { installation } from '../installation.ts';
import { copyDatabase, type Progress } from '../store/copy.ts';
import {
  type DatabaseAddress,
  readDatabaseUrl,
  UnusableAddress,
  withoutPassword,
} from '../store/database-url.ts';
import { exposureAt } from '../store/open.ts';
import { UsageError } from './usage-error.ts';

/**
 * Copies one database into another, except the files of the page. A URL that is left out comes from the variable
 * COPY_FROM or COPY_TO, since other users of the machine can read the options of a command, and with them a password.
 * @throws {UsageError} when a URL is missing or cannot be used.
 */
export async function copy(options: { from?: string; to?: string }): Promise<void> {
  loadEnvFile();
  const from = readUrl('--from', options.from, 'COPY_FROM');
  const to = readUrl('--to', options.to, 'COPY_TO');
  process.stderr.write(`From ${withoutPassword(from)}\nto   ${withoutPassword(to)}\n`);
  const inventory = await copyDatabase(from, to, bar());
  for (const exposure of [exposureAt(from), exposureAt(to)]) {
    if (exposure) process.stderr.write(`${exposure}\n`);
  }
  const line = (table: string, rows: string, digest: string) =>
    process.stdout.write(`${table.padEnd(18)} ${rows.padStart(10)}  ${digest}\n`);
  line('Table', 'Rows', 'Digest');
  for (const [table, { rows, digest }] of Object.entries(inventory)) {
    line(table, String(rows), digest.slice(0, 16));
  }
  process.stdout.write(
    'Copied and compared row by row. Set DATABASE_URL to the target, and start the server.\n',
  );
}

function readUrl(option: string, given: string | undefined, variable: string): DatabaseAddress {
  const value = given ?? process.env[variable];
  if (!value) throw new UsageError(`${option} is missing. Give it, or set ${variable} in the environment.`);
  try {
    const read = readDatabaseUrl(value, installation.folder);
    if (given !== undefined && 'password' in read) {
      process.stderr.write(
        `Warning: ${option} holds a password, which other users of this machine can read. Leave ${option} out and set ${variable} in the environment, or leave the password out and set PGPASSWORD or ~/.pgpass.\n`,
      );
    }
    return read;
  } catch (error) {
    const name = given === undefined ? variable : option;
    if (error instanceof UnusableAddress) throw new UsageError(`${name} ${error.message}. ${error.right}`);
    throw error;
  }
}

const barWidth = 30;

/**
 * @returns a function that shows the progress: on a terminal a bar that grows in its line, elsewhere a line for each
 * table.
 */
function bar(): Progress {
  const { stderr } = process;
  return (doing, table, rows, of) => {
    const done = of === 0 ? 1 : Math.min(rows / of, 1);
    const line = `${doing.padEnd(8)} ${table.padEnd(18)} ${rows} of ${of}`;
    if (stderr.isTTY) {
      const filled = '█'.repeat(Math.round(done * barWidth));
      stderr.write(`\r\x1b[K${filled.padEnd(barWidth, '░')} ${line}${done === 1 ? '\n' : ''}`);
    } else if (rows >= of) {
      stderr.write(`${line}\n`);
    }
  };
}

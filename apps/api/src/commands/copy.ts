import { repository } from '../config.ts';
import { type DatabaseAddress, readDatabaseUrl, UnusableAddress } from '../store/address.ts';
import { copyDatabase, type Progress } from '../store/copy.ts';
import { Refused } from './refused.ts';

/** Moves house: all that one database holds goes into another. */
export async function copy(from: string, to: string): Promise<void> {
  const inventory = await copyDatabase(address('--from', from), address('--to', to), bar());
  for (const [table, { rows, digest }] of Object.entries(inventory)) {
    process.stdout.write(`${table.padEnd(18)} ${String(rows).padStart(10)}  ${digest.slice(0, 16)}\n`);
  }
  process.stdout.write('Copied, and compared row by row. Set DATABASE_URL to the new address and start.\n');
}

function address(option: string, value: string): DatabaseAddress {
  try {
    return readDatabaseUrl(value, repository);
  } catch (error) {
    if (error instanceof UnusableAddress) throw new Refused(`${option} ${error.message}. ${error.right}`);
    throw error;
  }
}

const barWidth = 30;

/** A bar that grows in its line, on a terminal; elsewhere a line for each table. */
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

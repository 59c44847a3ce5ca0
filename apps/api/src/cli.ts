import { parseArgs } from 'node:util';
import { copy } from './commands/copy.ts';
import { setPassword } from './commands/password.ts';
import { Refused } from './commands/refused.ts';
import { ConfigError } from './config.ts';
import { ProblemError } from './problems.ts';
import { StoreUnavailable, StoreUnusable } from './store/store.ts';

const usage = `pnpm coatcheck password NAME               set a new password for NAME and end all its sessions
pnpm coatcheck copy --from URL --to URL    copy a database into another, empty one; stop the servers first`;

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${explained(error)}\n`);
  process.exitCode = 1;
}

/** What the person at the keyboard can do something about; anything else is a fault, and shows where. */
function explained(error: unknown): string {
  if (error instanceof StoreUnavailable) {
    return `The database does not answer (${error.message}). Run the same command again when it does.`;
  }
  for (const known of [Refused, ConfigError, StoreUnusable, ProblemError]) {
    if (error instanceof known) return error.message;
  }
  throw error;
}

async function run([command, ...rest]: string[]): Promise<void> {
  const [name, ...more] = rest;
  if (command === 'password' && name !== undefined && more.length === 0) {
    return setPassword(name.toLowerCase());
  }
  if (command === 'copy') {
    const { from, to } = addresses(rest);
    if (from && to) return copy(from, to);
  }
  throw new Refused(usage);
}

function addresses(args: string[]): { from?: string; to?: string } {
  try {
    return parseArgs({ args, options: { from: { type: 'string' }, to: { type: 'string' } } }).values;
  } catch {
    return {};
  }
}

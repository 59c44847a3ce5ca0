import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from './commands/usage-error.ts';
import { repository } from './config.ts';
import { ProblemError } from './http/problems.ts';
import { ConfigError } from './settings.ts';
import { StoreUnavailable, StoreUnusable } from './store/errors.ts';

const usage = `Usage: npx -y pnpm coatcheck COMMAND

add NAME                            make an account named NAME; asks for its password
password NAME                       set a new password for NAME and revoke all of its sessions
free NAME                           let NAME be registered again that a deleted account had
copy [--from URL] [--to URL]        copy a database into another, empty one; stop the servers first
                                    (a URL left out is read from COPY_FROM or COPY_TO in the environment)
doctor --url URL [--origin ORIGIN]  find out why nobody stays logged in at URL, on pages of ORIGIN
--help, --version                   print this text, or the version`;

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${explained(error)}\n`);
  process.exitCode = 1;
}

/**
 * The message of an error that the person at the keyboard can mend.
 * @throws any other error: it is a fault, and its stack shows where.
 */
function explained(error: unknown): string {
  if (error instanceof StoreUnavailable) {
    return `The database does not answer (${error.message}). Run the same command again when it does.`;
  }
  for (const known of [UsageError, ConfigError, StoreUnusable, ProblemError]) {
    if (error instanceof known) return error.message;
  }
  throw error;
}

/** Runs one command. Each loads its own modules, so that none waits for what only another needs. */
async function run(args: string[]): Promise<void> {
  const [command, ...rest] = args;
  if (args.includes('--help')) return void process.stdout.write(`${usage}\n`);
  if (command === '--version' && rest.length === 0) return void process.stdout.write(`${version()}\n`);
  const [name, ...more] = rest;
  if (command === 'add' && name !== undefined && more.length === 0) {
    const { add } = await import('./commands/add.ts');
    return add(name.toLowerCase());
  }
  if (command === 'free' && name !== undefined && more.length === 0) {
    const { free } = await import('./commands/free.ts');
    return free(name.toLowerCase());
  }
  if (command === 'password' && name !== undefined && more.length === 0) {
    const { setPassword } = await import('./commands/password.ts');
    return setPassword(name.toLowerCase());
  }
  if (command === 'copy') {
    const options = optionsIn(rest, 'from', 'to');
    if (options) {
      const { copy } = await import('./commands/copy.ts');
      return copy(options);
    }
  }
  if (command === 'doctor') {
    const { url, origin } = optionsIn(rest, 'url', 'origin') ?? {};
    if (url) {
      const { doctor } = await import('./commands/doctor.ts');
      const isSound = await doctor({ url, ...(origin && { origin }) }, process.env.TICKET || undefined);
      process.exitCode = isSound ? 0 : 1;
      return;
    }
  }
  throw new UsageError(usage);
}

function version(): string {
  return JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')).version;
}

/** The values of a command's options. @returns undefined where anything else stands among them. */
function optionsIn<Name extends string>(
  args: string[],
  ...names: Name[]
): { [name in Name]?: string } | undefined {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
    return parseArgs({ args, options }).values as { [name in Name]?: string };
  } catch {
    return undefined;
  }
}

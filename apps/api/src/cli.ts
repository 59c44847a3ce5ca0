import { parseArgs } from 'node:util';
import { UsageError } from './commands/usage-error.ts';
import { ProblemError } from './http/problems.ts';
import { installation, version } from './installation.ts';
import { ConfigError } from './settings.ts';
import { StoreUnavailable, StoreUnusable } from './store/errors.ts';

/** A command of the command line. Each loads its own modules, so that none waits for what only another needs. */
interface Command {
  name: string;
  /** Its arguments and what it does, for people. */
  takes: string;
  does: string[];
  /** @returns false when the arguments are not what the command takes. */
  run(args: string[]): Promise<boolean>;
}

const commands: Command[] = [
  {
    name: 'serve',
    takes: '[--in-front-of URL]',
    does: ['serve the pages and the API (the default), in front of the app at URL'],
    async run(args) {
      const options = optionsIn(args, 'in-front-of');
      // An empty one is a variable of a script that was not set: without the app the server would be open to everyone.
      if (!options || options['in-front-of'] === '') return false;
      const { serve } = await import('./commands/serve.ts');
      await serve(options['in-front-of']);
      return true;
    },
  },
  ofName('add', 'make an account named NAME; asks for its password', async (username) => {
    const { add } = await import('./commands/add.ts');
    await add(username);
  }),
  ofName('password', 'set a new password for NAME and revoke all of its sessions', async (username) => {
    const { setPassword } = await import('./commands/password.ts');
    await setPassword(username);
  }),
  ofName('free', 'let NAME be registered again that a deleted account had', async (username) => {
    const { free } = await import('./commands/free.ts');
    await free(username);
  }),
  {
    name: 'copy',
    takes: '[--from URL] [--to URL]',
    does: [
      'copy a database into another, empty one; stop the servers first',
      '(a URL left out is read from COPY_FROM or COPY_TO in the environment)',
    ],
    async run(args) {
      const options = optionsIn(args, 'from', 'to');
      if (!options) return false;
      const { copy } = await import('./commands/copy.ts');
      await copy(options);
      return true;
    },
  },
  {
    name: 'doctor',
    takes: '--url URL [--origin ORIGIN] [--app URL]',
    does: [
      'find out why nobody stays logged in at URL, on pages of ORIGIN,',
      'or whether an app is safe behind the login',
    ],
    async run(args) {
      const { url, ...places } = optionsIn(args, 'url', 'origin', 'app') ?? {};
      if (!url) return false;
      const { doctor } = await import('./commands/doctor.ts');
      const isSound = await doctor({ url, ...places }, process.env);
      process.exitCode = isSound ? 0 : 1;
      return true;
    },
  },
];

/** A command that takes the name of an account, and nothing else. @param run gets the name in lower case */
function ofName(name: string, does: string, run: (username: string) => Promise<void>): Command {
  return {
    name,
    takes: 'NAME',
    does: [does],
    async run([username, ...more]) {
      if (username === undefined || more.length > 0) return false;
      await run(username.toLowerCase());
      return true;
    },
  };
}

/** Columns of the usage text before what a command does. */
const usageColumns = 36;

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

async function run(args: string[]): Promise<void> {
  if (args.includes('--help')) return void process.stdout.write(`${usage()}\n`);
  if (args[0] === '--version' && args.length === 1) return void process.stdout.write(`${version}\n`);
  // Options without a command are those of the default.
  const [name, ...rest] = args[0]?.startsWith('--') === false ? args : ['serve', ...args];
  const command = commands.find((each) => each.name === name);
  if (!(await command?.run(rest))) throw new UsageError(usage());
}

function usage(): string {
  const lines = commands.flatMap(({ name, takes, does }) => {
    const call = `${name} ${takes}`;
    const indented = does.map((line) => ' '.repeat(usageColumns) + line);
    // A long call has a line of its own.
    return call.length < usageColumns
      ? [call.padEnd(usageColumns) + does[0], ...indented.slice(1)]
      : [call, ...indented];
  });
  lines.push(`${'--help, --version'.padEnd(usageColumns)}print this text, or the version`);
  return [`Usage: ${installation.command} [COMMAND]`, '', ...lines].join('\n');
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

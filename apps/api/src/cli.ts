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

/** The kinds of options. */
const flag = { type: 'boolean' } as const;
const text = { type: 'string' } as const;
type Options = Record<string, typeof flag | typeof text>;
type ValuesOf<Taken extends Options> = {
  [name in keyof Taken]?: Taken[name] extends typeof flag ? boolean : string;
};

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
  ofName(
    { name: 'add', takes: '[--link]', options: { link: flag } },
    [
      'make an account named NAME; asks for its password,',
      'or prints a link with which its person chooses one',
    ],
    async (username, { link = false }) => {
      const { add } = await import('./commands/add.ts');
      await add(username, { byLink: link });
    },
  ),
  ofName(
    { name: 'password', takes: '[--alone]', options: { alone: flag } },
    [
      'set a new password for NAME and revoke all of its sessions;',
      'with --alone it is enough without a passkey from then on',
    ],
    async (username, { alone = false }) => {
      const { setPassword } = await import('./commands/password.ts');
      await setPassword(username, { isAlone: alone });
    },
  ),
  ofName(
    { name: 'link', takes: '[--expires 90m]', options: { expires: text } },
    [
      'print a link with which NAME chooses a new password, once,',
      'within an hour or as long as --expires says',
    ],
    async (username, { expires }) => {
      const { link } = await import('./commands/link.ts');
      await link(username, expires);
    },
  ),
  {
    name: 'invite',
    takes: '[--expires 3d]',
    does: [
      'print a link with which a person makes an account, once,',
      'within seven days or as long as --expires says',
    ],
    async run(args) {
      const options = optionsIn(args, 'expires');
      if (!options) return false;
      const { invite } = await import('./commands/invite.ts');
      await invite(options.expires);
      return true;
    },
  },
  {
    name: 'links',
    takes: '[void ID]',
    does: ['list the links that wait for their use, or take one back'],
    async run([action, id, ...more]) {
      if (more.length > 0 || (action !== undefined && (action !== 'void' || !id))) return false;
      const { listLinks, voidLink } = await import('./commands/links.ts');
      await (id ? voidLink(id) : listLinks());
      return true;
    },
  },
  ofName({ name: 'free' }, ['let NAME be registered again that a deleted account had'], async (username) => {
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

/** A command that takes the name of an account, and options. @param run gets the name in lower case */
function ofName<const Taken extends Options = Record<never, never>>(
  { name, takes, options }: { name: string; takes?: string; options?: Taken },
  does: string[],
  run: (username: string, options: ValuesOf<Taken>) => Promise<void>,
): Command {
  return {
    name,
    takes: ['NAME', ...(takes ? [takes] : [])].join(' '),
    does,
    async run(args) {
      const given = parsed(args, options ?? ({} as Taken));
      const [username, ...more] = given?.positionals ?? [];
      if (!given || username === undefined || more.length > 0) return false;
      await run(username.toLowerCase(), given.values);
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

/** The values of a command's options, each a text. @returns undefined where anything else stands among them. */
function optionsIn<Name extends string>(
  args: string[],
  ...names: Name[]
): { [name in Name]?: string } | undefined {
  const options = Object.fromEntries(names.map((name) => [name, text]));
  const given = parsed(args, options);
  return given?.positionals.length === 0 ? (given.values as { [name in Name]?: string }) : undefined;
}

/**
 * @returns undefined where anything else stands among the arguments.
 * @throws {UsageError} when an option is given more than once: nobody can tell which of them is meant.
 */
function parsed<Taken extends Options>(
  args: string[],
  options: Taken,
): { values: ValuesOf<Taken>; positionals: string[] } | undefined {
  const given = tokensOf(args, options);
  const names = given?.tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : [])) ?? [];
  const repeated = names.find((name, n) => names.indexOf(name) < n);
  if (repeated) throw new UsageError(`--${repeated} is given more than once. Give it once.\n\n${usage()}`);
  return given && { values: given.values as ValuesOf<Taken>, positionals: given.positionals };
}

function tokensOf(args: string[], options: Options) {
  try {
    return parseArgs({ args, options, allowPositionals: true, tokens: true });
  } catch {
    return undefined;
  }
}

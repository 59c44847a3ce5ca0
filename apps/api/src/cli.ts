import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { createBlocklist } from './blocklist.ts';
import { monotonicClock } from './clock.ts';
import { ConfigError, loadEnvFile, readConfig } from './config.ts';
import { nameHash } from './limits.ts';
import { hashPassword, requireGoodPassword } from './passwords.ts';
import { ProblemError } from './problems.ts';
import { openStore } from './store/open.ts';
import { StoreUnavailable, StoreUnusable } from './store/store.ts';

const usage = `pnpm coatcheck password NAME   set a new password for NAME and end all its sessions
`;

/** What the person at the keyboard can mend. The message is for them. */
class Refused extends Error {}

try {
  const [command, name, ...rest] = process.argv.slice(2);
  if (command !== 'password' || name === undefined || rest.length > 0) throw new Refused(usage.trimEnd());
  await setPassword(name.toLowerCase());
} catch (error) {
  const known = [Refused, ConfigError, StoreUnusable].some((type) => error instanceof type);
  if (!known && !(error instanceof ProblemError) && !(error instanceof StoreUnavailable)) throw error;
  const message =
    error instanceof StoreUnavailable
      ? `The database does not answer (${error.message}). Nothing was changed.`
      : (error as Error).message;
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

/** For who forgot theirs: whoever runs the server can read its database, and so may set a new one. */
async function setPassword(username: string) {
  loadEnvFile();
  const config = readConfig(process.env);
  const store = await openStore(config.database);
  try {
    if (!(await store.findAccount(username))) throw new Refused(`Nobody is called ${username}.`);
    const password = (await ask(`New password for ${username}: `)).normalize('NFC');
    const { length } = [...password];
    if (length < config.passwordMinLength || length > 256) {
      throw new Refused(
        `Password must have ${config.passwordMinLength} to 256 characters. This one has ${length}.`,
      );
    }
    await requireGoodPassword(password, username, createBlocklist(config.passwordMinLength));
    const change = { passwordHash: await hashPassword(password), nameHash: nameHash(username) };
    if ((await store.setPassword(username, change, monotonicClock()())) === 'no-such-account') {
      throw new Refused(`Nobody is called ${username}.`);
    }
    process.stdout.write(`${username} has a new password, and all sessions of ${username} are ended.\n`);
  } finally {
    await store.close();
  }
}

/** One line, from the terminal without showing it, or from what is piped in. */
async function ask(question: string): Promise<string> {
  const { stdin, stderr } = process;
  if (stdin.isTTY) stderr.write(question);
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output, terminal: stdin.isTTY });
  lines.on('SIGINT', () => process.exit(130));
  for await (const line of lines) {
    if (stdin.isTTY) stderr.write('\n');
    lines.close();
    return line;
  }
  throw new Refused('No password was given: type one, or pipe one in.');
}

import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { createBlocklist } from '../blocklist.ts';
import { monotonicClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { loadEnvFile } from '../env-file.ts';
import { nameHash } from '../limits.ts';
import { hashPassword, requireGoodPassword } from '../passwords.ts';
import { openStore, requireDatabase } from '../store/open.ts';
import { Refused } from './refused.ts';

/** For who forgot theirs: whoever runs the server can read its database, and so may set a new one. */
export async function setPassword(username: string): Promise<void> {
  loadEnvFile();
  const config = readConfig(process.env);
  requireDatabase(config.database);
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

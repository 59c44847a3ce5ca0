import { maxPasswordLength } from '@coatcheck/api-types';
import { monotonicClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { loadEnvFile } from '../env-file.ts';
import type { SecurityEvent } from '../http/security-log.ts';
import { createBlocklist } from '../password/blocklist.ts';
import { hashPassword } from '../password/hash.ts';
import { nameHash } from '../password/limits.ts';
import { requireGoodPassword } from '../password/policy.ts';
import { withoutPassword } from '../store/database-url.ts';
import { exposureAt, openStore, requireDatabase } from '../store/open.ts';
import { askPassword } from './ask-password.ts';
import { UsageError } from './usage-error.ts';

/**
 * Sets a new password for a person who forgot the old one, and ends all sessions of that person. No old password is
 * asked for: the operator can write into the database anyway.
 * @throws {UsageError} when no account has the username, or when the new password is not good enough.
 */
export async function setPassword(username: string): Promise<void> {
  loadEnvFile();
  const config = readConfig(process.env);
  const home = `${config.publicUrl?.origin ?? `http://localhost:${config.port}`}${config.basePath}`;
  process.stderr.write(`Database: ${withoutPassword(config.database)}. Address: ${home}.\n`);
  requireDatabase(config.database);
  const store = await openStore(config.database);
  const exposure = exposureAt(config.database);
  if (exposure) process.stderr.write(`${exposure}\n`);
  try {
    const account = await store.findAccount(username);
    if (!account) throw noAccount(username);
    const password = (await askPassword(`New password for ${username}: `)).normalize('NFC');
    const { length } = [...password];
    if (length < config.passwordMinLength || length > maxPasswordLength) {
      throw new UsageError(
        `Password must have ${config.passwordMinLength} to ${maxPasswordLength} characters. This one has ${length}.`,
      );
    }
    await requireGoodPassword(password, username, createBlocklist(config.passwordMinLength));
    const change = { passwordHash: await hashPassword(password), nameHash: nameHash(username) };
    if ((await store.setPassword(username, change, monotonicClock()())) === 'no-such-account') {
      throw noAccount(username);
    }
    logEvent('authn_password_change', account.id);
    process.stdout.write(
      `The password of ${username} is changed, and all sessions of ${username} are revoked.\n`,
    );
  } finally {
    await store.close();
  }
}

const noAccount = (username: string) =>
  new UsageError(`There is no account named ${JSON.stringify(username)}.`);

/** Writes a line like those of the server's security log to standard error. Standard output is for people. */
function logEvent(event: SecurityEvent, accountId: string) {
  const line = { level: 30, time: Date.now(), pid: process.pid, event, accountId, reason: 'operator' };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

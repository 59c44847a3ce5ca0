import type { SecurityEvent } from '../http/security-log.ts';

/**
 * Writes a line like those of the server's security log to standard error. Standard output is for people.
 * @param accountId null: no account is meant.
 */
export function logOperatorEvent(event: SecurityEvent, accountId: string | null): void {
  const line = { level: 30, time: Date.now(), pid: process.pid, event, accountId, reason: 'operator' };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

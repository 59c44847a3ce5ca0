import { readdirSync, readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { setPriority } from 'node:os';

/** Steps of niceness below the event loop: on a core that both want, the event loop gets about three quarters. */
const niceness = 5;
const tasks = '/proc/self/task';

/**
 * Lowers the priority of libuv's threads, which compute the hashes of passwords. Where they and the event loop want the
 * same core, a request that only shows its ticket does not wait for them. Linux alone gives threads a priority of their
 * own; elsewhere, and where the system forbids the change, nothing happens.
 */
export async function lowerHashThreads(): Promise<void> {
  if (process.platform !== 'linux') return;
  // libuv makes all its threads when the first is needed.
  await access(tasks);
  for (const id of readdirSync(tasks)) {
    try {
      if (readFileSync(`${tasks}/${id}/comm`, 'utf8').trim() === 'libuv-worker') {
        setPriority(Number(id), niceness);
      }
    } catch {
      // A thread that has ended, or a system that forbids it.
    }
  }
}

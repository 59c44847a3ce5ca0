import { readdirSync, readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { availableParallelism, setPriority } from 'node:os';

/** Threads that libuv makes unless `UV_THREADPOOL_SIZE` says otherwise. */
const defaultThreads = 4;
/** Steps of niceness below the event loop: on a core that both want, the event loop gets about three quarters. */
const niceness = 5;
const tasks = '/proc/self/task';

/**
 * Raises `UV_THREADPOOL_SIZE` to one thread more than there are cores, where it is lower: as many hashes as cores are
 * computed at a time, and a thread stays free for everything else. libuv makes its threads at their first use and looks
 * at the variable then, so this is to be called first of all.
 */
export function raiseHashThreads(): void {
  const threads = Number(process.env.UV_THREADPOOL_SIZE) || defaultThreads;
  process.env.UV_THREADPOOL_SIZE = String(Math.max(threads, availableParallelism() + 1));
}

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

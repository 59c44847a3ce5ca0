import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds for which a call goes on asking for a lock. */
const maxWaitMs = 2_000;

/** Runs work that needs a lock: see {@link createLockQueue}. */
type InTurn = <T>(work: () => T) => Promise<T>;

/**
 * Makes a queue of calls that need a lock which another process may hold. A call that finds the lock free does not
 * wait. The first call in the queue asks again and again, and gives way to everything else in between. The next call
 * follows in another turn of the event loop, since all calls in one turn would hold everybody up.
 * @param isTaken whether an error says that the lock is taken. Any other error is thrown, and so is this one after
 * `maxWaitMs`.
 * @param free undefined when asking makes sense now; otherwise resolves, and never rejects, when it does. The time until
 * then does not count towards `maxWaitMs`.
 * @param time a clock in milliseconds, and how to wait: tests turn it.
 */
export function createLockQueue(
  isTaken: (error: unknown) => boolean,
  free: () => Promise<void> | undefined,
  { now = () => performance.now(), sleep = (ms: number) => pause(ms) as Promise<void> } = {},
): InTurn {
  let waiting = 0;
  let last = Promise.resolve();
  /** Milliseconds so far in which asking made no sense. */
  let pausedMs = 0;

  async function whenFree() {
    const since = now();
    for (let freed = free(); freed; freed = free()) await freed;
    pausedMs += now() - since;
  }

  return async <T>(work: () => T): Promise<T> => {
    if (waiting === 0 && !free()) {
      try {
        return work();
      } catch (error) {
        if (!isTaken(error)) throw error;
      }
    }
    const deadline = now() - pausedMs + maxWaitMs;
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    waiting += 1;
    await before;
    try {
      for (;;) {
        await whenFree();
        try {
          return work();
        } catch (error) {
          if (!isTaken(error) || now() - pausedMs > deadline) throw error;
          await sleep(5 + Math.random() * 10);
        }
      }
    } finally {
      waiting -= 1;
      setImmediate(resolve);
    }
  };
}

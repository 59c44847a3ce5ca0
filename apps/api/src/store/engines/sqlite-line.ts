import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds to go on asking for a lock. */
const longestWait = 2_000;

/** Runs work that needs a lock: see {@link createLine}. */
type InLine = <T>(work: () => T) => Promise<T>;

/**
 * A line of those who need a lock that another may hold. Whoever finds it free does not wait. The first in line asks
 * again and again, and gives way to everything else in between; when it has gone, the next one follows in another turn
 * of the event loop, since all of them in one turn would hold everybody up.
 * @param isTaken whether an error says that the lock is taken; what it says after 2 s, or any other, is thrown.
 * @param free resolves, and never rejects, when it is worth asking; undefined: now. That wait does not count.
 */
export function createLine(
  isTaken: (error: unknown) => boolean,
  free: () => Promise<void> | undefined,
  { now = () => performance.now(), sleep = (ms: number) => pause(ms) as Promise<void> } = {},
): InLine {
  let waiting = 0;
  let last = Promise.resolve();
  /** Milliseconds for which it was not worth asking, so far. */
  let paused = 0;

  async function whenFree() {
    const since = now();
    for (let freed = free(); freed; freed = free()) await freed;
    paused += now() - since;
  }

  return async <T>(work: () => T): Promise<T> => {
    if (waiting === 0 && !free()) {
      try {
        return work();
      } catch (error) {
        if (!isTaken(error)) throw error;
      }
    }
    const deadline = now() - paused + longestWait;
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
          if (!isTaken(error) || now() - paused > deadline) throw error;
          await sleep(5 + Math.random() * 10);
        }
      }
    } finally {
      waiting -= 1;
      setImmediate(resolve);
    }
  };
}

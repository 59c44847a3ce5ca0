import type { Clock } from '../clock.ts';
import type { Store } from './store.ts';

const intervalMs = 60_000;
/** Milliseconds between two steps while there is more to do: requests come in between. */
const stepIntervalMs = 10;
/** Rows of each kind that a step removes. A row of a large file costs up to a millisecond of the event loop. */
const maxRowsPerStep = 10;

/** Where a failed sweep is written down. */
interface ErrorLog {
  error(context: { err: unknown }, message: string): void;
}

/**
 * Sweeps the store once a minute, and at once again while there is more to do. A sweep that fails is logged.
 * @returns a function that stops the sweeping, and resolves when the step that is under way is over.
 */
export function keepSwept(store: Store, now: Clock, log: ErrorLog): () => Promise<void> {
  let stopped = false;
  let underWay: Promise<void> | undefined;
  let timer = setTimeout(begin, intervalMs);

  function begin() {
    underWay = sweep();
  }

  async function sweep() {
    let waitMs = intervalMs;
    try {
      if ((await store.sweep(now(), maxRowsPerStep)) >= maxRowsPerStep) waitMs = stepIntervalMs;
    } catch (error) {
      log.error({ err: error }, 'Clean-up failed; retrying in a minute');
    }
    if (!stopped) timer = setTimeout(begin, waitMs);
  }

  return async () => {
    stopped = true;
    clearTimeout(timer);
    await underWay;
  };
}

import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Store } from './store.ts';

const everyMinute = 60_000;
/** Rows of a kind that a step removes; few enough that no request waits noticeably for them. */
const batch = 100;

/**
 * Sweeps what is over, a step at a time, once a minute.
 * @returns how to stop it, which takes as long as a step that is under way.
 */
export function keepSwept(store: Store, now: Clock, log: FastifyBaseLogger): () => Promise<void> {
  let stopped = false;
  let underWay: Promise<void> | undefined;
  let timer = setTimeout(begin, everyMinute);

  function begin() {
    underWay = sweep();
  }

  async function sweep() {
    let rest = everyMinute;
    try {
      // More to do: go on soon, but let requests in between.
      if ((await store.sweep(now(), batch)) >= batch) rest = 20;
    } catch (error) {
      log.error({ err: error }, 'Sweeping failed and is tried again in a minute');
    }
    if (!stopped) timer = setTimeout(begin, rest);
  }

  return async () => {
    stopped = true;
    clearTimeout(timer);
    await underWay;
  };
}

import { unavailable } from './problems.ts';

/**
 * A bounded line in front of something costly: `atOnce` jobs run, `waiting` more may stand in line, in order, each
 * at most `patience` milliseconds.
 * @returns a function that runs a job in its turn and settles as the job does; it rejects with 503 `unavailable`
 * when the line is full or the wait is over, and the job is not run then.
 */
export function createTurns({
  atOnce,
  waiting,
  patience,
}: {
  atOnce: number;
  waiting: number;
  patience: number;
}) {
  let running = 0;
  const line = new Set<() => void>();

  return async function inTurn<T>(job: () => Promise<T>): Promise<T> {
    if (running < atOnce) running += 1;
    else await turn();
    try {
      return await job();
    } finally {
      // The place goes straight to the next in line, so that nobody who comes later slips in between.
      const [next] = line;
      if (next) next();
      else running -= 1;
    }
  };

  function turn(): Promise<void> {
    if (line.size >= waiting) throw busy();
    return new Promise((resolve, reject) => {
      const step = () => {
        line.delete(step);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        line.delete(step);
        reject(busy());
      }, patience);
      line.add(step);
    });
  }
}

const busy = () =>
  unavailable('Too many passwords are being checked right now. Try again in a few seconds.', 5);

import type { Result } from '@coatcheck/api-types';
import { useEffect, useReducer, useState } from 'react';
import { visitor } from '../session/current.ts';
import { retryDelayMs, type TimedFailure, timed } from '../session/failure.ts';

/** The state of a query: a call whose data only one page shows. */
export type Query<Data> =
  | { is: 'asking' }
  /** No data came yet. The page makes the call again by itself. */
  | { is: 'unknown'; failure: TimedFailure }
  /** `stale`: why the last call failed. The data comes from an earlier call and may be old. */
  | { is: 'known'; data: Data; stale: TimedFailure | undefined };

/**
 * Makes a call when the page opens, whenever a reader comes back to it, and after a while when the call failed.
 * @param question makes the call. Pass a function that is the same at every render: another one makes the call anew.
 * @returns the state, and a function that makes the call now
 */
export function useQuery<Data>(
  question: (signal: AbortSignal) => Promise<Result<Data>>,
): [Query<Data>, again: () => void] {
  const [asked, setAsked] = useState<Query<Data>>({ is: 'asking' });
  const [turn, again] = useReducer((count: number) => count + 1, 0);

  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && again();
    document.addEventListener('visibilitychange', look);
    window.addEventListener('online', again);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('online', again);
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is what makes it ask again
  useEffect(() => {
    const controller = new AbortController();
    let failedTries = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask() {
      const result = await visitor.settle(question(controller.signal));
      if (controller.signal.aborted) return;
      if (result.ok) return setAsked({ is: 'known', data: result.data, stale: undefined });
      if (result.problem.type === '/problems/not-logged-in') return;
      const failure = timed(result.problem);
      setAsked((before) =>
        before.is === 'known' ? { ...before, stale: failure } : { is: 'unknown', failure },
      );
      timer = setTimeout(ask, retryDelayMs(failedTries, failure));
      failedTries += 1;
    }
    ask();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [question, turn]);

  return [asked, again];
}

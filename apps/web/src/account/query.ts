import type { Result } from '@coatcheck/api-types';
import { useEffect, useReducer, useState } from 'react';
import { visitor } from '../session/current.ts';
import { retryDelayMs, type TimedFailure, timed } from '../session/failure.ts';

/** The state of a query: a call that one page makes to show its answer. */
export type Query<Data> =
  | { is: 'asking' }
  /** No answer came yet; the query is tried again by itself. */
  | { is: 'unknown'; failure: TimedFailure }
  /** `stale`: an answer came once, and not the last time. */
  | { is: 'known'; data: Data; stale: TimedFailure | undefined };

/**
 * Makes a call when the page opens, whenever a reader comes back to it, and after a while when no answer came.
 * @param question makes the call; always the same function, or it is made anew at each render
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

import type { Result } from '@coatcheck/api-types';
import { useEffect, useReducer, useState } from 'react';
import { session } from './current.ts';
import { type Refusal, refusal, waitAfter } from './failure.ts';

/** What the server says to a question of one page. */
export type Asked<Data> =
  | { is: 'asking' }
  /** No answer yet; it is asked again by itself. */
  | { is: 'unknown'; refusal: Refusal }
  /** `stale`: it answered once, and not the last time. */
  | { is: 'known'; data: Data; stale: Refusal | undefined };

/**
 * Asks when the page opens, again whenever somebody comes back to it, and after a while when no answer came.
 * @param question always the same function
 * @returns the answer, and how to ask now
 */
export function useAsked<Data>(
  question: (signal: AbortSignal) => Promise<Result<Data>>,
): [Asked<Data>, again: () => void] {
  const [asked, setAsked] = useState<Asked<Data>>({ is: 'asking' });
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
    let unanswered = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask() {
      const answer = await session.send(question(controller.signal));
      if (controller.signal.aborted) return;
      if (answer.ok) return setAsked({ is: 'known', data: answer.data, stale: undefined });
      if (answer.problem.type === '/problems/not-logged-in') return;
      const refused = refusal(answer.problem);
      setAsked((before) =>
        before.is === 'known' ? { ...before, stale: refused } : { is: 'unknown', refusal: refused },
      );
      timer = setTimeout(ask, waitAfter(unanswered, refused));
      unanswered += 1;
    }
    ask();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [question, turn]);

  return [asked, again];
}
